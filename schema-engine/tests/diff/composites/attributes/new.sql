CREATE TYPE address AS (street varchar(9), no integer, country text);
COMMENT ON COLUMN address.no IS 'of the house';
