-- Constraints of tables and domains. NOT NULL (n), which release 18 keeps here too, is the column's;
-- constraint triggers (t) are triggers; and of the foreign keys that refer to a partitioned table
-- there is one more a partition, which PostgreSQL looks after by itself.
--
-- A column of pg_constraint that a release lacks is the one of `missing`: within `k` the name means
-- the nearest column of that name.
SELECT k.oid::bigint AS oid, k.conrelid::bigint AS relation, k.contypid::bigint AS domain,
       k.conname::text AS name, k.contype::text AS kind,
       k.conkey AS columns,
       k.conindid::bigint AS index,
       CASE k.contype WHEN 'c' THEN pg_get_expr(k.conbin, k.conrelid)
                      WHEN 'x' THEN pg_get_constraintdef(k.oid) END AS expression,
       k.confrelid::bigint AS referenced,
       CASE WHEN k.confrelid <> 0 THEN k.confrelid::regclass::text END AS referenced_table,
       k.confkey AS referenced_columns,
       k.confdeltype::text AS on_delete, k.delete_columns AS on_delete_columns,
       k.confupdtype::text AS on_update,
       k.confmatchtype = 'f' AS is_match_full,
       k.condeferrable AS is_deferrable, k.condeferred AS is_deferred,
       k.has_period,
       NOT k.convalidated AS is_not_valid, NOT k.is_enforced AS is_not_enforced,
       k.connoinherit AS is_no_inherit,
       k.conparentid <> 0 OR NOT k.conislocal AS is_inherited,
       d.description AS comment
  FROM (SELECT NULL::smallint[] AS confdelsetcols, true AS conenforced, false AS conperiod) AS missing
 CROSS JOIN LATERAL (SELECT own.*, confdelsetcols AS delete_columns, conenforced AS is_enforced,
                            conperiod AS has_period
                       FROM pg_constraint own) AS k
  LEFT JOIN pg_constraint parent ON parent.oid = k.conparentid
  LEFT JOIN pg_description d
    ON d.classoid = 'pg_constraint'::regclass AND d.objoid = k.oid AND d.objsubid = 0
 WHERE k.oid >= 16384 AND k.contype IN ('p', 'u', 'f', 'c', 'x')
   AND parent.conrelid IS DISTINCT FROM k.conrelid
