//! `check`: the schemas as they are agree with their entities, and no database is asked.

use crate::runner::{command, run};

#[test]
fn entities_and_migrations_agree_without_a_database() {
    let folder = tempfile::tempdir().expect("a folder");
    let outcome = run(folder.path(), &["check"]);
    for name in ["auth", "main", "ecs ", "mcp "] {
        let said = format!("{name}  the migrations make what the entities say\n");
        assert!(outcome.expect_success().contains(&said), "{outcome:#?}");
    }
    assert!(!folder.path().join(".reynard").exists(), "no database was made");
}

#[test]
fn a_database_that_is_configured_badly_is_none_of_its_business() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut check = command(folder.path(), &["check", "mcp_e2e", "--output", "json"]);
    check.env("E2E_MCP_DATABASE_URL", "postgres://127.0.0.1:1/nowhere");
    let outcome = crate::runner::Outcome::from(check.output().expect("the binary runs"));
    let document: serde_json::Value =
        serde_json::from_str(outcome.expect_success()).expect("a document");
    let row = &document["databases"][0];
    assert_eq!(row["database"], "mcp_e2e");
    assert_eq!(row["differences"], serde_json::json!([]));
    assert_eq!(row["sql"], serde_json::json!([]));
}

#[test]
fn a_shadow_that_cannot_be_made_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    for (url, status, words) in [
        ("postgres://127.0.0.1:1/x", 1, &["mcp", "--shadow-url", "127.0.0.1:1"][..]),
        ("nonsense", 2, &["`--shadow-url` is no URL of a database"]),
    ] {
        for arguments in [
            &["check", "mcp"][..],
            &["diff", "mcp", "--entities"],
            &["diff", "mcp", "--embedded"],
            &["lint", "mcp", "--embedded"],
            &["verify", "mcp", "--embedded"],
        ] {
            let arguments = [arguments, &["--shadow-url", url]].concat();
            run(folder.path(), &arguments).expect_words(status, words);
        }
    }
}
