//! A way to the suite's server that counts what a client says and goes bad where a test wants it.

use std::{
    io::{self, Read, Write},
    net::{Shutdown, TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, Sender, channel},
    },
    thread,
    time::Duration,
};

use schema_testing::server::{ENCODED_PASSWORD, Server};

use crate::wire::{Listener, MessageFrom};

/// How long something that was to happen on the way may take.
const PATIENCE: Duration = Duration::from_mins(2);

/// A statement on its way to the server.
#[derive(Debug, Clone)]
pub(crate) struct Said {
    /// What the session calls itself.
    pub(crate) application: String,
    /// Its text, `Terminate` for a goodbye.
    pub(crate) statement: String,
}

impl Said {
    /// Whether the session that runs migrations says it, and not the one that has the lock.
    pub(crate) fn is_work(&self) -> bool {
        self.application == "migration-runner"
    }

    /// Whether the transaction of a migration begins with it, after `BEGIN`: only there is the time
    /// of a statement limited too.
    pub(crate) fn begins_migration(&self) -> bool {
        self.is_work()
            && self.statement.starts_with("SET LOCAL lock_timeout")
            && self.statement.contains("SET LOCAL statement_timeout")
    }
}

/// What becomes of a statement, and of what comes behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It passes.
    Pass,
    /// It waits here, and the test is told; other connections go on.
    Hold,
    /// It passes, and nothing else does on its connection, either way.
    Mute,
    /// It passes, and nothing else does on any connection, either way.
    MuteAll,
}

/// Decides on each statement.
type Judge = dyn FnMut(&Said) -> Fate + Send;

/// The way to the server; when it is dropped, its connections are cut.
pub(crate) struct Proxy {
    port: u16,
    shared: Arc<Shared>,
    happened: Receiver<()>,
}

struct Shared {
    server_port: u16,
    judge: Mutex<Box<Judge>>,
    said: Mutex<Vec<Said>>,
    happened: Mutex<Sender<()>>,
    sockets: Mutex<Vec<TcpStream>>,
    is_mute: AtomicBool,
    is_gone: AtomicBool,
}

impl Proxy {
    pub(crate) fn to(server: &Server, judge: impl FnMut(&Said) -> Fate + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let (sender, happened) = channel();
        let shared = Arc::new(Shared {
            server_port: server.port(),
            judge: Mutex::new(Box::new(judge)),
            said: Mutex::default(),
            happened: Mutex::new(sender),
            sockets: Mutex::default(),
            is_mute: AtomicBool::new(false),
            is_gone: AtomicBool::new(false),
        });
        let proxy = Self { port, shared: Arc::clone(&shared), happened };
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                if shared.is_gone.load(Ordering::SeqCst) {
                    return;
                }
                let shared = Arc::clone(&shared);
                thread::spawn(move || shared.connect(client));
            }
        });
        proxy
    }

    /// The superuser's URL of `database`, this way.
    pub(crate) fn url(&self, database: &str) -> String {
        format!("postgres://postgres:{ENCODED_PASSWORD}@127.0.0.1:{}/{database}", self.port)
    }

    /// Waits until a statement was held or muted.
    #[track_caller]
    pub(crate) fn wait(&self) {
        self.happened.recv_timeout(PATIENCE).expect("the statement that the test waits for");
    }

    /// What was said so far, oldest first.
    pub(crate) fn said(&self) -> Vec<Said> {
        self.shared.said.lock().expect("no panic").clone()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.shared.is_gone.store(true, Ordering::SeqCst);
        for socket in &*self.shared.sockets.lock().expect("no panic") {
            let _ = socket.shutdown(Shutdown::Both);
        }
        // Whoever accepts looks up.
        let _ = TcpStream::connect(("127.0.0.1", self.port));
    }
}

impl Shared {
    fn connect(self: Arc<Self>, client: TcpStream) {
        let Ok(server) = TcpStream::connect(("127.0.0.1", self.server_port)) else { return };
        let ends = [client.try_clone(), server.try_clone(), client.try_clone(), server.try_clone()];
        let [Ok(from_server), Ok(answers), Ok(kept_client), Ok(kept_server)] = ends else { return };
        self.sockets.lock().expect("no panic").extend([kept_client, kept_server]);
        let is_mute = Arc::new(AtomicBool::new(false));
        let downwards = (Arc::clone(&self), Arc::clone(&is_mute));
        thread::spawn(move || {
            let (shared, is_mute) = downwards;
            let _ = shared.copy_down(answers, &from_server, &is_mute);
            let _ = from_server.shutdown(Shutdown::Both);
        });
        let _ = self.copy_up(client, &server, &is_mute);
        // A silent network does not tell the server that its client is gone.
        if !self.is_silent(&is_mute) {
            let _ = server.shutdown(Shutdown::Both);
        }
    }

    fn copy_up(
        &self,
        mut client: TcpStream,
        mut server: &TcpStream,
        is_mute: &AtomicBool,
    ) -> io::Result<()> {
        let mut listener = Listener::default();
        loop {
            let message = MessageFrom::read(&mut client, listener.has_begun())?;
            let statement = listener.hear(&message);
            let fate = statement.map_or(Fate::Pass, |statement| {
                let application = listener.application().to_owned();
                self.judge(Said { application, statement })
            });
            if fate == Fate::Hold {
                self.tell();
                // The client is to be killed where it waits; or it gives up.
                io::copy(&mut client, &mut io::sink())?;
                return Ok(());
            }
            let is_heard = !self.is_silent(is_mute);
            // Before the server can answer.
            match fate {
                Fate::Mute => is_mute.store(true, Ordering::SeqCst),
                Fate::MuteAll => self.is_mute.store(true, Ordering::SeqCst),
                Fate::Pass | Fate::Hold => {}
            }
            if is_heard {
                server.write_all(message.bytes())?;
            }
            if fate != Fate::Pass {
                self.tell();
            }
        }
    }

    fn copy_down(
        &self,
        mut server: TcpStream,
        mut client: &TcpStream,
        is_mute: &AtomicBool,
    ) -> io::Result<()> {
        let mut bytes = [0; 8192];
        loop {
            let count = server.read(&mut bytes)?;
            if count == 0 {
                return Ok(());
            }
            if !self.is_silent(is_mute) {
                client.write_all(&bytes[..count])?;
            }
        }
    }

    fn is_silent(&self, connection: &AtomicBool) -> bool {
        connection.load(Ordering::SeqCst) || self.is_mute.load(Ordering::SeqCst)
    }

    fn judge(&self, said: Said) -> Fate {
        let fate = (self.judge.lock().expect("no panic"))(&said);
        self.said.lock().expect("no panic").push(said);
        fate
    }

    fn tell(&self) {
        // Nobody listens any more once the test has seen enough.
        let _ = self.happened.lock().expect("no panic").send(());
    }
}
