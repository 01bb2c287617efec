CREATE TABLE a (id int PRIMARY KEY, b varchar(9), c int NOT NULL, d text DEFAULT 'x', e int, f text, g text);
