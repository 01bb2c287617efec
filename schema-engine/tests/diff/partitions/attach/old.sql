CREATE TABLE e (at date NOT NULL, kind text NOT NULL, n integer, PRIMARY KEY (at, kind)) PARTITION BY RANGE (at);
CREATE TABLE e_1 (at date NOT NULL, kind text NOT NULL, n integer, PRIMARY KEY (at, kind));
