CREATE TABLE p (a integer PRIMARY KEY, b integer);
CREATE TABLE t (a integer REFERENCES p);
