//! Runs a test again in a child process that finds e-mail data.
//!
//! What the migration reads hangs on a variable and on the working directory, and a process cannot
//! safely set either of its own while others of its threads run.

use std::{env, fs};

use main_schema::email_data::{DEFAULT_FOLDER, FOLDER_VARIABLE};
use schema_testing::command;

/// Tells the child that it is one.
const CHILD: &str = "MAIN_SCHEMA_SUITE_CHILD";

/// Where the files are.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Place {
    /// In the folder that the variable names.
    Named,
    /// In the default folder below the working directory.
    Default,
}

/// Whether this is the child. The parent runs the test `name` in one, which finds the `files`, and
/// panics with what it said where it fails.
pub(super) fn is_child(name: &str, place: Place, files: &[(&str, &str)]) -> bool {
    if env::var_os(CHILD).is_some() {
        return true;
    }
    let home = tempfile::tempdir().expect("a folder");
    let folder = home.path().join(if place == Place::Named { "mail" } else { DEFAULT_FOLDER });
    fs::create_dir_all(&folder).expect("a folder for the files");
    for (file, content) in files {
        fs::write(folder.join(file), content).expect("a file");
    }

    let program = env::current_exe().expect("this program");
    let mut child = command::isolated(program, home.path());
    child.args([&format!("email_to_rbac::{name}"), "--exact", "--nocapture"]).env(CHILD, "1");
    if place == Place::Named {
        child.env(FOLDER_VARIABLE, &folder);
    }
    let output = child.output().expect("a child");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && said.contains("1 passed"),
        "{said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    false
}
