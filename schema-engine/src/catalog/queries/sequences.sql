-- Sequences, those of identity columns (ownership i) and those that a column owns (a) among them.
SELECT c.oid::bigint AS oid, n.nspname::text AS namespace, c.relname::text AS name,
       c.relpersistence = 'u' AS is_unlogged,
       format_type(s.seqtypid, NULL) AS data_type,
       s.seqstart AS start, s.seqincrement AS increment, s.seqmin AS minimum, s.seqmax AS maximum,
       s.seqcache AS cache, s.seqcycle AS is_cycling,
       o.deptype::text AS ownership, o.refobjid::bigint AS owner, o.refobjsubid::smallint AS owner_column,
       d.description AS comment
  FROM pg_sequence s
  JOIN pg_class c ON c.oid = s.seqrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_depend o
    ON o.classid = 'pg_class'::regclass AND o.objid = c.oid AND o.objsubid = 0
   AND o.refclassid = 'pg_class'::regclass AND o.refobjsubid > 0 AND o.deptype IN ('a', 'i')
  LEFT JOIN pg_description d
    ON d.classoid = 'pg_class'::regclass AND d.objoid = c.oid AND d.objsubid = 0
 WHERE c.oid >= 16384
   AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT FROM pg_depend e
                    WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid
                      AND e.deptype = 'e')
