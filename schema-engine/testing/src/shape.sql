WITH relation AS (
    SELECT c.oid, c.relname, c.relkind
      FROM pg_class c
     WHERE c.relnamespace = 'public'::regnamespace
       AND c.relname NOT IN ('seaql_migrations', 'migration_journal', 'alembic_version')
       AND NOT EXISTS (SELECT FROM pg_depend d
                        WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
),
-- One row a column: relation, position, and what the facts say of it.
attribute AS (
    SELECT a.attrelid, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod) AS type,
           a.attnotnull,
           CASE WHEN a.attidentity <> '' THEN 'identity'
                WHEN a.attgenerated <> '' THEN 'generated ' || pg_get_expr(d.adbin, d.adrelid)
                ELSE pg_get_expr(d.adbin, d.adrelid) END AS "default"
      FROM pg_attribute a
      LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
     WHERE a.attnum > 0 AND NOT a.attisdropped
),
-- NOT NULL stands with its column, though release 18 keeps it as a constraint too.
bound AS (
    SELECT k.*,
           (SELECT jsonb_agg(a.attname ORDER BY o.place)
              FROM unnest(k.conkey) WITH ORDINALITY AS o (attnum, place)
              JOIN attribute a ON a.attrelid = k.conrelid AND a.attnum = o.attnum) AS columns,
           (SELECT jsonb_agg(a.attname ORDER BY o.place)
              FROM unnest(k.confkey) WITH ORDINALITY AS o (attnum, place)
              JOIN attribute a ON a.attrelid = k.confrelid AND a.attnum = o.attnum) AS ref_columns
      FROM pg_constraint k
     WHERE k.contype IN ('p', 'u', 'f', 'c', 'x')
),
action (letter, word) AS (
    VALUES ('a'::"char", 'NO ACTION'), ('r', 'RESTRICT'), ('c', 'CASCADE'), ('n', 'SET NULL'),
           ('d', 'SET DEFAULT')
),
-- One row an index that no constraint made.
free_index AS (
    SELECT x.indrelid, i.relname AS name, x.indisunique AS "unique", m.amname AS method,
           coalesce(i.reloptions, '{}') || CASE WHEN x.indisvalid THEN '{}' ELSE '{invalid}'::text[] END
               AS options,
           pg_get_expr(x.indpred, x.indrelid) AS predicate,
           (SELECT jsonb_agg(pg_get_indexdef(i.oid, place, true)
                             || CASE WHEN x.indoption[place - 1] & 1 = 1 THEN ' DESC' ELSE '' END
                             ORDER BY place)
              FROM generate_series(1, x.indnkeyatts) AS place) AS columns,
           (SELECT CASE WHEN m.amname = 'btree' AND bool_and(o.opcdefault) THEN '[]'
                        ELSE jsonb_agg(o.opcname ORDER BY c.place) END
              FROM unnest(x.indclass::oid[]) WITH ORDINALITY AS c (class, place)
              JOIN pg_opclass o ON o.oid = c.class) AS opclasses
      FROM pg_index x
      JOIN pg_class i ON i.oid = x.indexrelid
      JOIN pg_am m ON m.oid = i.relam
     WHERE NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.oid AND k.contype IN ('p', 'u', 'x'))
),
shape_of_table AS (
    SELECT r.relname, jsonb_build_object(
        'columns',
        (SELECT coalesce(jsonb_agg(jsonb_build_object('name', a.attname, 'type', a.type,
                                                      'not_null', a.attnotnull, 'default', a."default")
                                   ORDER BY a.attnum), '[]')
           FROM attribute a WHERE a.attrelid = r.oid),
        'primary_key',
        (SELECT jsonb_build_object('name', b.conname, 'columns', b.columns)
           FROM bound b WHERE b.conrelid = r.oid AND b.contype = 'p'),
        'unique_constraints',
        (SELECT coalesce(jsonb_agg(jsonb_build_object('name', b.conname, 'columns', b.columns)), '[]')
           FROM bound b WHERE b.conrelid = r.oid AND b.contype = 'u'),
        'foreign_keys',
        (SELECT coalesce(jsonb_agg(jsonb_build_object(
                    'name', b.conname, 'columns', b.columns,
                    'ref_table', (SELECT t.relname FROM pg_class t WHERE t.oid = b.confrelid),
                    'ref_columns', b.ref_columns,
                    'on_delete', (SELECT word FROM action WHERE letter = b.confdeltype),
                    'on_update', (SELECT word FROM action WHERE letter = b.confupdtype),
                    'deferrable', b.condeferrable)), '[]')
           FROM bound b WHERE b.conrelid = r.oid AND b.contype = 'f'),
        'checks',
        (SELECT coalesce(jsonb_agg(jsonb_build_object('name', b.conname,
                                                      'definition', pg_get_constraintdef(b.oid))), '[]')
           FROM bound b WHERE b.conrelid = r.oid AND b.contype IN ('c', 'x')),
        'indexes',
        (SELECT coalesce(jsonb_agg(jsonb_build_object(
                    'name', i.name, 'unique', i."unique", 'method', i.method, 'columns', i.columns,
                    'opclasses', i.opclasses, 'where', i.predicate, 'with', i.options)), '[]')
           FROM free_index i WHERE i.indrelid = r.oid),
        'triggers',
        (SELECT coalesce(jsonb_agg(jsonb_build_object('name', t.tgname,
                                                      'definition', pg_get_triggerdef(t.oid))), '[]')
           FROM pg_trigger t WHERE t.tgrelid = r.oid AND NOT t.tgisinternal)
    ) AS shape
      FROM relation r
     WHERE r.relkind IN ('r', 'p')
)
SELECT jsonb_build_object(
    'extensions',
    (SELECT coalesce(jsonb_agg(extname), '[]') FROM pg_extension WHERE extname <> 'plpgsql'),
    'enums',
    (SELECT coalesce(jsonb_agg(jsonb_build_object(
                'name', t.typname,
                'labels', (SELECT jsonb_agg(e.enumlabel ORDER BY e.enumsortorder)
                             FROM pg_enum e WHERE e.enumtypid = t.oid))), '[]')
       FROM pg_type t WHERE t.typnamespace = 'public'::regnamespace AND t.typtype = 'e'),
    'tables',
    (SELECT coalesce(jsonb_object_agg(relname, shape), '{}') FROM shape_of_table),
    'views',
    (SELECT coalesce(jsonb_object_agg(r.relname, jsonb_build_object(
                'columns', (SELECT jsonb_agg(a.attname || ' ' || a.type ORDER BY a.attnum)
                              FROM attribute a WHERE a.attrelid = r.oid))), '{}')
       FROM relation r WHERE r.relkind IN ('v', 'm')),
    'functions',
    (SELECT coalesce(jsonb_agg(jsonb_build_object(
                'name', p.proname, 'full_args', pg_get_function_arguments(p.oid),
                'returns', pg_get_function_result(p.oid), 'language', l.lanname,
                'volatility', p.provolatile)), '[]')
       FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
      WHERE p.pronamespace = 'public'::regnamespace
        AND NOT EXISTS (SELECT FROM pg_depend d
                         WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'))
)::text
