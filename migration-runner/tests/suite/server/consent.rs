//! What loses data of a production database is agreed to, hazard by hazard.

use schema_engine::hazard::Hazard;
use schema_testing::server::server;

use crate::{fixture::Fixture, runner::run};

#[tokio::test]
async fn what_loses_data_in_production_needs_a_word() {
    let (fixture, _, database) = Fixture::prepared("loss", server(), 0).await;
    let fixture = fixture.with_hazards().await;
    let (told, refused) = fixture.migrate_agreeing(&[Hazard::DropTable]).await;
    assert_eq!(told, ["drop-column: column public.notes.body"], "an empty table is no loss");
    let refused = format!("{:#}", refused.expect_err("a refusal"));
    let said = "`m20260101_000002_loss` needs `--allow-hazard drop-column`: its values are lost, \
                and whoever still asks for it fails";
    assert_eq!(refused, said);
    assert_eq!(database.text("SELECT count(*)::text FROM seaql_migrations").await, "1");

    let (_, agreed) = fixture.migrate_agreeing(&[Hazard::DropColumn]).await;
    agreed.expect("it is applied");
    assert_eq!(database.text("SELECT count(*)::text FROM seaql_migrations").await, "2");
}

#[tokio::test]
async fn what_is_dangerous_on_rows_that_are_there_is_said_before_it_runs() {
    let folder = tempfile::tempdir().expect("a folder");
    let name = server().create_database("auth").await;
    let url = server().url(&name);
    run(folder.path(), &["migrate", "auth", "-u", &url, "-n", "2"]).expect_success();
    let nothing = run(folder.path(), &["lint", "auth", "-u", &url]);
    assert!(!nothing.stdout.contains("index-not-concurrently"), "{nothing:#?}");

    let database = schema_testing::TestDatabase::at(&url).await;
    let user = "INSERT INTO users (id, username, password_hash, role)
                VALUES (gen_random_uuid(), 'ana', '', 'user')";
    database.execute(user).await;
    let linted = run(folder.path(), &["lint", "auth", "-u", &url]);
    assert_eq!(linted.status, 3, "{linted:#?}");
    for said in [
        "  index-not-concurrently: table public.users (rows that nobody has counted)\n",
        "    why: nobody writes the table while the index is built\n",
        "    instead: write it with CONCURRENTLY",
    ] {
        assert!(linted.stdout.contains(said), "{linted:#?}");
    }
    let migrated = run(folder.path(), &["migrate", "auth", "-u", &url]);
    let said = "hazard index-not-concurrently of table public.users, rows that nobody has counted";
    assert!(migrated.expect_success().contains(said), "{migrated:#?}");
    let head = run(folder.path(), &["lint", "auth", "-u", &url]);
    assert!(head.expect_success().contains("no hazard in 0 migrations"), "{head:#?}");
}

#[test]
fn a_hazard_that_is_none_is_wrong_usage() {
    let folder = tempfile::tempdir().expect("a folder");
    let wrong = run(folder.path(), &["migrate", "mcp", "--allow-hazard", "rm"]);
    wrong.expect_words(2, &["there is no hazard `rm`; there are drop-table, "]);
}
