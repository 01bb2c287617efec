//! The runner as sea-orm-cli drives it: `cargo run … -- <command> [-n N] [-v]`, with the database in
//! `MIGRATION_DATABASE` and its URL in `DATABASE_URL`.

use std::path::{Path, PathBuf};

use schema_testing::{command::isolated, server::server};

use crate::runner::{Outcome, length, run_with};

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
    let all = length("ecs");
    for (arguments, said) in [
        (&["up"][..], format!("ecs_e2e  {all} applied")),
        (&["down", "-n", "2"], "ecs_e2e  2 reverted".to_owned()),
        (&["status"], "(2 pending)".to_owned()),
        (&["up", "-n", "1", "-v"], "ecs_e2e  1 applied".to_owned()),
        (&["refresh"], format!("ecs_e2e  {} reverted", all - 1)),
        (&["fresh"], format!("ecs_e2e  {all} applied")),
        (&["reset"], format!("ecs_e2e  {all} reverted, now at base")),
    ] {
        let outcome = drive(arguments);
        assert!(outcome.expect_success().contains(&said), "{arguments:?}: {outcome:#?}");
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

mod installed {
    use super::*;

    /// sea-orm-cli itself, as it is installed.
    #[tokio::test]
    async fn sea_orm_cli_drives_the_runner_of_the_checkout() {
        let folder = tempfile::tempdir().expect("a folder");
        let url = server().url(&server().create_database("mcp_e2e").await);
        let all = length("mcp");
        for (arguments, said) in [
            (&["up"][..], format!("mcp_e2e  {all} applied")),
            (&["status"], "(head)".to_owned()),
            (&["down", "-n", "1"], "mcp_e2e  1 reverted".to_owned()),
            (&["up", "-n", "1"], "mcp_e2e  1 applied".to_owned()),
            (&["fresh"], format!("mcp_e2e  {all} applied")),
            (&["refresh"], format!("mcp_e2e  {all} reverted")),
            (&["reset"], format!("mcp_e2e  {all} reverted, now at base")),
        ] {
            let outcome = sea_orm_cli(folder.path(), arguments, &url);
            assert!(outcome.expect_success().contains(&said), "{arguments:?}: {outcome:#?}");
        }
    }

    fn sea_orm_cli(root: &Path, arguments: &[&str], url: &str) -> Outcome {
        let package = Path::new(env!("CARGO_MANIFEST_DIR"));
        let checkout = package.parent().expect("a checkout");
        let mut command = isolated("sea-orm-cli", checkout);
        command.arg("migrate").args(arguments).args(["-d", "migration-runner"]);
        command.envs([("MIGRATION_DATABASE", "mcp_e2e"), ("DATABASE_URL", url)]);
        // Not the checkout's own `.env`, and what the suite has compiled already.
        command.env("REYNARD_WORKSPACE", root).env("CARGO_TARGET_DIR", target_folder());
        command.output().expect("sea-orm-cli is installed").into()
    }

    /// Where cargo put the binary under test: `<target>/debug/migration-runner`.
    fn target_folder() -> PathBuf {
        let binary = Path::new(env!("CARGO_BIN_EXE_migration-runner"));
        binary.ancestors().nth(2).expect("a target folder").to_owned()
    }
}
