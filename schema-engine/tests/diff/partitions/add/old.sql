CREATE TABLE e (at date NOT NULL, kind text NOT NULL, n integer, PRIMARY KEY (at, kind)) PARTITION BY RANGE (at);
CREATE INDEX e_n ON e (n);
