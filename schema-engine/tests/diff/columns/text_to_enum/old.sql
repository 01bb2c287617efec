CREATE TABLE t (a text DEFAULT 'sad' NOT NULL, b text[]);
INSERT INTO t VALUES ('happy', '{sad}');
