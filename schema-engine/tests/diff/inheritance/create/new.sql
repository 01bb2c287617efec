CREATE TABLE animal (id integer NOT NULL, name text CHECK (name <> ''));
CREATE TABLE fox (tail numeric) INHERITS (animal);
ALTER TABLE fox ALTER name SET DEFAULT 'Reynard';
COMMENT ON COLUMN fox.name IS 'known';
