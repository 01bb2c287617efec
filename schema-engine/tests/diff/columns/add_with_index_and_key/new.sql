CREATE TABLE u (id integer PRIMARY KEY);
CREATE TABLE t (id integer PRIMARY KEY, u integer REFERENCES u, CHECK (u > 1));
CREATE INDEX t_u ON t (u);
