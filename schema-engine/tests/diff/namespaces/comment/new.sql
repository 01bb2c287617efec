CREATE SCHEMA den;
COMMENT ON SCHEMA den IS 'ours';
COMMENT ON SCHEMA public IS 'everybody''s';
