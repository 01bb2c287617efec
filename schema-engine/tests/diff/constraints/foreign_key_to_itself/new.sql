CREATE TABLE t (a integer PRIMARY KEY, up integer REFERENCES t);
