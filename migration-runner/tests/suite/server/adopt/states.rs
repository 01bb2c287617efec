//! The states that live databases are in.

use expect_test::expect_file;
use schema_testing::{catalog, server::server};

use super::{Foreign, said};
use crate::masks::{mask_json, mask_text};

const FILES: &[sql_migration::SqlMigration] = main_schema::migrations::SQL_MIGRATIONS;

/// What another runner leaves where it swallows errors and is run twice.
const FORMER_INDEXES: &str = "
    CREATE INDEX idx_document_embeddings_hnsw ON rag_document_embeddings
        USING hnsw (embedding vector_cosine_ops) WITH (m = 16, ef_construction = 200);
    CREATE INDEX idx_code_embeddings_hnsw ON rag_code_embeddings
        USING hnsw (embedding vector_cosine_ops) WITH (m = 16, ef_construction = 200);
    CREATE INDEX idx_caption_embeddings_hnsw ON rag_caption_embeddings
        USING hnsw (embedding vector_cosine_ops) WITH (m = 16, ef_construction = 200);
    CREATE INDEX idx_image_embeddings_hnsw ON rag_image_embeddings
        USING hnsw (embedding vector_cosine_ops) WITH (m = 16, ef_construction = 200)";

/// As Alembic made it: the grants' metadata, the index that cannot hold every condition, nobody's
/// mark on the table.
pub(super) const FORMER_GRANTS: &str = "
    ALTER TABLE resource_access_control ALTER COLUMN metadata TYPE json;
    COMMENT ON TABLE resource_access_control IS NULL;
    COMMENT ON TABLE note_collaborations IS 'Superseded.';
    DROP INDEX idx_email_rbac_operation_lookup;
    CREATE INDEX idx_email_rbac_operation_lookup
        ON resource_access_control (resource_type, conditions, is_active)
        WHERE resource_type = 'email_account'";

/// As the old files made them.
const FORMER_DEFAULTS: &str = "
    CREATE EXTENSION \"uuid-ossp\";
    ALTER TABLE datasets ALTER COLUMN id SET DEFAULT uuid_generate_v4();
    ALTER TABLE files ALTER COLUMN id SET DEFAULT uuid_generate_v4()";

/// What the files of main build that have these numbers, from 1, and nothing else.
pub(super) async fn main_with(numbers: &[usize]) -> Foreign {
    let foreign = Foreign::new("main").await;
    let database = foreign.connect().await;
    for number in numbers {
        database.execute(FILES[number - 1].up).await;
    }
    foreign
}

/// Alembic's part of main up to its `count`th migration, onto what is there.
pub(super) async fn alembic_ran(foreign: &Foreign, count: u32) {
    let database = foreign.connect().await;
    let noted: Vec<String> = FILES.iter().map(|file| format!("('{}', 0)", file.name)).collect();
    database
        .execute(&format!(
            "CREATE TABLE seaql_migrations (version varchar PRIMARY KEY, applied_at bigint NOT NULL);
             INSERT INTO seaql_migrations VALUES {}",
            noted.join(", ")
        ))
        .await;
    super::up("main", &database, count).await;
    database.execute(super::FORGET).await;
}

/// Adopts with `option` where `adopt` alone finds exactly `differences`, then migrates to head.
async fn check(foreign: &Foreign, option: &str, differences: &[&str], pending: usize) {
    let before = foreign.lines().await;
    let looked = foreign.run(&["adopt"]);
    assert_eq!(said(&looked, "differs:"), differences, "{looked:#?}");
    if !differences.is_empty() {
        looked.expect_words(1, &["nothing was written", "`--mend`", "`--accept-differences`"]);
        assert_eq!(catalog::difference(&before, &foreign.lines().await), [""; 0]);
        foreign.run(&["adopt", option]).expect_success();
    }
    let journal = "SELECT DISTINCT outcome FROM migration_journal WHERE error IS NULL";
    let database = foreign.connect().await;
    assert_eq!(database.texts(journal).await, ["adopted"]);
    let migrated = foreign.run(&["migrate", "--allow-out-of-order"]);
    assert_eq!(said(&migrated, "applied ").len(), pending, "{migrated:#?}");
}

/// Nothing that a database at head lacks or has beside it, but for comments and what is accepted.
async fn assert_at_head(foreign: &Foreign) {
    let head = Foreign::new(foreign.database).await;
    head.run(&["migrate"]).expect_success();
    let lines = |lines: Vec<String>| -> Vec<String> {
        lines.into_iter().filter(|line| !line.starts_with("comment on")).collect()
    };
    let found = catalog::difference(&lines(head.lines().await), &lines(foreign.lines().await));
    assert_eq!(found, [""; 0]);
}

#[tokio::test]
async fn auth_made_by_an_import_of_models() {
    let foreign = Foreign::built("auth", 4).await;
    foreign.at_revisions(&["20250926_165024"]).await;
    let database = foreign.connect().await;
    for label in ["rsa", "dsa", "elgamal", "ecdsa", "eddsa"] {
        let upper = label.to_uppercase();
        database
            .execute(&format!("ALTER TYPE pgpkeytype RENAME VALUE '{label}' TO '{upper}'"))
            .await;
    }
    for label in ["active", "inactive", "revoked", "expired", "pending"] {
        let upper = label.to_uppercase();
        database
            .execute(&format!("ALTER TYPE pgpkeystatus RENAME VALUE '{label}' TO '{upper}'"))
            .await;
    }
    database
        .execute(
            "ALTER TABLE pgp_keys DROP CONSTRAINT pgp_keys_fingerprint_key;
             CREATE TABLE seen (kind pgpkeytype); INSERT INTO seen VALUES ('ECDSA')",
        )
        .await;
    let differences = [
        "type public.pgpkeystatus has the label 'ACTIVE', expected 'active'",
        "type public.pgpkeytype has the label 'RSA', expected 'rsa'",
        "constraint public.pgp_keys.pgp_keys_fingerprint_key is missing (reads all of \
         public.pgp_keys, its rows were never counted, which nobody can write meanwhile)",
    ];
    check(&foreign, "--mend", &differences, 0).await;
    assert_eq!(database.text("SELECT kind::text FROM seen").await, "ecdsa");
    database.execute("DROP TABLE seen").await;
    assert_at_head(&foreign).await;
}

#[tokio::test]
async fn auth_whose_users_gatekeeper_has_changed() {
    let foreign = Foreign::built("auth", 4).await;
    foreign.at_revisions(&["20250926_165024"]).await;
    foreign
        .execute(
            "ALTER TABLE users ADD COLUMN nickname text, ALTER COLUMN role TYPE varchar(40);
             CREATE INDEX ix_users_nickname ON users (nickname)",
        )
        .await;
    check(&foreign, "", &[], 0).await;
}

#[tokio::test]
async fn main_where_only_files_ran_and_were_split_at_semicolons() {
    let foreign = main_with(&[1, 2, 3, 5]).await;
    foreign.execute(FORMER_INDEXES).await;
    let differences = ["caption", "code", "document", "image"].map(|kind| {
        format!("index public.rag_{kind}_embeddings.idx_{kind}_embeddings_hnsw is not expected")
    });
    let differences: Vec<&str> = differences.iter().map(String::as_str).collect();
    check(&foreign, "--mend", &differences, 6).await;
    assert_at_head(&foreign).await;
}

#[tokio::test]
async fn main_where_only_files_ran_by_psql() {
    let foreign = main_with(&[1, 2, 3, 4, 5]).await;
    foreign.execute(FORMER_DEFAULTS).await;
    foreign.at_revisions(&[]).await;
    foreign
        .execute(
            "CREATE OR REPLACE FUNCTION update_file_timestamp() RETURNS trigger LANGUAGE plpgsql
             AS 'BEGIN NEW.updated_at = clock_timestamp(); RETURN NEW; END'",
        )
        .await;
    check(
        &foreign,
        "--mend",
        &["routine public.update_file_timestamp() has another body than expected"],
        5,
    )
    .await;
}

#[tokio::test]
async fn main_where_alembic_stopped_for_want_of_a_table() {
    let foreign = main_with(&[1, 2, 3, 5]).await;
    alembic_ran(&foreign, 3).await;
    foreign.at_revisions(&["755416c2fdcb"]).await;
    // What the pending ones make only where it is missing is in nobody's way.
    foreign.execute("CREATE EXTENSION pg_trgm").await;
    let looked = foreign.run(&["adopt"]);
    assert_eq!(said(&looked, "left alone:"), ["extension pg_trgm"], "{looked:#?}");
    assert_eq!(said(&looked, "pending ")[0], "m20250115_000004_unified_repository");
    let refused = foreign.run(&["migrate"]);
    refused.expect_words(1, &["m20250115_000004_unified_repository", "--allow-out-of-order"]);
    foreign.run(&["migrate", "--allow-out-of-order"]).expect_success();
    assert_at_head(&foreign).await;
}

#[tokio::test]
async fn main_where_only_alembic_ran() {
    let foreign = main_with(&[]).await;
    alembic_ran(&foreign, 3).await;
    foreign.at_revisions(&["755416c2fdcb"]).await;
    check(&foreign, "", &[], 7).await;
    assert_at_head(&foreign).await;
}

#[tokio::test]
async fn main_as_alembic_left_it_is_mended() {
    let foreign = main_with(&[1, 2, 3, 4, 5]).await;
    alembic_ran(&foreign, 5).await;
    foreign.execute(FORMER_GRANTS).await;
    foreign.execute(FORMER_DEFAULTS).await;
    foreign.execute("ANALYZE resource_access_control; CREATE TABLE test_runs (id serial)").await;
    foreign.at_revisions(&["20250926_171719"]).await;
    let shown = foreign.run(&["adopt"]).said();
    let shown = shown.replace(&foreign.name, "<name>");
    let shown = shown.lines().skip(1).collect::<Vec<_>>().join("\n");
    let snapshots = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/snapshots");
    expect_file![format!("{snapshots}/text/adopt.txt")].assert_eq(&mask_text(&shown));
    let document = foreign.run(&["adopt", "--output", "json"]);
    let document = document.stdout.replace(&foreign.name, "<name>");
    let document = document.replace(&server().port().to_string(), "\"<port>\"");
    let document = mask_json(&document);
    expect_file![format!("{snapshots}/json/adopt.json")].assert_eq(&document);
    let mended = foreign.run_in_memory(&["adopt", "--mend"]);
    assert_eq!(said(&mended, "mended:").len(), 2, "{mended:#?}");
    assert_eq!(said(&mended, "left alone:"), ["table public.test_runs"], "{mended:#?}");
    let again = foreign.run(&["migrate"]);
    assert!(again.expect_success().contains("nothing to do"), "{again:#?}");
}

#[tokio::test]
async fn ecs_at_the_privilege_revisions() {
    for (revisions, steps) in [
        (&["fc949a6025ca", "auto_fix_permissions_002"][..], 6),
        (&["auto_fix_permissions_002"], 5),
        (&["fix_permissions_001"], 5),
    ] {
        let foreign = Foreign::built("ecs", steps).await;
        foreign.at_revisions(revisions).await;
        let adopted = foreign.run(&["adopt"]);
        adopted.expect_success();
        assert_eq!(said(&adopted, "adopted ").len(), steps, "{adopted:#?}");
        foreign.run(&["migrate"]).expect_success();
        let rows = "SELECT count(*)::text FROM alembic_version";
        assert_eq!(foreign.connect().await.text(rows).await, revisions.len().to_string());
    }
}

#[tokio::test]
async fn a_twin_with_tables_of_its_own_besides() {
    let foreign = Foreign::built("ecs_e2e", 6).await;
    foreign.at_revisions(&["fc949a6025ca"]).await;
    foreign
        .execute(
            "CREATE TYPE verdict AS ENUM ('pass', 'fail');
             CREATE TABLE test_runs (id serial PRIMARY KEY, verdict verdict,
                                     agent uuid REFERENCES agents (id));
             CREATE VIEW fenrir_runs AS SELECT * FROM test_runs",
        )
        .await;
    let adopted = foreign.run(&["adopt"]);
    adopted.expect_success();
    let left_alone = ["type public.verdict", "table public.test_runs", "view public.fenrir_runs"];
    assert_eq!(said(&adopted, "left alone:"), left_alone, "{adopted:#?}");
}

#[tokio::test]
async fn a_downgrade_to_base_may_leave_types_behind() {
    let foreign = Foreign::new("mcp").await;
    foreign.at_revisions(&[]).await;
    foreign.execute("CREATE TYPE toolcategoryenum AS ENUM ('AGENT')").await;
    let looked = foreign.run(&["adopt"]);
    looked.expect_failure(1);
    assert_eq!(said(&looked, "differs:"), ["type public.toolcategoryenum is not expected"]);
    foreign.run(&["adopt", "--mend", "--yes-destroy", &foreign.name]).expect_success();
    foreign.run(&["migrate"]).expect_success();
    assert_at_head(&foreign).await;
}
