CREATE TABLE t (a varchar(9), CONSTRAINT k CHECK (a IN ('x', 'y', 'it''s')));
