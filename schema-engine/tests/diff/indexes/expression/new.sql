CREATE TABLE t (a text);
CREATE INDEX x ON t (upper(a), length(a));
