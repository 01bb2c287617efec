CREATE TABLE t (a text);
CREATE INDEX x ON t (a COLLATE "C" text_pattern_ops);
