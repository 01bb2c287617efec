CREATE TABLE animal (id integer, CONSTRAINT positive CHECK (id > 0));
CREATE TABLE fox (id integer, CONSTRAINT positive CHECK (id > 0)) INHERITS (animal);
