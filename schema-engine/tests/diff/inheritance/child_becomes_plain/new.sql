CREATE TABLE p (a bigint);
CREATE TABLE c (a text, b text);
