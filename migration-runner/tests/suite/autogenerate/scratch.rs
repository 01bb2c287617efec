//! A copy of the checkout that a test may edit and compile; its target folder stays, so that
//! only the first run compiles what the schemas stand on.

use std::{
    env,
    ffi::OsStr,
    fs::{self, File},
    path::{Path, PathBuf},
    process::Command,
};

use expect_test::expect_file;
use schema_testing::command::isolated;
use tempfile::TempDir;

use crate::runner::Outcome;

/// What of the checkout the tool needs to compile.
const PARTS: [&str; 14] = [
    ".cargo",
    "Cargo.toml",
    "Cargo.lock",
    "rust-toolchain.toml",
    "rustfmt.toml",
    "README.md",
    "auth-schema",
    "ecs-schema",
    "main-schema",
    "mcp-schema",
    "migration-runner",
    "schema-engine",
    "xtask",
    "examples",
];

pub(super) struct Scratch {
    checkout: PathBuf,
    /// Where the databases are.
    folder: TempDir,
    /// Held as long as the checkout is ours: there is one for all tests.
    _lock: File,
}

impl Scratch {
    /// The checkout as it is.
    pub(super) fn of_checkout() -> Self {
        let binary = Path::new(env!("CARGO_BIN_EXE_migration-runner"));
        let target = binary.ancestors().nth(2).expect("a target folder");
        let checkout = target.join("scratch/checkout");
        fs::create_dir_all(&checkout).expect("a folder");
        let lock = File::create(checkout.with_file_name("lock")).expect("a file");
        lock.lock().expect("a lock");
        let folder = tempfile::tempdir().expect("a folder");
        let scratch = Self { checkout, folder, _lock: lock };
        for part in PARTS {
            scratch.restore(part);
        }
        scratch
    }

    /// Makes a file or folder what it is in the workspace.
    pub(super) fn restore(&self, part: &str) {
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("a workspace");
        mirror(&workspace.join(part), &self.checkout.join(part));
    }

    /// Its folder.
    pub(super) fn checkout(&self) -> &Path {
        &self.checkout
    }

    /// Where the embedded databases lie.
    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Compiles the tool with the schemas, without a warning.
    pub(super) fn build(&self) {
        let output = self
            .cargo(&["build", "--quiet", "--package", "migration-runner"])
            .args(["--no-default-features", "--features", "all-schemas,embedded"])
            .output()
            .expect("cargo runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && !said.contains("warning"), "{said}");
    }

    /// A cargo command in the checkout.
    pub(super) fn cargo(&self, arguments: &[&str]) -> Command {
        let mut cargo = isolated(env!("CARGO"), &self.checkout);
        cargo.args(arguments).env("CARGO_TARGET_DIR", self.target());
        cargo.envs(env::var_os("CARGO_HOME").map(|home| ("CARGO_HOME", home)));
        // Between two builds little is edited, nobody debugs them, and nothing may be downloaded.
        cargo.env("CARGO_INCREMENTAL", "1").env("CARGO_PROFILE_DEV_DEBUG", "none");
        cargo.env("CARGO_NET_OFFLINE", "true");
        cargo
    }

    /// Runs `cargo xtask` in the checkout.
    pub(super) fn xtask(&self, arguments: &[&str]) -> Outcome {
        self.cargo(&["xtask"]).args(arguments).output().expect("cargo runs").into()
    }

    /// Runs the tool that was compiled last.
    pub(super) fn run(&self, arguments: &[&str]) -> Outcome {
        self.tool(arguments).output().expect("the binary runs").into()
    }

    /// A command of the tool that was compiled last.
    pub(super) fn tool(&self, arguments: &[&str]) -> Command {
        let binary = self.target().join("debug").join("migration-runner");
        let mut command = isolated(binary, self.folder());
        command.args(arguments).env("REYNARD_WORKSPACE", &self.checkout);
        // The databases of this test, the files of the checkout.
        if !["create", "checksums"].contains(&arguments[0]) {
            command.env("REYNARD_WORKSPACE", self.folder());
        }
        command
    }

    pub(super) fn read(&self, file: &str) -> String {
        fs::read_to_string(self.checkout.join(file)).expect("a file")
    }

    pub(super) fn write(&self, file: &str, text: &str) {
        fs::write(self.checkout.join(file), text).expect("a file");
    }

    pub(super) fn remove(&self, file: &str) {
        fs::remove_file(self.checkout.join(file)).expect("a file");
    }

    pub(super) fn rename(&self, from: &str, to: &str) {
        fs::rename(self.checkout.join(from), self.checkout.join(to)).expect("a file");
    }

    /// Edits a file, in which every piece must be once.
    pub(super) fn edit(&self, file: &str, edits: &[(&str, &str)]) {
        let mut text = self.read(file);
        for (old, new) in edits {
            assert_eq!(text.matches(old).count(), 1, "{old} in {file}");
            text = text.replacen(old, new, 1);
        }
        self.write(file, &text);
    }

    /// Holds the file that `create` says it wrote against a snapshot, and against rustfmt.
    pub(super) fn compare(&self, schema: &str, said: &str) {
        let file = said.lines().find_map(|line| line.strip_prefix("wrote ")).expect("a file");
        let path = self.checkout.join(file);
        let text = fs::read_to_string(&path).expect("a migration");
        let name = path.file_name().and_then(OsStr::to_str).expect("a name");
        let name = name.splitn(3, '_').nth(2).expect("a name behind the time");
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/snapshots/autogenerate");
        expect_file![format!("{folder}/{schema}/{name}")].assert_eq(&text);
        let mut rustfmt = Command::new("rustfmt");
        rustfmt.args(["--edition", "2024", "--check"]).arg(&path).current_dir(&self.checkout);
        let output = rustfmt.output().expect("rustfmt runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }

    fn target(&self) -> PathBuf {
        self.checkout.with_file_name("target")
    }
}

/// Makes `to` what `from` is; what is the same already is not touched, so that it is not compiled
/// again.
fn mirror(from: &Path, to: &Path) {
    if from.is_file() {
        let text = fs::read(from).expect("a file");
        if fs::read(to).ok().as_ref() != Some(&text) {
            fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
            fs::write(to, text).expect("a copy");
        }
        return;
    }
    let names = |folder: &Path| -> Vec<_> {
        let entries = fs::read_dir(folder).into_iter().flatten();
        entries.map(|entry| entry.expect("an entry").file_name()).collect()
    };
    let wanted = names(from);
    for name in names(to).into_iter().filter(|name| !wanted.contains(name)) {
        let path = to.join(name);
        let removed = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
        removed.expect("a folder without it");
    }
    for name in wanted.iter().filter(|name| *name != "target") {
        mirror(&from.join(name), &to.join(name));
    }
}
