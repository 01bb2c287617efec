//! The suite reaches nobody's own database, whatever is configured around it.

use std::{
    env, fs,
    net::TcpListener,
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use schema_engine::database::DATABASES;

/// The tests that are repeated beside the canary: one a way to start the tool.
const REPEATED: [&str; 3] = [
    "embedded::one_command_brings_every_database_to_head",
    "embedded::commands_go_through_a_served_database_one_at_a_time",
    "usage::a_variable_that_is_missing_or_empty_is_named",
];

#[test]
fn nothing_connects_to_what_is_configured_around_the_suite() {
    let canary = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = canary.local_addr().expect("an address").port();
    let visits = Arc::new(AtomicUsize::new(0));
    thread::spawn({
        let visits = Arc::clone(&visits);
        move || {
            for _ in canary.incoming() {
                visits.fetch_add(1, Ordering::SeqCst);
            }
        }
    });
    let url = format!("postgres://canary@127.0.0.1:{port}/canary");
    let mut variables: Vec<(&str, &str)> =
        DATABASES.iter().map(|database| (database.url_variable, url.as_str())).collect();
    let port = port.to_string();
    variables.extend([
        ("REYNARD_DATABASE_URL", url.as_str()),
        ("TEST_DATABASE_URL", url.as_str()),
        ("PGHOST", "127.0.0.1"),
        ("PGPORT", port.as_str()),
        ("PGDATABASE", "canary"),
        ("REYNARD_ENV", "production"),
    ]);
    let folder = tempfile::tempdir().expect("a folder");
    let dotenv: Vec<String> =
        variables.iter().map(|(name, value)| format!("{name}={value}")).collect();
    fs::write(folder.path().join(".env"), dotenv.join("\n")).expect("a .env file");
    let suite = env::current_exe().expect("this binary");
    let output = Command::new(suite)
        .args(["--exact", "--test-threads=1"])
        .args(REPEATED)
        .envs(variables)
        .env("REYNARD_WORKSPACE", folder.path())
        .output()
        .expect("the suite runs");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains(&format!("{} passed; 0 failed", REPEATED.len())), "{said}");
    assert_eq!(visits.load(Ordering::SeqCst), 0, "connections to the canary");
}
