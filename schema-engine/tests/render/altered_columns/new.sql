CREATE TABLE a (id int PRIMARY KEY, b varchar(20) NOT NULL, c bigint, d text DEFAULT 'y', f int, g text DEFAULT gen_random_uuid(), h boolean NOT NULL DEFAULT true, i uuid NOT NULL);
