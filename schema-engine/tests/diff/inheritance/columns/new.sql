CREATE TABLE animal (id bigint NOT NULL, age integer, CHECK (id > 0));
CREATE TABLE fox (tail numeric) INHERITS (animal);
