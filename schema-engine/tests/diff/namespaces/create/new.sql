CREATE SCHEMA "Den";
COMMENT ON SCHEMA "Den" IS 'it''s ours';
CREATE TABLE "Den".fox (id integer);
