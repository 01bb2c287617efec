CREATE TABLE e (kind varchar(20), CONSTRAINT k CHECK (kind IN ('a', 'b'))) PARTITION BY LIST (kind);
