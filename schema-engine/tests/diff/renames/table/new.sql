CREATE TABLE people (id integer PRIMARY KEY, name text);
CREATE INDEX people_name ON people (name);
CREATE TABLE notes (user_id integer REFERENCES people);
