//! A password is never shown, wherever it comes from and whatever it looks like: not in what is
//! printed, not in a log, not in the arguments of a process.

use std::{
    collections::BTreeSet,
    env, fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

use schema_testing::{
    TestDatabase,
    command::isolated,
    server::{ENCODED_PASSWORD, PASSWORD, server},
};

use crate::runner::{Outcome, run_with, run_with_dotenv};

/// What a glance at [`PASSWORD`] would show, as it is and as a URL has it.
const GLIMPSES: [&str; 6] = ["fox%", "%40@", "fox@", "@den", "den:#1", "den%3A"];

const TRACE: (&str, &str) = ("RUST_LOG", "trace");

#[track_caller]
fn assert_silent(outcome: &Outcome) {
    for glimpse in GLIMPSES {
        assert!(!outcome.said().contains(glimpse), "`{glimpse}` in {outcome:#?}");
    }
}

/// A password file, as PostgreSQL's programs read it.
fn password_file(folder: &Path, lines: &str) -> String {
    let file = folder.join("passwords");
    fs::write(&file, lines).expect("a file");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).expect("permissions");
    file.to_str().expect("text").to_owned()
}

#[tokio::test]
async fn no_command_prints_a_password() {
    let folder = tempfile::tempdir().expect("a folder");
    let name = server().create_database("mcp").await;
    let url = server().url(&name);
    for command in [
        &["setup", "mcp"][..],
        &["migrate", "mcp"],
        &["status", "mcp"],
        &["history", "mcp"],
        &["history", "mcp", "--journal"],
        &["rollback", "mcp"],
        &["rollback", "mcp", "--yes-destroy", &name],
        &["fresh", "mcp", "--yes-destroy", &name],
        &["refresh", "mcp", "--yes-destroy", &name],
        &["reset", "mcp", "--yes-destroy", &name],
    ] {
        let of_the_variable = [("MCP_DATABASE_URL", url.as_str()), TRACE];
        let json = [command, &["--output", "json"]].concat();
        let option = [command, &["-vv", "-u", &url]].concat();
        let done = run_with(folder.path(), command, &of_the_variable);
        assert!(done.said().contains(&name), "{done:#?}");
        assert_silent(&done);
        assert_silent(&run_with(folder.path(), &json, &of_the_variable));
        assert_silent(&run_with(folder.path(), &option, &[TRACE]));
    }
}

#[tokio::test]
async fn a_password_may_come_from_anywhere_and_is_printed_nowhere() {
    let folder = tempfile::tempdir().expect("a folder");
    let name = server().create_database("mcp").await;
    let port = server().port();
    let url = server().url(&name);
    let bare = format!("postgres://postgres@127.0.0.1:{port}/{name}");
    let parameter = format!("{bare}?password={ENCODED_PASSWORD}");
    let escaped = PASSWORD.replace(':', "\\:");
    // A line that is none comes first: whoever reads it must not repeat it.
    let lines = format!("{PASSWORD}\n127.0.0.1:{port}:{name}:postgres:{escaped}\n");
    let password_file = password_file(folder.path(), &lines);
    let url_file = folder.path().join("url");
    fs::write(&url_file, format!("{url}\n")).expect("a file");
    let url_file = url_file.to_str().expect("text");
    for variables in [
        &[("MCP_DATABASE_URL", url.as_str())][..],
        &[("MCP_DATABASE_URL", &parameter)],
        &[("MCP_DATABASE_URL_FILE", url_file)],
        &[("MCP_DATABASE_URL", &bare), ("PGPASSFILE", &password_file)],
        &[("MCP_DATABASE_URL", &bare), ("PGPASSWORD", PASSWORD)],
    ] {
        for log in [TRACE, ("RUST_LOG", "info"), ("RUST_LOG", "")] {
            let variables = [variables, &[log]].concat();
            let outcome = run_with(folder.path(), &["status", "mcp"], &variables);
            outcome.expect_success();
            assert_silent(&outcome);
        }
    }
    for (file, option) in [(".env", &[][..]), ("other.env", &["--env-file", "other.env"])] {
        fs::write(folder.path().join(file), format!("MCP_DATABASE_URL='{url}'\n")).expect("a file");
        let arguments = [&["status", "mcp", "-vv"], option].concat();
        let outcome = run_with_dotenv(folder.path(), &arguments);
        assert!(outcome.expect_success().contains(file), "{outcome:#?}");
        assert_silent(&outcome);
        fs::remove_file(folder.path().join(file)).expect("the file");
    }
}

#[tokio::test]
async fn a_password_that_is_wrong_or_not_encoded_is_not_printed_either() {
    let folder = tempfile::tempdir().expect("a folder");
    let name = server().create_database("mcp").await;
    let port = server().port();
    let wrong = ["fox%25", "fox%40@den:", PASSWORD, "fox%", "fox@den:#1", "1/fox@den", "1?fox@den"];
    for password in wrong {
        let place = format!("127.0.0.1:{port}/{name}");
        for url in [
            format!("postgres://postgres:{password}@{place}"),
            format!("postgres://postgres@{place}?password={password}"),
            format!("postgres://postgres@{place}?pasword={password}"),
        ] {
            for arguments in [&["migrate", "mcp"][..], &["status", "mcp", "--output", "json"]] {
                let variables = [("MCP_DATABASE_URL", url.as_str()), TRACE];
                let outcome = run_with(folder.path(), arguments, &variables);
                assert_ne!(outcome.status, 0, "{outcome:#?}");
                assert_silent(&outcome);
            }
        }
    }
}

/// Linux shows the arguments of every process under `/proc`.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn no_process_has_a_password_among_its_arguments() {
    let folder = tempfile::tempdir().expect("a folder");
    let name = server().create_database("mcp_e2e").await;
    let (role, secret) = (format!("role_{name}"), "of-this-test%25%40%3A");
    let admin = TestDatabase::at(&server().url(&name)).await;
    admin.execute(&format!("CREATE ROLE {role} LOGIN PASSWORD 'of-this-test%@:'")).await;
    admin.execute(&format!("ALTER DATABASE {name} OWNER TO {role}")).await;
    let url = server().url_as(&role, secret, &name);
    let xtask = Xtask::build(folder.path());

    let variable = [("E2E_MCP_DATABASE_URL", url.as_str())];
    let (outcome, arguments) = xtask.run(&["migrate", "mcp_e2e", "--no-dotenv"], &variable);
    assert!(outcome.expect_success().contains("now at"), "{outcome:#?}");
    let found = |words: &str| arguments.iter().filter(|found| found.contains(words)).count();
    assert!(found("migrate mcp_e2e --no-dotenv") >= 2, "xtask and the runner in {arguments:?}");
    assert_eq!(found("of-this-test"), 0, "{arguments:?}");

    for option in [&["-u", &url][..], &[&format!("-u{url}")], &[&format!("--database-url={url}")]] {
        let words = [&["rollback", "mcp_e2e", "--to", "base", "--no-dotenv"], option].concat();
        let (_, arguments) = xtask.run(&words, &[]);
        let of_the_runner = format!("{} rollback mcp_e2e --to base", xtask.runner.display());
        assert!(arguments.iter().any(|found| found.starts_with(&of_the_runner)), "{arguments:?}");
        // The user has written it among the arguments of xtask.
        let program = xtask.program.display().to_string();
        let others = arguments.iter().filter(|found| !found.starts_with(&program));
        assert_eq!(others.filter(|found| found.contains("of-this-test")).count(), 0);
    }
}

/// The program behind `cargo xtask`, and what it finds where it asks cargo for the runner.
struct Xtask {
    program: PathBuf,
    runner: PathBuf,
    cargo: PathBuf,
}

impl Xtask {
    fn build(folder: &Path) -> Self {
        let runner = PathBuf::from(env!("CARGO_BIN_EXE_migration-runner"));
        let target = runner.ancestors().nth(2).expect("a target folder");
        let built = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args(["build", "--quiet", "--package", "xtask", "--target-dir"])
            .arg(target)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .status();
        assert!(built.is_ok_and(|status| status.success()), "xtask is compiled");
        // cargo itself would put a runner of other features in the place of the one under test.
        let cargo = folder.join("cargo");
        let artifact = format!(
            "{{\"reason\":\"compiler-artifact\",\"target\":{{\"name\":\"migration-runner\"}},\
             \"executable\":\"{}\"}}",
            runner.display()
        );
        fs::write(&cargo, format!("#!/bin/sh\necho '{artifact}'\n")).expect("a script");
        fs::set_permissions(&cargo, fs::Permissions::from_mode(0o755)).expect("permissions");
        Self { program: target.join("debug/xtask"), runner, cargo }
    }

    /// Runs it, and gives the arguments of every process on the machine that was seen meanwhile.
    fn run(&self, words: &[&str], variables: &[(&str, &str)]) -> (Outcome, BTreeSet<String>) {
        let checkout = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("a checkout");
        let mut command = isolated(&self.program, checkout);
        command.args(words).envs(variables.iter().copied());
        command.env("CARGO", &self.cargo).env("CARGO_MANIFEST_DIR", checkout.join("xtask"));
        let is_over = AtomicBool::new(false);
        thread::scope(|scope| {
            let watch = scope.spawn(|| {
                let mut seen = BTreeSet::new();
                while !is_over.load(Ordering::Relaxed) {
                    seen.extend(arguments_of_processes());
                }
                seen
            });
            let output = command.output().expect("xtask runs");
            is_over.store(true, Ordering::Relaxed);
            (output.into(), watch.join().expect("a watch"))
        })
    }
}

fn arguments_of_processes() -> Vec<String> {
    let processes = fs::read_dir("/proc").expect("processes").flatten();
    let arguments = processes.filter_map(|process| fs::read(process.path().join("cmdline")).ok());
    arguments.map(|words| String::from_utf8_lossy(&words).replace('\0', " ")).collect()
}
