CREATE TABLE t (a integer);
CREATE TABLE old (x text, y text, z text);
