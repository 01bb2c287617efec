CREATE TABLE animal (id integer, name text);
CREATE TABLE fox (tail numeric) INHERITS (animal);
