CREATE DOMAIN mood AS text DEFAULT 'calm';
CREATE TABLE fox (id integer, moods text);
