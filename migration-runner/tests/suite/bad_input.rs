//! What is wrong around a run is named, with the way out, and nothing is lost or half done.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use schema_engine::{database::select, environment::Environment, location, location::Wishes};

use crate::runner::{Outcome, command, run, run_with};

fn assert_says(outcome: &Outcome, status: i32, words: &[&str]) {
    let said = outcome.expect_failure(status);
    for word in words {
        assert!(said.contains(word), "`{word}` is not in: {said}");
    }
    for noise in ["panicked", "stack backtrace", "RUST_BACKTRACE"] {
        assert!(!said.contains(noise), "{said}");
    }
}

#[test]
fn an_ambiguous_or_unknown_target_lists_what_it_could_be() {
    let folder = tempfile::tempdir().expect("a folder");
    let ambiguous = run(folder.path(), &["migrate", "ecs", "--to", "m20250921"]);
    let candidates = ["m20250921_093355_populate_base_names", "m20250921_171200_fix_success"];
    assert_says(&ambiguous, 2, &candidates);
    let unknown = run(folder.path(), &["rollback", "ecs", "--to", "base_names"]);
    assert_says(&unknown, 2, &["no migration of `ecs` is called `base_names`", "`history ecs`"]);
}

#[test]
fn a_dotenv_file_that_cannot_be_parsed_is_named_with_its_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("broken.env");
    fs::write(&file, "A=1\nECS_DATABASE_URL='postgres://u:hunter2@h/d\n").expect("a file");
    let name = file.to_str().expect("text");
    let outcome = isolated_without_flag(folder.path(), &["status", "ecs", "--env-file", name]);
    assert_says(&outcome, 2, &["broken.env: line 2"]);
    assert!(!outcome.stderr.contains("hunter2"), "{outcome:#?}");
    let missing = isolated_without_flag(folder.path(), &["status", "ecs", "--env-file", "no.env"]);
    assert_says(&missing, 2, &["cannot read no.env, which `--env-file` names"]);
}

#[test]
fn a_folder_of_another_postgresql_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    run(folder.path(), &["migrate", "mcp"]).expect_success();
    let version = folder.path().join(".reynard/reynard_mcp/postgres/pgdata/PG_VERSION");
    fs::write(&version, "17\n").expect("a file");
    let outcome = run(folder.path(), &["status", "mcp"]);
    assert_says(&outcome, 1, &["has PostgreSQL 17, expected 18", "move the folder away"]);
    fs::write(&version, "18\n").expect("a file");
    run(folder.path(), &["status", "mcp", "--exit-code"]).expect_success();
}

#[test]
fn a_full_disk_is_said_and_harms_nothing() {
    let mount = tempfile::tempdir().expect("a folder");
    let small = ["-t", "tmpfs", "-o", "size=8m", "tmpfs"];
    let mounted =
        Command::new("mount").args(small).arg(mount.path()).stderr(Stdio::null()).status();
    if !mounted.is_ok_and(|status| status.success()) {
        eprintln!("left out: this user may not mount a small disk");
        return;
    }
    let outcomes = [run(mount.path(), &["migrate", "mcp"]), run(mount.path(), &["migrate", "mcp"])];
    let unmounted = Command::new("umount").arg(mount.path()).status();
    for outcome in &outcomes {
        assert_says(outcome, 1, &["No space left on device", "move the folder away"]);
    }
    assert!(unmounted.expect("umount").success());
}

#[test]
fn a_reader_that_goes_away_stops_no_work() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut child = command(folder.path(), &["migrate", "mcp"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("an end");
    assert!(output.status.success(), "{output:?}");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    run(folder.path(), &["status", "mcp", "--exit-code"]).expect_success();
}

#[test]
fn a_url_may_stand_in_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("secret");
    fs::write(&file, "postgres://ana:hunter2@127.0.0.1:1/ecs\n").expect("a file");
    let variable = ("ECS_DATABASE_URL_FILE", file.to_str().expect("text"));
    let outcome = run_with(folder.path(), &["status", "ecs"], &[variable]);
    assert_says(&outcome, 1, &["no server answers at 127.0.0.1:1"]);
    assert!(
        outcome.stdout.contains("ecs → ecs at 127.0.0.1:1 (ECS_DATABASE_URL_FILE)"),
        "{outcome:#?}"
    );
    let both = run_with(folder.path(), &["status", "ecs"], &[variable, ("ECS_DATABASE_URL", "x")]);
    assert_says(&both, 2, &["both `ECS_DATABASE_URL` and `ECS_DATABASE_URL_FILE` are set"]);
}

/// Ten thousand of each kind, from a seed that is printed where one fails.
#[test]
fn nonsense_is_refused_without_a_panic_and_without_a_secret() {
    let mut random = Random(0x5eed);
    let none = Environment::default();
    for round in 0..10_000 {
        let url = random.nonsense("postgres://ana:hunter2@h:1/d?sslmode=require&password=hunter2%");
        let name = random.nonsense("auth main ecs mcp e2e all_");
        let variables = [("ECS_DATABASE_URL", url.as_str()), ("E2E_DATABASE_URL", name.as_str())];
        let environment = Environment::of(&variables, &[]);
        let databases = select(&["ecs", "e2e"]).expect("names");
        let located =
            location::locate(&databases, &Wishes::default(), &environment, Path::new("/"));
        let shown = match &located {
            Ok(located) => located.iter().map(location::Located::line).collect(),
            Err(error) => format!("{error} {error:?}"),
        };
        assert!(!shown.contains("hunter2"), "round {round}: {shown}");
        if let Err(error) = select(&[&name]) {
            assert!(error.to_string().contains("there is no database"), "round {round}");
        }
        let wishes = Wishes { database_url: Some(url), ..Wishes::default() };
        let _ = location::locate(&databases[..1], &wishes, &none, Path::new("/"));
    }
}

#[test]
fn nonsense_in_a_dotenv_file_is_refused_without_a_panic_and_without_a_secret() {
    let mut random = Random(0xd07e);
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join(".env");
    for round in 0..10_000 {
        let text = random.nonsense("ECS_DATABASE_URL='postgres://ana:hunter2@h/d'\n#=\"$\\{}é ");
        fs::write(&file, text).expect("a file");
        let read = Environment::read(folder.path(), &schema_engine::environment::Dotenv::Root);
        let shown = match read {
            Ok(environment) => format!("{environment:?}"),
            Err(error) => format!("{error} {error:?}"),
        };
        assert!(!shown.contains("hunter2"), "round {round}: {shown}");
    }
}

/// A xorshift generator: the same nonsense on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % below as u64).expect("it is below a usize")
    }

    /// Pieces of `sense`, repeated, cut and shuffled.
    fn nonsense(&mut self, sense: &str) -> String {
        let letters: Vec<char> = sense.chars().collect();
        let mut text = String::new();
        for _ in 0..=self.next(4) {
            let start = self.next(letters.len());
            let end = start + self.next(letters.len() - start + 1);
            text.extend(&letters[start..end]);
            if self.next(3) == 0 {
                text.push(letters[self.next(letters.len())]);
            }
        }
        text
    }
}

/// The binary without the `--no-dotenv` that the suite gives it elsewhere.
fn isolated_without_flag(folder: &Path, arguments: &[&str]) -> Outcome {
    let binary = env!("CARGO_BIN_EXE_migration-runner");
    schema_testing::command::isolated(binary, folder)
        .args(arguments)
        .output()
        .expect("the binary runs")
        .into()
}
