//! The migrated database is what the facts say of it, and at head what the entities say.

use main_schema::{
    Migrator,
    migrations::{ALEMBIC_REVISIONS, TABLES},
};
use schema_testing::{TestDatabase, entities, facts, lineage};

/// An embedded database like the live ones that the facts were taken from.
async fn as_alembic_left_it() -> TestDatabase {
    let database = TestDatabase::embedded("e2e").await;
    lineage::as_alembic_left_it::<Migrator>(&database, ALEMBIC_REVISIONS).await;
    database
}

#[tokio::test]
async fn facts_hold_where_alembic_ended() {
    let database = as_alembic_left_it().await;
    assert_eq!(facts::differences("main", &database).await, [""; 0]);
}

#[tokio::test]
async fn entities_say_what_migrations_make() {
    let migrated = lineage::migrated::<Migrator>("e2e").await;
    let empty = TestDatabase::embedded("e2e").await;
    empty.execute("CREATE EXTENSION vector").await;
    assert_eq!(entities::differences("main_schema::*", &migrated, &empty).await, [""; 0]);
}

#[tokio::test]
async fn the_tables_at_head_are_listed() {
    let database = lineage::migrated::<Migrator>("e2e").await;
    assert_eq!(TABLES, facts::tables(&database).await);
}

/// A change of a migrated database, and what it is found by.
const DEPARTURES: [(&str, &[&str]); 17] = [
    ("DROP EXTENSION btree_gin", &["extension `btree_gin` is missing"]),
    (
        "DROP TABLE note_attachments",
        &["table `note_attachments` is missing"],
    ),
    ("CREATE TABLE strays (id INTEGER)", &["table `strays` is not in the facts"]),
    (
        "ALTER TABLE todos RENAME COLUMN priority TO urgency",
        &["column `todos.priority` is missing", "column `todos.urgency` is not in the facts"],
    ),
    (
        "ALTER TABLE todos DROP COLUMN agent_id, ADD COLUMN agent_id UUID",
        &[
            "column `todos.agent_id` is uuid null, not uuid not null",
            "foreign key `todos_agent_id_fkey` of `todos` is missing",
        ],
    ),
    (
        "ALTER TABLE note_tags DROP CONSTRAINT note_tags_pkey; ALTER TABLE note_tags DROP COLUMN note_id;
         ALTER TABLE note_tags ADD COLUMN note_id UUID NOT NULL REFERENCES notes ON DELETE CASCADE,
             ADD PRIMARY KEY (note_id, tag_id)",
        &["order of columns of `note_tags` is tag_id, note_id, not note_id, tag_id"],
    ),
    (
        "ALTER TABLE datasets ALTER COLUMN status SET DEFAULT 'active'",
        &["column `datasets.status` is character varying(20) not null default \
           'active'::character varying, not character varying(20) not null default \
           'draft'::character varying"],
    ),
    (
        "ALTER TABLE resource_access_control ALTER COLUMN metadata TYPE JSON",
        &["column `resource_access_control.metadata` is json null, not jsonb null"],
    ),
    (
        "ALTER TABLE datasets RENAME CONSTRAINT datasets_status_check TO status",
        &[
            "check `datasets_status_check` of `datasets` is missing",
            "check `status` of `datasets` is not in the facts",
        ],
    ),
    (
        "ALTER TABLE notes RENAME CONSTRAINT notes_pkey TO notes_key",
        &["primary key of `notes` is `notes_key` (id), not `notes_pkey` (id)"],
    ),
    (
        "ALTER TABLE tags DROP CONSTRAINT uq_tag_name_agent,
             ADD CONSTRAINT uq_tag_name_agent UNIQUE (agent_id, name)",
        &["unique constraint `uq_tag_name_agent` of `tags` is (agent_id, name), not (name, agent_id)"],
    ),
    (
        "ALTER TABLE notes DROP CONSTRAINT notes_agent_id_fkey, ADD CONSTRAINT notes_agent_id_fkey
             FOREIGN KEY (agent_id) REFERENCES agents ON UPDATE CASCADE DEFERRABLE",
        &["foreign key `notes_agent_id_fkey` of `notes` is (agent_id) to agents (id) on delete NO \
           ACTION on update CASCADE deferrable, not (agent_id) to agents (id) on delete CASCADE \
           on update NO ACTION"],
    ),
    (
        "DROP INDEX idx_document_embeddings_hnsw_v2;
         CREATE INDEX idx_document_embeddings_hnsw_v2 ON rag_document_embeddings
             USING hnsw (embedding vector_l2_ops) WITH (ef_construction = 400)",
        &["index `idx_document_embeddings_hnsw_v2` of `rag_document_embeddings` is hnsw \
           (embedding) using vector_l2_ops with ef_construction=400, not hnsw (embedding) using \
           vector_cosine_ops with ef_construction=400, m=32"],
    ),
    (
        "DROP INDEX idx_embeddings_text_hnsw, idx_files_path, idx_email_rbac_operation_lookup;
         CREATE INDEX idx_files_path ON files (path DESC);
         CREATE INDEX idx_email_rbac_operation_lookup
             ON resource_access_control (resource_type, conditions, is_active)",
        &[
            "index `idx_email_rbac_operation_lookup` of `resource_access_control` is btree \
             (resource_type, conditions, is_active), not btree (resource_type, (conditions ->> \
             'operation'::text), is_active) where ((resource_type)::text = 'email_account'::text)",
            "index `idx_embeddings_text_hnsw` of `embeddings` is missing",
            "index `idx_files_path` of `files` is btree (path DESC), not btree (path)",
        ],
    ),
    (
        "DROP TRIGGER trigger_update_file_timestamp ON files;
         CREATE TRIGGER trigger_update_file_timestamp AFTER UPDATE ON files
             FOR EACH ROW EXECUTE FUNCTION update_file_timestamp()",
        &["trigger `trigger_update_file_timestamp` of `files` is CREATE TRIGGER \
           trigger_update_file_timestamp AFTER UPDATE ON files FOR EACH ROW EXECUTE FUNCTION \
           update_file_timestamp(), not CREATE TRIGGER trigger_update_file_timestamp BEFORE \
           UPDATE ON files FOR EACH ROW EXECUTE FUNCTION update_file_timestamp()"],
    ),
    (
        "DROP VIEW dataset_overview; CREATE VIEW other AS SELECT 1 AS one",
        &["view `dataset_overview` is missing", "view `other` is not in the facts"],
    ),
    (
        "DROP FUNCTION get_dataset_statistics; ALTER FUNCTION update_file_timestamp() STABLE;
         CREATE FUNCTION update_file_timestamp(INTEGER) RETURNS INTEGER LANGUAGE sql AS 'SELECT 1'",
        &[
            "function `get_dataset_statistics` is missing",
            "function `update_file_timestamp` is () returns trigger in plpgsql, volatility s and \
             (integer) returns integer in sql, volatility v, not () returns trigger in plpgsql, \
             volatility v",
        ],
    ),
];

#[tokio::test]
async fn no_departure_from_the_facts_goes_unseen() {
    let database = as_alembic_left_it().await;
    for (change, expected) in DEPARTURES {
        database.execute(&format!("BEGIN; {change}")).await;
        assert_eq!(facts::differences("main", &database).await, expected, "{change}");
        database.execute("ROLLBACK").await;
    }
}

#[tokio::test]
async fn what_an_older_tool_made_is_accepted_where_it_is_as_good() {
    let database = as_alembic_left_it().await;
    database
        .execute(
            "CREATE FUNCTION public.uuid_generate_v4() RETURNS UUID LANGUAGE sql
                 AS 'SELECT gen_random_uuid()';
             ALTER TABLE files ALTER COLUMN id SET DEFAULT public.uuid_generate_v4();
             ALTER TABLE agents ALTER COLUMN created_at SET DEFAULT now()",
        )
        .await;
    // The extension that the function comes from is not at hand, so the function itself stands out.
    let stray = ["function `gen_random_uuid` is not in the facts"];
    let found = facts::differences("main", &database).await;
    assert_eq!(found, stray.map(|line| line.replace("gen_random_uuid", "uuid_generate_v4")));
}
