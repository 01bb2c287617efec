CREATE TABLE p (a integer, b text);
CREATE TABLE t (x integer, y p);
