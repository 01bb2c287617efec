-- Tables (r), partitioned tables (p), views (v) and materialised views (m).
SELECT c.oid::bigint AS oid, n.nspname::text AS namespace, c.relname::text AS name,
       c.relkind::text AS kind,
       c.relpersistence = 'u' AS is_unlogged,
       c.relrowsecurity AS has_row_security, c.relforcerowsecurity AS is_row_security_forced,
       c.relreplident::text AS replica_identity,
       c.reloptions AS options,
       CASE WHEN m.amname <> 'heap' THEN m.amname::text END AS access_method,
       CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END AS partition_key,
       pg_get_expr(c.relpartbound, c.oid) AS partition_bound,
       ARRAY(SELECT i.inhparent::regclass::text
               FROM pg_inherits i WHERE i.inhrelid = c.oid ORDER BY i.inhseqno) AS parents,
       CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END AS query,
       d.description AS comment
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_am m ON m.oid = c.relam
  LEFT JOIN pg_description d
    ON d.classoid = 'pg_class'::regclass AND d.objoid = c.oid AND d.objsubid = 0
 WHERE c.oid >= 16384 AND c.relkind IN ('r', 'p', 'v', 'm')
   AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT FROM pg_depend e
                    WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid
                      AND e.deptype = 'e')
