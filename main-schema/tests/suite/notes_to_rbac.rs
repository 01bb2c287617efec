//! Note collaborations and the ownership of notes, notebooks and todos become grants.

use std::time::{Duration, Instant};

use main_schema::Migrator;
use schema_testing::{TestDatabase, catalog, lineage};
use sea_orm::DbErr;
use sea_orm_migration::MigratorTrait;

/// Migrations before the one that makes the grants.
const TABLES: u32 = 8;

/// The table as Alembic made it: json where the migration makes jsonb.
const ALEMBICS_TABLE: &str = "
    CREATE TABLE resource_access_control (
        id UUID PRIMARY KEY,
        resource_type VARCHAR(50) NOT NULL,
        resource_id VARCHAR(255) NOT NULL,
        subject_type VARCHAR(50) NOT NULL DEFAULT 'user',
        subject_id VARCHAR(255) NOT NULL,
        permission_level VARCHAR(50) NOT NULL,
        granted_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP,
        granted_by UUID,
        expires_at TIMESTAMPTZ,
        is_active BOOLEAN NOT NULL DEFAULT true,
        conditions JSON,
        metadata JSON
    )";

/// The agents 1 to 9; agent 1 has notebook 11 with note 21, which is shared with all the others in
/// every permission word that there may be; agent 2 has todo 31.
const ROWS: &str = "
    CREATE FUNCTION uid(number INTEGER) RETURNS UUID LANGUAGE sql AS
        $$ SELECT lpad(number::text, 32, '0')::uuid $$;
    INSERT INTO agents (id, agent_id, name)
    SELECT uid(n), 'agent-' || n, 'Agent ' || n FROM generate_series(1, 9) AS n;
    INSERT INTO notebooks (id, title, color, is_public, is_archived, created_at, agent_id)
    VALUES (uid(11), 'book', '#000000', false, false, '2021-01-01 00:00:00+00', uid(1));
    INSERT INTO notes (id, title, content, content_type, is_favorite, is_archived, created_at,
                       notebook_id, agent_id)
    VALUES (uid(21), 'note', '', 'markdown', false, false, '2022-01-01 00:00:00+00', uid(11), uid(1));
    INSERT INTO todos (id, title, completed, priority, created_at, agent_id)
    VALUES (uid(31), 'todo', false, 'high', NULL, uid(2));
    INSERT INTO note_collaborations (id, permission, created_at, note_id, collaborator_id)
    SELECT uid(40 + n), word, '2023-01-01 00:00:00+00', uid(21), uid(n)
    FROM (VALUES (2, 'read'), (3, 'write'), (4, 'admin'), (5, 'comment'), (6, 'READ'), (7, ''),
                 (8, 'owner'), (1, 'admin')) AS shared (n, word)";

/// A line a grant: resource, subject, level, year and source.
const GRANTS: &str = "
    SELECT concat_ws(' ', resource_type, ltrim(resource_id, '0-'), subject_type,
                     ltrim(subject_id, '0-'), permission_level,
                     coalesce(extract(year FROM granted_at AT TIME ZONE 'UTC')::text, 'never'),
                     metadata ->> 'source')
    FROM resource_access_control ORDER BY 1";

const EXPECTED: [&str; 11] = [
    "note 21 user 1 owner 2022 note_creator",
    "note 21 user 1 owner 2023 note_collaboration",
    "note 21 user 2 viewer 2023 note_collaboration",
    "note 21 user 3 editor 2023 note_collaboration",
    "note 21 user 4 owner 2023 note_collaboration",
    "note 21 user 5 viewer 2023 note_collaboration",
    "note 21 user 6 viewer 2023 note_collaboration",
    "note 21 user 7 viewer 2023 note_collaboration",
    "note 21 user 8 viewer 2023 note_collaboration",
    "notebook 11 user 1 owner 2021 notebook_creator",
    "todo 31 user 2 owner never todo_creator",
];

/// A grant that an administrator made, on a note that the migration grants too.
const OWN_GRANT: &str = "
    INSERT INTO resource_access_control (id, resource_type, resource_id, subject_id,
                                         permission_level, granted_at, metadata)
    VALUES (gen_random_uuid(), 'note', uid(21)::text, uid(1)::text, 'owner', '2024-01-01', NULL),
           (gen_random_uuid(), 'note', uid(21)::text, uid(2)::text, 'viewer', '2024-01-01',
            '{\"source\": \"note_collaboration\", \"by\": \"hand\"}')";

async fn prepared() -> TestDatabase {
    let database = lineage::stopped_after::<Migrator>("e2e", TABLES).await;
    database.execute(ROWS).await;
    database
}

#[tokio::test]
async fn every_permission_word_and_every_owner_becomes_a_grant() -> Result<(), DbErr> {
    let database = prepared().await;
    Migrator::up(database.connection(), Some(1)).await?;
    assert_eq!(database.texts(GRANTS).await, EXPECTED);
    let rest = "SELECT DISTINCT concat_ws(' ', is_active, conditions, metadata - 'source',
                                          coalesce(granted_by::text, 'nobody'),
                                          coalesce(expires_at::text, 'never'))
                FROM resource_access_control";
    assert_eq!(database.texts(rest).await, [r#"t {} {"migrated": true} nobody never"#]);
    Ok(())
}

#[tokio::test]
async fn grants_are_the_same_after_down_and_up_again() -> Result<(), DbErr> {
    let database = prepared().await;
    let connection = database.connection();
    let before = catalog::lines(&database).await;
    for _ in 0..2 {
        Migrator::up(connection, Some(1)).await?;
        assert_eq!(database.texts(GRANTS).await, EXPECTED);
        Migrator::down(connection, Some(1)).await?;
        assert_eq!(catalog::lines(&database).await, before);
    }
    Ok(())
}

#[tokio::test]
async fn in_a_table_that_was_there_grants_come_and_go_beside_others() -> Result<(), DbErr> {
    let jsonb = ALEMBICS_TABLE.replace("JSON", "JSONB");
    for table in [ALEMBICS_TABLE, &jsonb] {
        let database = prepared().await;
        database.execute(table).await;
        database.execute(OWN_GRANT).await;
        let connection = database.connection();
        let rows = "SELECT to_jsonb(r)::text FROM resource_access_control AS r ORDER BY 1";
        let before = (catalog::lines(&database).await, database.texts(rows).await);
        for _ in 0..2 {
            Migrator::up(connection, Some(2)).await?;
            let migrated = "SELECT count(*)::text FROM resource_access_control
                            WHERE metadata::jsonb @> '{\"migrated\": true}'";
            assert_eq!(database.text(migrated).await, "10", "{table}");
            Migrator::down(connection, Some(2)).await?;
            let after = (catalog::lines(&database).await, database.texts(rows).await);
            assert_eq!(after, before, "{table}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn what_was_granted_since_stays_where_the_table_does() -> Result<(), DbErr> {
    let database = prepared().await;
    database.execute(ALEMBICS_TABLE).await;
    Migrator::up(database.connection(), Some(1)).await?;
    database.execute(OWN_GRANT).await;
    Migrator::down(database.connection(), Some(1)).await?;
    let left = ["note 21 user 1 owner 2024", "note 21 user 2 viewer 2024 note_collaboration"];
    assert_eq!(database.texts(GRANTS).await, left);
    Ok(())
}

#[tokio::test]
async fn the_table_goes_only_with_the_mark_of_having_been_created() -> Result<(), DbErr> {
    let there = "SELECT (to_regclass('resource_access_control') IS NOT NULL)::text";
    for (comment, stays) in [("", "false"), ("'somebody else''s'", "true"), ("NULL", "true")] {
        let database = prepared().await;
        Migrator::up(database.connection(), Some(1)).await?;
        if !comment.is_empty() {
            let sql = format!("COMMENT ON TABLE resource_access_control IS {comment}");
            database.execute(&sql).await;
        }
        Migrator::down(database.connection(), Some(1)).await?;
        assert_eq!(database.text(there).await, stays, "{comment}");
    }
    Ok(())
}

#[tokio::test]
async fn collaborations_are_marked_as_legacy_and_no_longer_after_down() -> Result<(), DbErr> {
    let database = prepared().await;
    let marks = "SELECT objsubid::text FROM pg_description
                 WHERE objoid = 'note_collaborations'::regclass AND description LIKE 'Legacy: %'
                 ORDER BY objsubid";
    assert_eq!(database.texts(marks).await, [""; 0]);
    Migrator::up(database.connection(), Some(1)).await?;
    // The table itself, `permission`, `note_id` and `collaborator_id`.
    assert_eq!(database.texts(marks).await, ["0", "2", "4", "5"]);
    Migrator::down(database.connection(), Some(1)).await?;
    assert_eq!(database.texts(marks).await, [""; 0]);
    Ok(())
}

/// Reading rows one by one takes minutes; a statement for all of them takes seconds.
const PATIENCE: Duration = Duration::from_mins(1);

#[tokio::test]
async fn two_hundred_thousand_notes_become_grants_within_seconds() -> Result<(), DbErr> {
    let database = prepared().await;
    database
        .execute(
            "INSERT INTO notes (id, title, content, content_type, is_favorite, is_archived,
                                notebook_id, agent_id)
             SELECT gen_random_uuid(), 'note', '', 'markdown', false, false, uid(11), uid(1 + n % 9)
             FROM generate_series(1, 200000) AS n",
        )
        .await;
    let count = "SELECT count(*)::text FROM resource_access_control";

    let start = Instant::now();
    Migrator::up(database.connection(), Some(1)).await?;
    let up = start.elapsed();
    assert_eq!(database.text(count).await, "200011");
    database.execute("COMMENT ON TABLE resource_access_control IS NULL").await;
    let start = Instant::now();
    Migrator::down(database.connection(), Some(1)).await?;
    let down = start.elapsed();
    assert_eq!(database.text(count).await, "0");

    println!("200,000 notes: up {up:.1?}, down {down:.1?}");
    assert!(up < PATIENCE && down < PATIENCE, "up {up:.1?}, down {down:.1?}");
    Ok(())
}
