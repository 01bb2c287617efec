//! The applications under `examples/`, built as whoever copies them builds them, run on a server.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

use expect_test::expect_file;
use schema_testing::{command::isolated, server::server};

use crate::runner::Outcome;

/// The variables that an application reads, in the order in which it does.
const VARIABLES: [(&str, &str); 4] = [
    ("AUTH_DATABASE_URL", "app_auth"),
    ("ECS_DATABASE_URL", "app_ecs"),
    ("DATABASE_URL", "app_main"),
    ("MCP_DATABASE_URL", "app_mcp"),
];

#[tokio::test]
async fn an_application_on_tokio_works_with_every_database() {
    check(&Application::build("tokio-app")).await;
}

#[tokio::test]
async fn an_application_on_async_std_works_with_every_database() {
    check(&Application::build("async-std-app")).await;
}

/// From empty databases and from those of the first run it comes to the same.
async fn check(application: &Application) {
    let mut variables = Vec::new();
    for (variable, stem) in VARIABLES {
        variables.push((variable, server().url(&server().create_database(stem).await)));
    }
    for _ in 0..2 {
        let outcome = application.run(&variables);
        let found = expect_file!["../../snapshots/applications.txt"];
        found.assert_eq(outcome.expect_success());
    }

    for (missing, (variable, _)) in VARIABLES.into_iter().enumerate() {
        let outcome = application.run(&variables[..missing]);
        let said = outcome.expect_failure(1);
        assert!(said.contains(&format!("`{variable}` is not set")), "{said}");
    }
    for malformed in ["postgres://fox:d@n-hunter2@:x/y", "mysql://fox:den-hunter2@host/name"] {
        let outcome = application.run(&[(VARIABLES[0].0, malformed.to_owned())]);
        let said = outcome.expect_failure(1);
        assert!(said.contains("holds no URL of a PostgreSQL database"), "{said}");
    }
}

/// A built application, and a folder to run it in.
struct Application {
    binary: PathBuf,
    folder: tempfile::TempDir,
}

impl Application {
    /// Compiles it as the workspace of its own that it is.
    fn build(name: &str) -> Self {
        let checkout = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("a checkout");
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("examples");
        let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args(["build", "--quiet", "--manifest-path"])
            .arg(checkout.join("examples").join(name).join("Cargo.toml"))
            .arg("--target-dir")
            .arg(&target)
            // Nobody debugs or edits what is built here: it takes a third of the room without.
            .env("CARGO_PROFILE_DEV_DEBUG", "false")
            .env("CARGO_INCREMENTAL", "0")
            .output()
            .expect("cargo runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let folder = tempfile::tempdir().expect("a folder");
        Self { binary: target.join("debug").join(name), folder }
    }

    fn run(&self, variables: &[(&str, String)]) -> Outcome {
        let mut command = isolated(&self.binary, self.folder.path());
        command.envs(variables.iter().map(|(name, value)| (*name, value)));
        command.output().expect("the application runs").into()
    }
}
