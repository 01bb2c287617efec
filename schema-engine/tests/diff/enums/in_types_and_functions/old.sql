CREATE TYPE mood AS ENUM ('sad', 'so', 'happy');
CREATE DOMAIN temper AS mood DEFAULT 'sad' CHECK (VALUE <> 'happy');
CREATE TYPE state AS (since date, mood mood);
CREATE FUNCTION is_sad(mood mood) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT mood = 'sad' $$;
CREATE TABLE t (a temper, b state, c mood, CONSTRAINT c_is_sad CHECK (is_sad(c)));
