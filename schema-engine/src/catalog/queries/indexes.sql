-- Indexes; what is unusual about their keys is told by index_keys.sql. `nulls_not_distinct` is from
-- `missing` before release 15.
SELECT x.indexrelid::bigint AS oid, x.indrelid::bigint AS relation, c.relname::text AS name,
       m.amname::text AS method,
       x.indkey::text AS columns, x.indnkeyatts AS key_count, x.indoption::text AS sorting,
       pg_get_expr(x.indpred, x.indrelid) AS predicate,
       c.reloptions AS options,
       x.indisunique AS is_unique,
       x.nulls_not_distinct AS is_nulls_not_distinct,
       NOT x.indisvalid AS is_invalid,
       x.indisreplident AS is_replica_identity,
       p.inhparent::regclass::text AS parent,
       d.description AS comment
  FROM (SELECT false AS indnullsnotdistinct) AS missing
 CROSS JOIN LATERAL (SELECT own.*, indnullsnotdistinct AS nulls_not_distinct
                       FROM pg_index own) AS x
  JOIN pg_class c ON c.oid = x.indexrelid
  JOIN pg_am m ON m.oid = c.relam
  JOIN pg_class t ON t.oid = x.indrelid AND t.relkind IN ('r', 'p', 'm')
  LEFT JOIN pg_inherits p ON p.inhrelid = x.indexrelid
  LEFT JOIN pg_description d
    ON d.classoid = 'pg_class'::regclass AND d.objoid = c.oid AND d.objsubid = 0
 WHERE x.indexrelid >= 16384
