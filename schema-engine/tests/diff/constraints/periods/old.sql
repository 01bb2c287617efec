CREATE TABLE t (id int4range NOT NULL, at daterange NOT NULL);
CREATE TABLE u (id int4range, at daterange);
