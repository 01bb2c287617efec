CREATE DOMAIN mail AS varchar(320) COLLATE "C" DEFAULT 'a@b' NOT NULL CONSTRAINT has_at CHECK (VALUE ~ '@');
COMMENT ON DOMAIN mail IS 'where letters go';
COMMENT ON CONSTRAINT has_at ON DOMAIN mail IS 'no at, no mail';
