CREATE TABLE p (id integer PRIMARY KEY, n text);
CREATE TABLE t (p_id integer REFERENCES p (id));
