-- Index keys that are more than a column with the collation and operator class of its type.
WITH key AS (
    SELECT x.indexrelid, own.attnum AS place,
           x.indkey[own.attnum - 1] = 0 AS is_expression,
           x.indcollation[own.attnum - 1] AS collation,
           coalesce(column_.attcollation, type.typcollation) AS own_collation,
           coalesce(column_.atttypid, own.atttypid) AS type,
           o.opcname, o.opcnamespace, o.opcdefault, o.opcintype, o.opcmethod,
           CASE WHEN own.attoptions IS NOT NULL
                THEN ARRAY(SELECT option FROM unnest(own.attoptions) AS option
                            WHERE option NOT LIKE 'pg\_attver=%') END AS options
      FROM pg_index x
      JOIN pg_class t ON t.oid = x.indrelid AND t.relkind IN ('r', 'p', 'm')
      JOIN pg_attribute own ON own.attrelid = x.indexrelid AND own.attnum <= x.indnkeyatts
      JOIN pg_opclass o ON o.oid = x.indclass[own.attnum - 1]
      JOIN pg_type type ON type.oid = own.atttypid
      LEFT JOIN pg_attribute column_
        ON column_.attrelid = x.indrelid AND column_.attnum = x.indkey[own.attnum - 1]
       AND column_.attrelid >= 16384
     WHERE x.indexrelid >= 16384
), unusual AS (
    SELECT key.*,
           key.collation NOT IN (0, key.own_collation) AS has_collation,
           -- The default class of another type can fit too, but the type's own comes first.
           NOT key.opcdefault OR key.opcintype <> key.type AND better.oid IS NOT NULL
               OR key.options <> '{}' AS has_class
      FROM key
      LEFT JOIN pg_opclass better
        ON better.opcmethod = key.opcmethod AND better.opcdefault AND better.opcintype = key.type
)
SELECT u.indexrelid::bigint AS index, u.place::smallint AS place,
       CASE WHEN u.is_expression
            THEN pg_get_indexdef(u.indexrelid, u.place, false) END AS expression,
       CASE WHEN u.has_collation THEN u.collation::regcollation::text END AS collation,
       CASE WHEN u.has_class
            THEN CASE WHEN n.nspname <> 'pg_catalog' THEN quote_ident(n.nspname) || '.' ELSE '' END
                 || quote_ident(u.opcname)
                 || coalesce(' (' || nullif(array_to_string(u.options, ', '), '') || ')', '')
            END AS operator_class
  FROM unusual u
  JOIN pg_namespace n ON n.oid = u.opcnamespace
 WHERE u.is_expression OR u.has_collation OR u.has_class
