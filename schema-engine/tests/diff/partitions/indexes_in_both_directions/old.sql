CREATE TABLE e (id integer) PARTITION BY RANGE (id);
CREATE INDEX rising ON e (id);
