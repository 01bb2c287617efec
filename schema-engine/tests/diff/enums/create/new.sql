CREATE TYPE mood AS ENUM ('sad', 'happy');
COMMENT ON TYPE mood IS 'how it goes';
CREATE TABLE t (a mood DEFAULT 'sad');
