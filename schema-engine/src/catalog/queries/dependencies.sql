-- What depends on what, told of the objects that the other queries read: a default is its column, a
-- rewrite rule its view, an array its element, a row type its table, and what an extension made is
-- the extension. What initdb made is no dependency to mind.
WITH edge AS (
    SELECT d.classid, d.objid, d.objsubid, d.refclassid, d.refobjid, d.refobjsubid
      FROM pg_depend d
     WHERE d.deptype IN ('n', 'a') AND d.objid >= 16384 AND d.refobjid >= 16384
       AND d.refclassid <> 'pg_namespace'::regclass
), type AS (
    SELECT t.oid, coalesce(element.oid, t.oid) AS own, coalesce(element.typrelid, t.typrelid) AS relation
      FROM pg_type t
      LEFT JOIN pg_type element ON element.oid = t.typelem AND t.typcategory = 'A'
     WHERE t.oid >= 16384
)
SELECT (CASE WHEN v.oid IS NOT NULL OR w.oid IS NOT NULL THEN 'pg_class'::regclass
             ELSE e.classid END)::bigint AS class,
       coalesce(v.adrelid, w.ev_class, e.objid)::bigint AS oid,
       coalesce(v.adnum, e.objsubid)::smallint AS number,
       (CASE WHEN x.objid IS NOT NULL THEN 'pg_extension'::regclass
             WHEN t.relation <> 0 THEN 'pg_class'::regclass
             ELSE e.refclassid END)::bigint AS on_class,
       coalesce(x.refobjid, nullif(t.relation, 0), t.own, e.refobjid)::bigint AS on_oid,
       CASE WHEN x.objid IS NULL THEN e.refobjsubid ELSE 0 END::smallint AS on_number
  FROM edge e
  LEFT JOIN pg_attrdef v ON e.classid = 'pg_attrdef'::regclass AND v.oid = e.objid
  LEFT JOIN pg_rewrite w
    ON e.classid = 'pg_rewrite'::regclass AND w.oid = e.objid AND w.rulename = '_RETURN'
  LEFT JOIN type t ON e.refclassid = 'pg_type'::regclass AND t.oid = e.refobjid
  LEFT JOIN pg_depend x
    ON x.classid = e.refclassid AND x.objid = coalesce(t.own, e.refobjid) AND x.deptype = 'e'
 -- A default always stands on its own column.
 WHERE v.adrelid IS NULL OR e.refclassid <> 'pg_class'::regclass
    OR (v.adrelid, v.adnum) IS DISTINCT FROM (e.refobjid, e.refobjsubid)
