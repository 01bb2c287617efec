//! What `adopt` turns away, and leaves as it is.

use schema_testing::catalog;

use super::Foreign;

/// Adopting `foreign` fails with each of `words` and changes nothing.
async fn check(foreign: &Foreign, options: &[&str], status: i32, words: &[&str]) {
    let (before, noted) = (foreign.lines().await, foreign.noted().await);
    let outcome = foreign.run(&[&["adopt"], options].concat());
    outcome.expect_words(status, words);
    assert_eq!(catalog::difference(&before, &foreign.lines().await), [""; 0]);
    assert_eq!(foreign.noted().await, noted);
}

#[tokio::test]
async fn a_revision_of_nobody_is_named_with_the_way_out() {
    let twin = Foreign::new("e2e").await;
    twin.execute("CREATE TABLE test_runs (id int); CREATE TABLE notes (id int)").await;
    twin.at_revisions(&["20250127_000001"]).await;
    check(&twin, &[], 1, &["`20250127_000001`", "`fresh e2e`"]).await;
    check(&twin, &["--mend"], 1, &["`20250127_000001`"]).await;
    twin.run(&["fresh"]).expect_success();

    let production = Foreign::built("ecs", 6).await;
    production.at_revisions(&["fc949a6025ca", "0123456789ab"]).await;
    check(&production, &[], 1, &["`0123456789ab`", "a build whose lineage"]).await;
}

#[tokio::test]
async fn another_schema_is_named() {
    let foreign = Foreign::built("mcp", 1).await;
    foreign.at_revisions(&["001_create_tool_config_tables"]).await;
    let foreign = Foreign { database: "main", ..foreign };
    let words =
        ["`001_create_tool_config_tables`, a revision of the schema `mcp`", "--database-url"];
    check(&foreign, &[], 1, &words).await;
}

#[tokio::test]
async fn what_is_ours_or_empty_needs_no_adopting() {
    let ours = Foreign::new("mcp").await;
    ours.run(&["migrate"]).expect_success();
    check(&ours, &[], 1, &["needs no adopting", "`status mcp`"]).await;

    let stock = Foreign::built("mcp", 0).await;
    super::up("mcp", &stock.connect().await, 1).await;
    check(&stock, &[], 1, &["its seaql_migrations has `m20250115_100000"]).await;

    let empty = Foreign::new("mcp").await;
    empty.execute("CREATE TABLE elsewhere (id int)").await;
    check(&empty, &[], 1, &["has nothing to adopt", "`migrate mcp`"]).await;
}

#[tokio::test]
async fn tables_without_a_revision_are_a_riddle() {
    let foreign = Foreign::built("auth", 2).await;
    check(&foreign, &["--mend"], 1, &["`public.pgp_key_access_logs`", "holds no revision"]).await;
    foreign.at_revisions(&["caa8578f93f6"]).await;
    foreign.run(&["adopt"]).expect_success();
}

#[tokio::test]
async fn what_loses_data_of_production_is_asked_for_by_name() {
    let foreign = Foreign::built("mcp", 1).await;
    foreign.at_revisions(&["001_create_tool_config_tables"]).await;
    foreign.execute("ALTER TABLE tools ADD COLUMN owner text").await;
    let agree = format!("--yes-destroy {}", foreign.name);
    check(&foreign, &["--mend"], 5, &["column public.tools.owner", &agree]).await;
    check(&foreign, &["--mend", "--yes-destroy", "x"], 5, &["and not `x`"]).await;
    foreign.run(&["adopt", "--mend", "--yes-destroy", &foreign.name]).expect_success();
}

#[tokio::test]
async fn what_cannot_be_mended_is_left_with_all_else() {
    let foreign = Foreign::built("mcp", 1).await;
    foreign.at_revisions(&["001_create_tool_config_tables"]).await;
    // A row that is against the column's rule, and before it a difference that could be mended.
    foreign
        .execute(
            "DROP INDEX idx_tools_name_enabled;
             ALTER TABLE tool_configuration ALTER COLUMN version DROP NOT NULL;
             UPDATE tool_configuration SET version = NULL",
        )
        .await;
    let column = "column public.tool_configuration.version";
    check(&foreign, &["--mend"], 1, &["cannot mend that", column, "SET NOT NULL"]).await;
    foreign.execute("UPDATE tool_configuration SET version = '1'").await;
    foreign.run(&["adopt", "--mend"]).expect_success();
}

#[tokio::test]
async fn a_takeover_waits_for_others_and_gives_up() {
    use sea_orm::{ConnectionTrait, TransactionTrait};

    let foreign = Foreign::built("mcp", 1).await;
    foreign.at_revisions(&["001_create_tool_config_tables"]).await;
    foreign.execute("ALTER TABLE tools DROP COLUMN timeout_seconds").await;
    let other = foreign.connect().await;
    let reading = other.connection().begin().await.expect("a transaction");
    reading.execute_unprepared("SELECT FROM tools").await.expect("a look");
    let hasty = ["--mend", "--lock-timeout", "700ms", "--retries", "1"];
    check(&foreign, &hasty, 1, &["cannot mend that", "in the way was", "ALTER TABLE"]).await;
    reading.rollback().await.expect("an end");
    foreign.run(&["adopt", "--mend"]).expect_success();
}
