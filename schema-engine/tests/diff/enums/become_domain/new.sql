CREATE DOMAIN mood AS text CHECK (VALUE IN ('sad', 'happy'));
CREATE TABLE t (a mood DEFAULT 'sad');
