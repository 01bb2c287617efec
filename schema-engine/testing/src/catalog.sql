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
    SELECT format('column %s.%s %s %s%s default %s identity %s generated %s', r.relname, a.attname,
                  a.attnum - (SELECT count(*) FROM pg_attribute gone
                               WHERE gone.attrelid = a.attrelid AND gone.attisdropped
                                 AND gone.attnum BETWEEN 1 AND a.attnum),
                  format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN ' not null' END,
                  coalesce(pg_get_expr(d.adbin, d.adrelid), '–'),
                  coalesce(nullif(a.attidentity::text, ''), '–'),
                  coalesce(nullif(a.attgenerated::text, ''), '–')) AS line
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
    SELECT format('sequence %s %s owned by %s', r.relname, format_type(s.seqtypid, NULL),
                  coalesce((SELECT pg_describe_object(d.refclassid, d.refobjid, d.refobjsubid)
                              FROM pg_depend d
                             WHERE d.classid = 'pg_class'::regclass AND d.objid = r.oid AND d.deptype = 'a'
                               AND d.refclassid = 'pg_class'::regclass), '–'))
      FROM pg_sequence s JOIN relation r ON r.oid = s.seqrelid
    UNION ALL
    SELECT format('view %s %s', relname, pg_get_viewdef(oid)) FROM relation WHERE relkind IN ('v', 'm')
    UNION ALL
    SELECT format('options of %s %s', relname, reloptions) FROM relation WHERE reloptions IS NOT NULL
    UNION ALL
    SELECT format('trigger %s.%s %s enabled %s', r.relname, t.tgname, pg_get_triggerdef(t.oid), t.tgenabled)
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
     WHERE t.typnamespace = 'public'::regnamespace AND t.typtype = 'e'
       AND NOT EXISTS (SELECT FROM pg_depend d
                        WHERE d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e')
    UNION ALL
    -- Whatever else can stand in a namespace is at least seen: PostgreSQL knows its kind's name.
    SELECT format('object %s', pg_describe_object(d.classid, d.objid, d.objsubid))
      FROM pg_depend d
     WHERE d.refclassid = 'pg_namespace'::regclass AND d.refobjid = 'public'::regnamespace
       AND d.classid <> 'pg_extension'::regclass
       AND NOT EXISTS (SELECT FROM pg_class c WHERE d.classid = 'pg_class'::regclass AND c.oid = d.objid
                          AND c.relname IN (SELECT name FROM own))
       AND NOT EXISTS (SELECT FROM pg_depend e
                        WHERE e.classid = d.classid AND e.objid = d.objid AND e.deptype = 'e')
    UNION ALL
    SELECT format('namespace %s', nspname) FROM pg_namespace
     WHERE nspname NOT LIKE 'pg\_%' AND nspname NOT IN ('information_schema', 'public')
    UNION ALL
    SELECT format('extension %s', extname) FROM pg_extension WHERE extname <> 'plpgsql'
    UNION ALL
    -- initdb gives the numbers below 16384, and comments on much of what they name.
    SELECT format('comment on %s %s', pg_describe_object(c.classoid, c.objoid, c.objsubid), c.description)
      FROM pg_description c
     WHERE c.objoid >= 16384
       AND NOT EXISTS (SELECT FROM pg_depend d
                        WHERE d.classid = c.classoid AND d.objid = c.objoid AND d.deptype = 'e')
) AS objects
ORDER BY line COLLATE "C"
