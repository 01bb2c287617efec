//! Turns note collaborations, and the ownership of notes, notebooks and todos, into grants in
//! `resource_access_control`, with the indexes that look them up; creates the table where it is
//! missing, and marks `note_collaborations` as legacy by comments.
//!
//! `down` removes exactly the grants made here. Where `up` created the table, which its comment
//! tells, `down` drops it with whatever else was granted since.
//!
//! Hazard: the table takes no writes while its indexes are built; a grant for each note, notebook
//! and todo is written in one transaction.

use sea_orm_migration::prelude::*;

/// As a statement of the server, so that the printed script is right on any database too.
const CREATE_TABLE_WHERE_MISSING: &str = "
DO $$
BEGIN
    IF to_regclass('resource_access_control') IS NOT NULL THEN
        RETURN;
    END IF;

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
        conditions JSONB,
        metadata JSONB
    );
    COMMENT ON TABLE resource_access_control IS 'created by m20250926_170405_migrate_notes_to_rbac';
END
$$";

/// The indexes that belong to the table; after the rows, because building an index once is cheaper
/// than keeping it through every insert.
const INDEX_TABLE_IF_MARKED: &str = "
DO $$
BEGIN
    IF obj_description('resource_access_control'::REGCLASS, 'pg_class')
        IS DISTINCT FROM 'created by m20250926_170405_migrate_notes_to_rbac'
    THEN
        RETURN;
    END IF;

    CREATE INDEX ix_resource_access_control_resource_type
        ON resource_access_control (resource_type);
    CREATE INDEX ix_resource_access_control_resource_id
        ON resource_access_control (resource_id);
    CREATE INDEX ix_resource_access_control_subject_type
        ON resource_access_control (subject_type);
    CREATE INDEX ix_resource_access_control_subject_id
        ON resource_access_control (subject_id);
    CREATE INDEX ix_resource_access_control_permission_level
        ON resource_access_control (permission_level);
    CREATE INDEX ix_resource_access_control_expires_at
        ON resource_access_control (expires_at);
    CREATE INDEX ix_resource_access_control_is_active
        ON resource_access_control (is_active);
END
$$";

/// `metadata` is cast, because Alembic made it json where it made the table.
const INSERT_GRANTS: &str = "
INSERT INTO resource_access_control (
    id, resource_type, resource_id, subject_type, subject_id, permission_level,
    granted_at, granted_by, is_active, conditions, metadata
)
SELECT
    gen_random_uuid(), g.resource_type, g.resource_id, 'user', g.subject_id, g.permission_level,
    g.granted_at, NULL, true, '{}', jsonb_build_object('migrated', true, 'source', g.source)
FROM (
    SELECT
        'note' AS resource_type,
        note_id::TEXT AS resource_id,
        collaborator_id::TEXT AS subject_id,
        CASE permission WHEN 'write' THEN 'editor' WHEN 'admin' THEN 'owner' ELSE 'viewer' END
            AS permission_level,
        created_at AS granted_at,
        'note_collaboration' AS source
    FROM note_collaborations
    UNION ALL
    SELECT 'note', id::TEXT, agent_id::TEXT, 'owner', created_at, 'note_creator' FROM notes
    UNION ALL
    SELECT 'notebook', id::TEXT, agent_id::TEXT, 'owner', created_at, 'notebook_creator'
    FROM notebooks
    UNION ALL
    SELECT 'todo', id::TEXT, agent_id::TEXT, 'owner', created_at, 'todo_creator' FROM todos
) AS g
WHERE NOT EXISTS (
    SELECT FROM resource_access_control AS r
    WHERE r.resource_type = g.resource_type
        AND r.resource_id = g.resource_id
        AND r.subject_type = 'user'
        AND r.subject_id = g.subject_id
        AND r.permission_level = g.permission_level
        AND r.metadata::JSONB ->> 'source' = g.source
)";

const DELETE_GRANTS: &str = r#"
DELETE FROM resource_access_control
WHERE resource_type IN ('note', 'notebook', 'todo')
    AND metadata::JSONB IN (
        '{"migrated": true, "source": "note_collaboration"}',
        '{"migrated": true, "source": "note_creator"}',
        '{"migrated": true, "source": "notebook_creator"}',
        '{"migrated": true, "source": "todo_creator"}'
    )"#;

const DROP_TABLE_IF_MARKED: &str = "
DO $$
BEGIN
    IF obj_description('resource_access_control'::REGCLASS, 'pg_class')
        = 'created by m20250926_170405_migrate_notes_to_rbac'
    THEN
        DROP TABLE resource_access_control;
    END IF;
END
$$";

const MARK_LEGACY: &str = "
COMMENT ON TABLE note_collaborations IS
    'Legacy: who may do what with a note is decided by resource_access_control.';
COMMENT ON COLUMN note_collaborations.note_id IS
    'Legacy: resource_id of the grants on resource_type note.';
COMMENT ON COLUMN note_collaborations.collaborator_id IS
    'Legacy: subject_id of the grants on resource_type note.';
COMMENT ON COLUMN note_collaborations.permission IS
    'Legacy: read became permission_level viewer, write editor, admin owner.'";

const UNMARK_LEGACY: &str = "
COMMENT ON TABLE note_collaborations IS NULL;
COMMENT ON COLUMN note_collaborations.note_id IS NULL;
COMMENT ON COLUMN note_collaborations.collaborator_id IS NULL;
COMMENT ON COLUMN note_collaborations.permission IS NULL";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let database = manager.get_connection();
        database.execute_unprepared(CREATE_TABLE_WHERE_MISSING).await?;
        database.execute_unprepared(INSERT_GRANTS).await?;
        database.execute_unprepared(INDEX_TABLE_IF_MARKED).await?;
        for index in lookup_indexes() {
            manager.create_index(index).await?;
        }
        database.execute_unprepared(MARK_LEGACY).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let database = manager.get_connection();
        database.execute_unprepared(UNMARK_LEGACY).await?;
        for index in lookup_indexes() {
            let name = index.get_index_spec().get_name().unwrap_or_default();
            manager.drop_index(Index::drop().name(name).to_owned()).await?;
        }
        database.execute_unprepared(DELETE_GRANTS).await?;
        database.execute_unprepared(DROP_TABLE_IF_MARKED).await?;
        Ok(())
    }
}

fn lookup_indexes() -> [IndexCreateStatement; 3] {
    let lookup = |subject: &str, columns: [&'static str; 2]| {
        Index::create()
            .name(format!("idx_resource_access_control_{subject}_lookup"))
            .table("resource_access_control")
            .col(columns[0])
            .col(columns[1])
            .col("is_active")
            .to_owned()
    };
    [
        lookup("resource", ["resource_type", "resource_id"]),
        lookup("subject", ["subject_type", "subject_id"]),
        lookup("permission", ["resource_type", "permission_level"]),
    ]
}
