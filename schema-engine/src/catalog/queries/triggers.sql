SELECT t.oid::bigint AS oid, t.tgrelid::bigint AS relation, t.tgname::text AS name,
       pg_get_triggerdef(t.oid) AS definition, t.tgenabled::text AS firing,
       d.description AS comment
  FROM pg_trigger t
  LEFT JOIN pg_description d
    ON d.classoid = 'pg_trigger'::regclass AND d.objoid = t.oid AND d.objsubid = 0
 WHERE NOT t.tgisinternal AND t.tgparentid = 0
