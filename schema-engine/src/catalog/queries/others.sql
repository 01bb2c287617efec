-- Objects of the kinds that no other query reads: those that stand in a namespace by what they
-- depend on, those of tables, and those of the database.
WITH object AS (
    SELECT d.classid, d.objid AS oid
      FROM pg_depend d
      JOIN pg_namespace n ON n.oid = d.refobjid
      LEFT JOIN pg_class c ON d.classid = 'pg_class'::regclass AND c.oid = d.objid
      LEFT JOIN pg_proc p ON d.classid = 'pg_proc'::regclass AND p.oid = d.objid
      LEFT JOIN pg_type t ON d.classid = 'pg_type'::regclass AND t.oid = d.objid
     WHERE d.refclassid = 'pg_namespace'::regclass AND d.objsubid = 0
       AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
       AND d.classid NOT IN ('pg_extension'::regclass, 'pg_default_acl'::regclass)
       AND coalesce(c.relkind = 'f', p.prokind = 'a', t.typtype NOT IN ('e', 'd', 'c'), true)
    UNION ALL
    SELECT 'pg_rewrite'::regclass, r.oid FROM pg_rewrite r WHERE r.rulename <> '_RETURN'
    UNION ALL
    SELECT 'pg_policy'::regclass, oid FROM pg_policy
    UNION ALL
    SELECT 'pg_cast'::regclass, oid FROM pg_cast
    UNION ALL
    SELECT 'pg_transform'::regclass, oid FROM pg_transform
    UNION ALL
    SELECT 'pg_language'::regclass, oid FROM pg_language WHERE lanname <> 'plpgsql'
    UNION ALL
    SELECT 'pg_am'::regclass, oid FROM pg_am
    UNION ALL
    SELECT 'pg_event_trigger'::regclass, oid FROM pg_event_trigger
    UNION ALL
    SELECT 'pg_publication'::regclass, oid FROM pg_publication
    UNION ALL
    SELECT 'pg_foreign_data_wrapper'::regclass, oid FROM pg_foreign_data_wrapper
    UNION ALL
    SELECT 'pg_foreign_server'::regclass, oid FROM pg_foreign_server
)
SELECT o.classid::bigint AS class, o.oid::bigint AS oid,
       identity.type || ' ' || identity.identity AS name,
       CASE o.classid
           WHEN 'pg_rewrite'::regclass THEN pg_get_ruledef(o.oid)
           WHEN 'pg_statistic_ext'::regclass THEN pg_get_statisticsobjdef(o.oid)
           WHEN 'pg_policy'::regclass THEN (
               SELECT concat_ws(' ', 'CREATE POLICY', quote_ident(p.polname), 'ON', p.polrelid::regclass,
                                CASE WHEN NOT p.polpermissive THEN 'AS RESTRICTIVE' END,
                                CASE p.polcmd WHEN 'r' THEN 'FOR SELECT' WHEN 'a' THEN 'FOR INSERT'
                                              WHEN 'w' THEN 'FOR UPDATE' WHEN 'd' THEN 'FOR DELETE'
                                END,
                                'TO', (SELECT string_agg(coalesce(quote_ident(r.rolname), 'PUBLIC'), ', '
                                                         ORDER BY r.rolname)
                                         FROM unnest(p.polroles) AS member
                                         LEFT JOIN pg_roles r ON r.oid = member),
                                'USING (' || pg_get_expr(p.polqual, p.polrelid) || ')',
                                'WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')')
                 FROM pg_policy p WHERE p.oid = o.oid)
       END AS definition,
       d.description AS comment
  FROM object o
 CROSS JOIN LATERAL pg_identify_object(o.classid, o.oid, 0) AS identity
  LEFT JOIN pg_description d
    ON d.classoid = o.classid AND d.objoid = o.oid AND d.objsubid = 0
 WHERE o.oid >= 16384
   AND NOT EXISTS (SELECT FROM pg_depend e
                    WHERE e.classid = o.classid AND e.objid = o.oid AND e.deptype IN ('e', 'i'))
