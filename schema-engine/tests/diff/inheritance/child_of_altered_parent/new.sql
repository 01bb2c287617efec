CREATE TABLE p (a integer);
CREATE TABLE c (a integer DEFAULT 1, d text) INHERITS (p);
