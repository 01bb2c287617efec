//! A server that encrypts: what each `sslmode` lets in, and what is said of the rest.

use std::path::Path;

use schema_testing::server::{ENCODED_PASSWORD, server, tls_server};

use crate::runner::{Outcome, run, run_with};

/// The status of mcp at `host`, in a new database of the server that encrypts.
async fn status(host: &str, parameters: &str) -> Outcome {
    let folder = tempfile::tempdir().expect("a folder");
    let name = tls_server().create_database("tls").await;
    let port = tls_server().port();
    let url = format!("postgres://postgres:{ENCODED_PASSWORD}@{host}:{port}/{name}?{parameters}");
    run_with(folder.path(), &["status", "mcp"], &[("MCP_DATABASE_URL", &url)])
}

fn checked(mode: &str, root: &Path) -> String {
    format!("sslmode={mode}&sslrootcert={}", root.display())
}

#[tokio::test]
async fn a_certificate_that_is_right_lets_in() {
    let root = tls_server().root_certificate();
    for (host, parameters) in [
        ("localhost", "sslmode=require"),
        ("localhost", &checked("verify-full", &root)),
        ("127.0.0.1", &checked("verify-ca", &root)),
        ("127.0.0.1", &checked("require", &root)),
    ] {
        status(host, parameters).await.expect_success();
    }
}

#[tokio::test]
async fn a_certificate_that_is_wrong_keeps_out_and_says_what_to_do() {
    let (root, other) = (tls_server().root_certificate(), tls_server().other_certificate());
    let unknown = "nobody whom we trust signed the certificate";
    for (host, parameters, said) in [
        ("localhost", checked("verify-full", &other), unknown),
        ("localhost", checked("verify-ca", &other), unknown),
        ("localhost", checked("require", &other), unknown),
        ("localhost", "sslmode=verify-full".to_owned(), unknown),
        (
            "127.0.0.1",
            checked("verify-full", &root),
            "is not for `127.0.0.1`; write the host in MCP_DATABASE_URL as the certificate names it",
        ),
        (
            "localhost",
            checked("verify-full", Path::new("/no/root.crt")),
            "cannot read `/no/root.crt`; check `sslrootcert` in MCP_DATABASE_URL",
        ),
    ] {
        let outcome = status(host, &parameters).await;
        let stderr = outcome.expect_failure(1);
        assert!(stderr.contains(said), "{parameters}: {stderr}");
    }
}

#[tokio::test]
async fn a_server_that_does_not_encrypt_is_no_answer_to_require() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = server().url(&server().create_database("mcp").await) + "?sslmode=require";
    let outcome = run(folder.path(), &["migrate", "mcp", "-u", &url]);
    let said = outcome.expect_failure(1);
    assert!(said.contains("does not offer TLS; let it (`ssl = on`)"), "{said}");
}

#[tokio::test]
async fn a_run_with_its_lock_is_encrypted_and_doctor_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let name = tls_server().create_database("ecs").await;
    let root = tls_server().root_certificate();
    let login = tls_server().url(&name).replace("127.0.0.1", "localhost");
    let url = format!("{login}?{}", checked("verify-full", &root));
    run(folder.path(), &["migrate", "ecs", "-u", &url]).expect_success();
    let doctor = run(folder.path(), &["doctor", "ecs", "-u", &url]);
    let said = doctor.expect_success();
    assert!(said.contains("encrypted (TLSv1.3, TLS_AES"), "{said}");
    assert!(said.contains("certificate and host name checked"), "{said}");

    let log = tls_server().log();
    let is_ours = |line: &&str| line.contains("authorized") && line.contains(&name);
    let plain = log.lines().filter(is_ours).filter(|line| !line.contains("SSL enabled"));
    assert_eq!(plain.collect::<Vec<_>>(), [""; 0]);
    // The lock has a connection of its own.
    assert!(log.lines().filter(is_ours).count() >= 4, "{log}");
}
