CREATE TABLE p (id integer, CONSTRAINT k CHECK (id > 0));
CREATE TABLE c () INHERITS (p);
COMMENT ON CONSTRAINT k ON c IS 'of the child';
