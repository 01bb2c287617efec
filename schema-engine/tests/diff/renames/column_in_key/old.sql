CREATE TABLE p (a integer PRIMARY KEY, n text);
CREATE TABLE t (p_a integer REFERENCES p (a));
