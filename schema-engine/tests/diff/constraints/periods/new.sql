CREATE TABLE t (id int4range, at daterange, PRIMARY KEY (id, at WITHOUT OVERLAPS));
CREATE TABLE u (id int4range, at daterange, CONSTRAINT during FOREIGN KEY (id, PERIOD at) REFERENCES t (id, PERIOD at));
