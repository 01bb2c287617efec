//! The runner as sea-orm-cli drives it: `cargo run … -- <command> [-n N] [-v]`, with the database in
//! `MIGRATION_DATABASE` and its URL in `DATABASE_URL`.

use schema_testing::server::server;

use crate::runner::{Outcome, run_with};

#[tokio::test]
async fn it_works_on_the_database_that_the_variable_names() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = server().url(&server().create_database("ecs_e2e").await);
    let drive = |arguments: &[&str]| -> Outcome {
        let variables = [
            ("MIGRATION_DATABASE", "ecs_e2e"),
            ("DATABASE_URL", url.as_str()),
            ("DATABASE_SCHEMA", "public"),
        ];
        run_with(folder.path(), arguments, &variables)
    };
    for (arguments, said) in [
        (&["up"][..], "ecs_e2e  6 applied"),
        (&["down", "-n", "2"], "ecs_e2e  2 reverted"),
        (&["status"], "(2 pending)"),
        (&["up", "-n", "1", "-v"], "ecs_e2e  1 applied"),
        (&["refresh"], "ecs_e2e  5 reverted"),
        (&["fresh"], "ecs_e2e  6 applied"),
        (&["reset"], "ecs_e2e  6 reverted, now at base"),
    ] {
        let outcome = drive(arguments);
        assert!(outcome.expect_success().contains(said), "{arguments:?}: {outcome:#?}");
    }
}

#[tokio::test]
async fn what_it_cannot_mean_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let (one, other) = ("postgres://h:1/one", "postgres://h:1/other");
    for (variables, said) in [
        (
            &[("MIGRATION_DATABASE", "ecs"), ("DATABASE_URL", one), ("ECS_DATABASE_URL", other)][..],
            "`ECS_DATABASE_URL` and `DATABASE_URL` hold different URLs of ecs",
        ),
        (&[("MIGRATION_DATABASE", "ecs"), ("DATABASE_SCHEMA", "app")], "DATABASE_SCHEMA is `app`"),
        (&[("MIGRATION_DATABASE", "esc")], "there is no database `esc`"),
        (&[], "`rollback` needs a database"),
    ] {
        let outcome = run_with(folder.path(), &["down"], variables);
        assert!(outcome.expect_failure(2).contains(said), "{variables:?}: {outcome:#?}");
    }
}
