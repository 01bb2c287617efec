-- Functions (f), window functions (w) and procedures (p), but not what a range type made for itself.
SELECT p.oid::bigint AS oid, n.nspname::text AS namespace, p.proname::text AS name,
       p.prokind::text AS kind,
       array_to_string(ARRAY(SELECT format_type(a.type, NULL)
                               FROM unnest(p.proargtypes) WITH ORDINALITY AS a (type, place)
                              ORDER BY a.place), ', ') AS argument_types,
       pg_get_function_arguments(p.oid) AS arguments,
       pg_get_function_result(p.oid) AS returns,
       l.lanname::text AS language,
       pg_get_functiondef(p.oid) AS definition,
       encode(sha256(convert_to(coalesce(pg_get_function_sqlbody(p.oid), p.prosrc), 'UTF8')), 'hex')
           AS body_digest,
       d.description AS comment
  FROM pg_proc p
  JOIN pg_namespace n ON n.oid = p.pronamespace
  JOIN pg_language l ON l.oid = p.prolang
  LEFT JOIN pg_description d
    ON d.classoid = 'pg_proc'::regclass AND d.objoid = p.oid AND d.objsubid = 0
 WHERE p.oid >= 16384 AND p.prokind <> 'a'
   AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT FROM pg_depend e
                    WHERE e.classid = 'pg_proc'::regclass AND e.objid = p.oid
                      AND e.deptype IN ('e', 'i'))
