CREATE FUNCTION z_first(a integer) RETURNS integer LANGUAGE sql AS $$ SELECT a $$;
CREATE FUNCTION a_second(a integer) RETURNS integer LANGUAGE sql AS $$ SELECT z_first(a) $$;
CREATE PROCEDURE nothing(INOUT a integer) LANGUAGE plpgsql AS 'BEGIN END';
CREATE FUNCTION "Fn"(VARIADIC "In" text[] DEFAULT '{}') RETURNS TABLE (a text) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path TO 'public', 'x y'
AS $f$ BEGIN RETURN QUERY SELECT 'it''s; $$'; END $f$;
COMMENT ON FUNCTION "Fn" IS 'odd';
COMMENT ON PROCEDURE nothing IS 'nothing';
