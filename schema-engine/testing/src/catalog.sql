WITH own AS (
    SELECT unnest(ARRAY['seaql_migrations', 'migration_journal', 'alembic_version']) AS name
),
relation AS (
    SELECT c.oid, c.relname, c.relkind, c.reloptions
      FROM pg_class c
     WHERE c.relnamespace = 'public'::regnamespace
       AND NOT EXISTS (SELECT FROM pg_depend d
                        WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
       AND c.relname NOT IN (SELECT name FROM own)
)
SELECT line FROM (
    SELECT format('%s %s', CASE relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'partitioned table'
                                        WHEN 'm' THEN 'materialised view' END, relname) AS line
      FROM relation WHERE relkind IN ('r', 'p', 'm')
    UNION ALL
    SELECT format('column %s.%s %s %s%s default %s identity %s generated %s', r.relname, a.attname,
                  a.attnum - (SELECT count(*) FROM pg_attribute gone
                               WHERE gone.attrelid = a.attrelid AND gone.attisdropped
                                 AND gone.attnum BETWEEN 1 AND a.attnum),
                  format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN ' not null' END,
                  coalesce(pg_get_expr(d.adbin, d.adrelid), '–'),
                  coalesce(nullif(a.attidentity, ''), '–'), coalesce(nullif(a.attgenerated, ''), '–'))
      FROM relation r
      JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
      LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
     WHERE r.relkind IN ('r', 'p', 'v', 'm')
    UNION ALL
    -- Release 18 keeps NOT NULL as a constraint; the column line has it on every release.
    SELECT format('constraint %s.%s %s', r.relname, k.conname, pg_get_constraintdef(k.oid))
      FROM pg_constraint k JOIN relation r ON r.oid = k.conrelid WHERE k.contype <> 'n'
    UNION ALL
    SELECT format('index %s.%s %s%s', r.relname, i.relname, pg_get_indexdef(i.oid),
                  CASE WHEN NOT x.indisvalid THEN ' INVALID' END)
      FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN relation r ON r.oid = x.indrelid
     WHERE NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.oid AND k.contype IN ('p', 'u', 'x'))
    UNION ALL
    SELECT format('sequence %s %s', r.relname, format_type(s.seqtypid, NULL))
      FROM pg_sequence s JOIN relation r ON r.oid = s.seqrelid
    UNION ALL
    SELECT format('view %s %s', relname, pg_get_viewdef(oid)) FROM relation WHERE relkind IN ('v', 'm')
    UNION ALL
    SELECT format('trigger %s.%s %s', r.relname, t.tgname, pg_get_triggerdef(t.oid))
      FROM pg_trigger t JOIN relation r ON r.oid = t.tgrelid WHERE NOT t.tgisinternal
    UNION ALL
    SELECT format('function %s', pg_get_functiondef(p.oid))
      FROM pg_proc p
     WHERE p.pronamespace = 'public'::regnamespace AND p.prokind IN ('f', 'p')
       AND NOT EXISTS (SELECT FROM pg_depend d
                        WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
    UNION ALL
    SELECT format('type %s %s', t.typname,
                  (SELECT string_agg(e.enumlabel, ', ' ORDER BY e.enumsortorder)
                     FROM pg_enum e WHERE e.enumtypid = t.oid))
      FROM pg_type t
     WHERE t.typnamespace = 'public'::regnamespace AND t.typtype IN ('e', 'd')
       AND NOT EXISTS (SELECT FROM pg_depend d
                        WHERE d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e')
    UNION ALL
    SELECT format('extension %s', extname) FROM pg_extension WHERE extname <> 'plpgsql'
    UNION ALL
    SELECT format('comment on %s %s', pg_describe_object(d.classoid, d.objoid, d.objsubid), d.description)
      FROM pg_description d JOIN relation r ON r.oid = d.objoid AND d.classoid = 'pg_class'::regclass
) AS objects
ORDER BY line COLLATE "C"
