//! What stands between the tool and the server: a pooler that gives a session to others between two
//! transactions loses the lock, and is refused.

/// The tests that start `PgBouncer`; `cargo xtask test` leaves them out where it is not installed.
mod installed {
    use std::{
        fs,
        net::TcpStream,
        process::{Child, Stdio},
        thread,
        time::Duration,
    };

    use schema_testing::{
        TestDatabase,
        server::{ENCODED_PASSWORD, PASSWORD, as_server_user, free_port, server},
    };
    use tempfile::TempDir;

    use crate::runner::run;

    /// `PgBouncer` before the suite's server; it ends when its script's stdin does.
    struct Pooler {
        port: u16,
        _script: Child,
        folder: TempDir,
    }

    const SCRIPT: &str = r#"
PATH="$PATH:/usr/sbin" pgbouncer -q "$0/pgbouncer.ini" >"$0/log" 2>&1 &
trap "kill $!" EXIT
read -r _ || true
"#;

    impl Pooler {
        fn start(mode: &str, settings: &str) -> Self {
            let folder = tempfile::tempdir().expect("a folder");
            let path = folder.path().to_str().expect("text");
            let port = free_port().expect("a free port");
            let server = server().port();
            let file = format!(
                "[databases]\n* = host=127.0.0.1 port={server}\n[pgbouncer]\nlisten_port = {port}\n\
                 listen_addr = 127.0.0.1\nunix_socket_dir =\nauth_type = trust\n\
                 auth_file = {path}/users\npool_mode = {mode}\n{settings}\n"
            );
            fs::write(folder.path().join("pgbouncer.ini"), file).expect("settings");
            let users = format!("\"postgres\" \"{PASSWORD}\"\n");
            fs::write(folder.path().join("users"), users).expect("users");
            let script = as_server_user(folder.path())
                .expect("a user to run PgBouncer as")
                .args(["sh", "-c", SCRIPT, path])
                .stdin(Stdio::piped())
                .spawn()
                .expect("PgBouncer");
            let pooler = Self { port, _script: script, folder };
            let mut tries = 0..500;
            while TcpStream::connect(("127.0.0.1", port)).is_err() {
                assert!(tries.next().is_some(), "{}", pooler.log());
                thread::sleep(Duration::from_millis(20));
            }
            pooler
        }

        fn log(&self) -> String {
            fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
        }

        fn url(&self, database: &str) -> String {
            format!("postgres://postgres:{ENCODED_PASSWORD}@127.0.0.1:{}/{database}", self.port)
        }
    }

    const KNOWN: &str = "ignore_startup_parameters = extra_float_digits";

    #[tokio::test]
    async fn a_pooler_that_shares_sessions_is_refused_and_keeps_no_lock() {
        let folder = tempfile::tempdir().expect("a folder");
        let name = server().create_database("mcp").await;
        let pooler = Pooler::start("transaction", KNOWN);
        // The second time, the pooler's sessions know what the first prepared.
        for _ in 0..2 {
            let refused = run(folder.path(), &["migrate", "mcp", "-u", &pooler.url(&name)]);
            let said = refused.expect_failure(1);
            assert!(said.contains("a pooler in transaction mode"), "{said}");
            assert!(said.contains("give the direct URL of the server"), "{said}");
        }
        let url = server().url(&name);
        let database = TestDatabase::at(&url).await;
        let locks = "SELECT count(*)::text FROM pg_locks WHERE locktype = 'advisory'
                        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
        assert_eq!(database.text(locks).await, "0");
        let direct = ["migrate", "mcp", "-u", &url, "--lock-wait", "0"];
        run(folder.path(), &direct).expect_success();
    }

    #[tokio::test]
    async fn a_pooler_that_knows_no_more_than_it_must_is_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let name = server().create_database("mcp").await;
        let pooler = Pooler::start("transaction", "");
        let refused = run(folder.path(), &["migrate", "mcp", "-u", &pooler.url(&name)]);
        let said = refused.expect_failure(1);
        let named = "a pooler stands between; give the direct URL of the server";
        assert!(said.contains(named), "{said}");
    }

    #[tokio::test]
    async fn a_pooler_that_leaves_each_its_session_is_as_good_as_none() {
        let folder = tempfile::tempdir().expect("a folder");
        let name = server().create_database("mcp").await;
        let pooler = Pooler::start("session", KNOWN);
        run(folder.path(), &["migrate", "mcp", "-u", &pooler.url(&name)]).expect_success();
    }
}
