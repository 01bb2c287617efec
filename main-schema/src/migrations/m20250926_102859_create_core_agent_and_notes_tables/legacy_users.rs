//! The rule by which a legacy `users` table goes.

/// Drops `users` where it is the legacy one and empty, raises with what it found where it is not,
/// and does nothing where there is none.
///
/// The server decides, in one statement: the same text is right on any database, also when it is
/// printed as a script.
pub(super) const DROP: &str = "
DO $$
DECLARE
    target CONSTANT REGCLASS := to_regclass('users');
    columns TEXT[];
    objections TEXT[];
    row_count BIGINT;
BEGIN
    IF target IS NULL THEN
        RETURN;
    END IF;

    columns := ARRAY(
        SELECT attname FROM pg_attribute WHERE attrelid = target AND attnum > 0 AND NOT attisdropped
    );
    objections := ARRAY(
        SELECT 'it is not an ordinary table' FROM pg_class WHERE oid = target AND relkind <> 'r'
        UNION ALL
        SELECT format('it has no column %s', legacy)
        FROM unnest(ARRAY['id', 'username', 'email', 'hashed_password']) AS legacy
        WHERE legacy <> ALL (columns)
        UNION ALL
        SELECT format('it has the column %s, which is Gatekeeper''s', gatekeeper)
        FROM unnest(ARRAY['password_hash', 'role']) AS gatekeeper
        WHERE gatekeeper = ANY (columns)
        UNION ALL
        SELECT format('the foreign key %s of %s refers to it', conname, conrelid::REGCLASS)
        FROM pg_constraint WHERE contype = 'f' AND confrelid = target
    );

    IF objections = '{}' THEN
        -- No row may arrive between the count and the drop.
        LOCK TABLE users IN ACCESS EXCLUSIVE MODE;
    END IF;
    EXECUTE format('SELECT count(*) FROM %s', target) INTO row_count;
    IF row_count > 0 THEN
        objections := objections || format('rows in it: %s', row_count);
    END IF;

    IF objections <> '{}' THEN
        RAISE EXCEPTION 'users is not an empty legacy table, so it is not dropped: %',
            array_to_string(objections, '; ')
        USING HINT = 'Rename it or move it to another database, then migrate again.';
    END IF;
    DROP TABLE users;
END
$$";
