//! A PostgreSQL server of the suite's own, started from installed binaries and stopped with it.

mod tls;

use std::{
    fs,
    io::{self, Write},
    net::TcpListener,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        LazyLock, Mutex,
        atomic::{AtomicU32, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

pub use self::tls::tls_server;
use crate::TestDatabase;

/// The superuser's password, with every character that a URL must encode.
pub const PASSWORD: &str = "fox%40@den:#1/";
/// The same as it stands in a URL.
pub const ENCODED_PASSWORD: &str = "fox%2540%40den%3A%231%2F";

/// PostgreSQL needs this long to come up on a busy machine.
const PATIENCE: Duration = Duration::from_mins(1);

static SERVER: LazyLock<Server> = LazyLock::new(Server::start);

/// A running server with a data folder of its own.
#[derive(Debug)]
pub struct Server {
    port: u16,
    bin: PathBuf,
    folder: PathBuf,
    // Its script stops the server when this end of its stdin is closed, however we end.
    script: Mutex<Child>,
    databases: AtomicU32,
}

/// The server of this test process, started when it is first asked for.
pub fn server() -> &'static Server {
    &SERVER
}

/// The folder of PostgreSQL's server programs, if they are installed.
pub fn binaries() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut packaged: Vec<PathBuf> = versions.map(|entry| entry.path().join("bin")).collect();
    packaged.sort();
    std::env::split_paths(&path)
        .chain(packaged)
        .filter_map(|folder| fs::canonicalize(folder.join("initdb")).ok())
        .filter_map(|program| program.parent().map(Path::to_owned))
        .find(|folder| folder.join("postgres").exists())
}

const SCRIPT: &str = r#"
set -e
cd "$FOLDER"
umask 077
"$BIN/initdb" -D data -U postgres --pwfile=password --auth=scram-sha-256 --no-sync >initdb.log
eval "$PREPARE"
start() {
    "$BIN/postgres" -D data -p "$PORT" $OPTIONS -c listen_addresses=127.0.0.1 \
        -c unix_socket_directories="$FOLDER" -c max_connections=200 -c fsync=off \
        -c full_page_writes=off -c log_connections=on >>postgres.log 2>&1 &
    server=$!
}
start
trap 'kill -QUIT $server 2>/dev/null; wait $server; rm -rf "$FOLDER"' EXIT
# A line is the wish that it ends as `pg_ctl stop -m immediate` ends it, and comes back.
while read -r _; do
    kill -QUIT $server
    wait $server || true
    start
done
"#;

impl Server {
    /// Starts a server that only its caller uses; it ends with the value.
    ///
    /// # Panics
    ///
    /// Where PostgreSQL is not installed or does not start.
    pub fn start() -> Self {
        Self::prepared(None)
    }

    /// Starts one, after a script has `prepared` its folder for these options of `postgres`.
    fn prepared(prepared: Option<(&str, &str)>) -> Self {
        let bin = binaries().expect(
            "PostgreSQL's server programs; `cargo xtask test` leaves these tests out without them",
        );
        let folder = tempfile::tempdir().expect("a folder").keep();
        fs::write(folder.join("password"), PASSWORD).expect("a password file");
        let port = free_port().expect("a free port");
        let script = as_server_user(&folder)
            .expect("a user to run PostgreSQL as")
            .args(["sh", "-c", SCRIPT])
            .env("BIN", &bin)
            .env("FOLDER", &folder)
            .env("PORT", port.to_string())
            .env("PREPARE", prepared.map_or("", |(script, _)| script))
            .env("OPTIONS", prepared.map_or("", |(_, options)| options))
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .expect("a server");
        let script = Mutex::new(script);
        let server = Self { port, bin, folder, script, databases: AtomicU32::new(0) };
        server.wait();
        server
    }

    /// Ends the server as a crash would, and starts it again.
    ///
    /// # Panics
    ///
    /// Where it does not come back.
    pub fn crash(&self) {
        let before = self.process();
        let mut script = self.script.lock().expect("no panic");
        let wishes = script.stdin.as_mut().expect("a pipe");
        wishes.write_all(b"crash\n").expect("the script listens");
        wishes.flush().expect("the script listens");
        let deadline = Instant::now() + PATIENCE;
        while self.process().is_none_or(|now| Some(now) == before) {
            assert!(Instant::now() < deadline, "PostgreSQL did not start again");
            thread::sleep(Duration::from_millis(20));
        }
        self.wait();
    }

    /// The number of its first process, where it is up.
    fn process(&self) -> Option<String> {
        let file = fs::read_to_string(self.folder.join("data/postmaster.pid")).ok()?;
        file.lines().next().map(str::to_owned)
    }

    fn wait(&self) {
        let deadline = Instant::now() + PATIENCE;
        let port = self.port.to_string();
        loop {
            let ready = Command::new(self.bin.join("pg_isready"))
                .args(["-q", "-h", "127.0.0.1", "-p", &port])
                .status();
            if ready.is_ok_and(|status| status.success()) {
                return;
            }
            assert!(Instant::now() < deadline, "PostgreSQL did not start: {}", self.log());
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// Where it listens on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// What it has logged.
    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.join("postgres.log")).unwrap_or_default()
    }

    /// The superuser's URL of `database`.
    pub fn url(&self, database: &str) -> String {
        self.url_as("postgres", ENCODED_PASSWORD, database)
    }

    /// The URL of `database` for another login.
    pub fn url_as(&self, user: &str, password: &str, database: &str) -> String {
        format!("postgres://{user}:{password}@127.0.0.1:{}/{database}", self.port)
    }

    /// Creates an empty database under a new name that begins with `stem`; gives the name.
    pub async fn create_database(&self, stem: &str) -> String {
        let number = self.databases.fetch_add(1, Ordering::Relaxed);
        let name = format!("{stem}_{number}");
        let maintenance = TestDatabase::at(&self.url("postgres")).await;
        maintenance.execute(&format!("CREATE DATABASE \"{name}\" TEMPLATE template0")).await;
        name
    }
}

/// A port that nothing listened on a moment ago.
///
/// # Errors
///
/// The system's.
pub fn free_port() -> io::Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// The beginning of a command that may not run as root: then it runs as the user of PostgreSQL's
/// package, who gets `folder` and the files in it.
///
/// # Errors
///
/// The system's, and where there is no such user.
pub fn as_server_user(folder: &Path) -> io::Result<Command> {
    if id(&["-u"])? != 0 {
        return Ok(Command::new("env"));
    }
    let (user, group) = (id(&["-u", "postgres"])?, id(&["-g", "postgres"])?);
    for entry in fs::read_dir(folder)? {
        std::os::unix::fs::chown(entry?.path(), Some(user), Some(group))?;
    }
    std::os::unix::fs::chown(folder, Some(user), Some(group))?;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
    let mut command = Command::new("setpriv");
    command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]);
    Ok(command)
}

fn id(arguments: &[&str]) -> io::Result<u32> {
    let output = Command::new("id").args(arguments).output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    text.trim()
        .parse()
        .map_err(|_| io::Error::other(format!("`id {}` failed", arguments.join(" "))))
}
