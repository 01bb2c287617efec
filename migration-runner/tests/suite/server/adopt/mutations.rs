//! One thing changed in a database at head: found as exactly that, and gone after it is mended.

use schema_testing::catalog;

use super::{FORGET, Foreign, said};

/// SQL that changes one thing, and how that is told.
const OF_MAIN: &[(&str, &str)] = &[
    ("DROP TABLE todo_tags", "table public.todo_tags is missing"),
    ("ALTER TABLE notes DROP COLUMN title", "column public.notes.title is missing"),
    ("ALTER TABLE notes ADD COLUMN odd text", "column public.notes.odd is not expected"),
    (
        "ALTER TABLE notes ALTER COLUMN title TYPE text",
        "column public.notes.title has the type text, expected character varying(",
    ),
    ("ALTER TABLE notes ALTER COLUMN title DROP NOT NULL", "column public.notes.title"),
    ("ALTER TABLE datasets ALTER COLUMN version SET DEFAULT '2'", "column public.datasets.version"),
    ("DROP INDEX idx_files_hash", "index public.files.idx_files_hash is missing"),
    ("CREATE INDEX odd ON files (hash, size)", "index public.files.odd is not expected"),
    (
        "DROP INDEX idx_embeddings_text_hnsw;
         CREATE INDEX idx_embeddings_text_hnsw ON embeddings USING hnsw (embedding vector_cosine_ops)
             WITH (m = 16, ef_construction = 200) WHERE modality = 'image'",
        "index public.embeddings.idx_embeddings_text_hnsw",
    ),
    (
        "ALTER TABLE datasets DROP CONSTRAINT datasets_status_check",
        "constraint public.datasets.datasets_status_check is missing",
    ),
    (
        "ALTER TABLE files DROP CONSTRAINT files_dataset_id_fkey,
         ADD CONSTRAINT files_dataset_id_fkey FOREIGN KEY (dataset_id) REFERENCES datasets",
        "constraint public.files.files_dataset_id_fkey",
    ),
    ("DROP VIEW file_details", "view public.file_details is missing"),
    (
        "DROP TRIGGER trigger_update_file_timestamp ON files",
        "trigger public.files.trigger_update_file_timestamp is missing",
    ),
    (
        "CREATE OR REPLACE FUNCTION get_dataset_statistics(dataset_uuid uuid) RETURNS jsonb
         LANGUAGE sql AS 'SELECT NULL::jsonb'",
        "routine public.get_dataset_statistics(uuid)",
    ),
];

const OF_AUTH: &[(&str, &str)] = &[
    ("ALTER TYPE sshkeyusage ADD VALUE 'odd'", "type public.sshkeyusage"),
    ("ALTER TYPE sshkeystatus RENAME VALUE 'active' TO 'alive'", "type public.sshkeystatus"),
    ("ALTER TABLE users DROP COLUMN rbac_enabled", "column public.users.rbac_enabled is missing"),
    ("ALTER TABLE roles ADD UNIQUE (description)", "constraint public.roles.roles_description_key"),
];

async fn check(database: &'static str, revision: &str, mutations: &[(&str, &str)]) {
    let steps = crate::runner::length(database);
    let foreign = Foreign::built(database, steps).await;
    foreign.at_revisions(&[revision]).await;
    let untouched = foreign.lines().await;
    for (mutation, expected) in mutations {
        foreign.execute(mutation).await;
        let looked = foreign.run(&["adopt"]);
        looked.expect_failure(1);
        let differences = said(&looked, "differs:");
        assert!(
            differences.len() == 1 && differences[0].starts_with(expected),
            "{mutation}: {looked:#?}"
        );
        let mended = foreign.run(&["adopt", "--mend", "--yes-destroy", &foreign.name]);
        mended.expect_success();
        assert_eq!(said(&mended, "mended:").len(), 1, "{mutation}: {mended:#?}");
        let found = catalog::difference(
            &without_places(&untouched),
            &without_places(&foreign.lines().await),
        );
        assert_eq!(found, [""; 0], "{mutation}");
        foreign.execute(FORGET).await;
    }
}

/// A column that is added again is the last of its table.
fn without_places(lines: &[String]) -> Vec<String> {
    let without = |line: &String| match line.strip_prefix("column ") {
        Some(column) => {
            let words = column.split(' ').enumerate().filter(|(place, _)| *place != 1);
            words.map(|(_, word)| word).collect::<Vec<_>>().join(" ")
        }
        None => line.clone(),
    };
    let lines = lines.iter().filter(|line| !line.starts_with("comment on"));
    lines.map(without).collect()
}

#[tokio::test]
async fn what_differs_in_main_is_found_and_mended() {
    check("main", "20250926_171719", OF_MAIN).await;
}

#[tokio::test]
async fn what_differs_in_auth_is_found_and_mended() {
    check("auth", "20250926_165024", OF_AUTH).await;
}
