CREATE TYPE e AS ENUM ('a');
COMMENT ON TYPE e IS 'one of one';
