-- Enums (e), domains (d) and composite types that are no table's row (c).
SELECT t.oid::bigint AS oid, n.nspname::text AS namespace, t.typname::text AS name,
       t.typtype::text AS kind,
       t.typrelid::bigint AS relation,
       ARRAY(SELECT l.enumlabel::text
               FROM pg_enum l WHERE l.enumtypid = t.oid ORDER BY l.enumsortorder) AS labels,
       CASE WHEN t.typtype = 'd' THEN format_type(t.typbasetype, t.typtypmod) END AS data_type,
       t.typnotnull AS is_not_null,
       CASE WHEN t.typtype = 'd' THEN pg_get_expr(t.typdefaultbin, 0) END AS "default",
       CASE WHEN t.typcollation <> base.typcollation
            THEN t.typcollation::regcollation::text END AS collation,
       d.description AS comment
  FROM pg_type t
  JOIN pg_namespace n ON n.oid = t.typnamespace
  LEFT JOIN pg_type base ON base.oid = t.typbasetype
  LEFT JOIN pg_class c ON c.oid = t.typrelid
  LEFT JOIN pg_description d
    ON d.classoid = 'pg_type'::regclass AND d.objoid = t.oid AND d.objsubid = 0
 WHERE t.oid >= 16384 AND (t.typtype IN ('e', 'd') OR t.typtype = 'c' AND c.relkind = 'c')
   AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT FROM pg_depend e
                    WHERE e.classid = 'pg_type'::regclass AND e.objid = t.oid
                      AND e.deptype = 'e')
