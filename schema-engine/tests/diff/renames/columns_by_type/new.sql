CREATE TABLE t (x date, y integer, z text);
