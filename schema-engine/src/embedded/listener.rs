//! The loopback socket before an embedded backend: one client at a time, the rest told so.
//!
//! Three kinds of thread: the acceptor, one reader a connection, and the one that PostgreSQL
//! runs on.

mod gate;
mod inbox;

use std::{
    io::{self, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc,
        mpsc::{Receiver, Sender, SyncSender, channel, sync_channel},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use oliphaunt_wasix::session::{ProtocolPumpOutcome, ProtocolSession};

use self::{gate::Gate, inbox::Inbox};
use super::{
    EmbeddedError,
    folder::Layout,
    instance::{Instance, refused},
    wire::{self, Opening},
};

/// How long a client may take to say who it is.
const OPENING_TIMEOUT: Duration = Duration::from_secs(10);
/// Messages read ahead of PostgreSQL: enough to keep it busy, little enough to hold in memory.
const READ_AHEAD: usize = 64;
/// PostgreSQL's stack grows on the thread that it runs on.
const BACKEND_STACK: usize = 16 << 20;

const TOO_MANY_CONNECTIONS: &str = "53300";
const ADMIN_SHUTDOWN: &str = "57P01";

/// A served instance.
#[derive(Debug)]
pub(super) struct Listener {
    address: SocketAddr,
    gate: Arc<Gate>,
    clients: Sender<Arrival>,
    acceptor: JoinHandle<()>,
    backend: JoinHandle<Result<(), EmbeddedError>>,
}

impl Listener {
    pub(super) fn bind(address: SocketAddr) -> Result<TcpListener, EmbeddedError> {
        TcpListener::bind(address).map_err(|source| EmbeddedError::Listen { address, source })
    }

    /// Opens the instance on a thread of its own and serves it; returns when it is ready.
    pub(super) fn serve(
        socket: TcpListener,
        layout: Option<Layout>,
        database: &str,
    ) -> Result<Self, EmbeddedError> {
        let address = socket.local_addr().map_err(|error| refused(error.into()))?;
        let gate = Arc::new(Gate::default());
        let (clients, arrivals) = channel();
        let backend = start_backend(layout, database.to_owned(), arrivals, Arc::clone(&gate))?;
        let acceptor = {
            let (clients, gate) = (clients.clone(), Arc::clone(&gate));
            thread::spawn(move || accept(&socket, &clients, &gate))
        };
        Ok(Self { address, gate, clients, acceptor, backend })
    }

    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }

    pub(super) fn is_running(&self) -> bool {
        !self.backend.is_finished()
    }

    /// Ends the client's session and waits until the data is on disk.
    pub(super) fn stop(self) -> Result<(), EmbeddedError> {
        self.gate.close();
        // The acceptor sleeps in accept: a connection wakes it.
        if TcpStream::connect(self.address).is_ok() {
            let _ = self.acceptor.join();
        }
        let _ = self.clients.send(Arrival::Stop);
        self.backend.join().unwrap_or_else(|_| Err(panicked()))
    }
}

enum Arrival {
    Client(Client),
    Stop,
}

/// A client that was let in.
struct Client {
    socket: TcpStream,
    startup: Vec<u8>,
    messages: Receiver<Vec<u8>>,
}

fn accept(socket: &TcpListener, clients: &Sender<Arrival>, gate: &Arc<Gate>) {
    while !gate.is_closed() {
        match socket.accept() {
            Ok((client, _)) if !gate.is_closed() => {
                let (clients, gate) = (clients.clone(), Arc::clone(gate));
                thread::spawn(move || {
                    if let Err(error) = read_client(client, &clients, &gate) {
                        tracing::debug!("a client of the embedded PostgreSQL left: {error}");
                    }
                });
            }
            Ok(_) => return,
            Err(error) => tracing::warn!("the embedded PostgreSQL could not accept: {error}"),
        }
    }
}

/// Reads one client from its first packet to its last; noticing its end is what frees the place
/// for the next one, also while a statement runs.
fn read_client(mut client: TcpStream, clients: &Sender<Arrival>, gate: &Gate) -> io::Result<()> {
    client.set_nodelay(true)?;
    client.set_read_timeout(Some(OPENING_TIMEOUT))?;
    let startup = loop {
        match wire::read_opening(&mut client)? {
            Opening::Encryption => client.write_all(wire::NO_ENCRYPTION)?,
            Opening::Cancel => return Ok(()),
            Opening::Startup(packet) => break packet,
        }
    };
    client.set_read_timeout(None)?;
    if !gate.enter(&client) {
        let text = "the embedded PostgreSQL serves one connection at a time, and one is open";
        return client.write_all(&wire::fatal(TOO_MANY_CONNECTIONS, text));
    }
    let (sender, messages) = sync_channel(READ_AHEAD);
    let socket = client.try_clone()?;
    if clients.send(Arrival::Client(Client { socket, startup, messages })).is_err() {
        return Ok(());
    }
    let outcome = forward(&mut client, &sender);
    gate.set_leaving();
    outcome
}

fn forward(client: &mut TcpStream, messages: &SyncSender<Vec<u8>>) -> io::Result<()> {
    loop {
        let message = wire::read_message(client)?;
        let last = wire::is_terminate(&message);
        if messages.send(message).is_err() || last {
            return Ok(());
        }
    }
}

fn start_backend(
    layout: Option<Layout>,
    database: String,
    arrivals: Receiver<Arrival>,
    gate: Arc<Gate>,
) -> Result<JoinHandle<Result<(), EmbeddedError>>, EmbeddedError> {
    let (ready, opened) = channel();
    let backend = thread::Builder::new()
        .name("embedded-postgresql".to_owned())
        .stack_size(BACKEND_STACK)
        .spawn(move || {
            let instance = Instance::open(layout.as_ref(), &database)?;
            let _ = ready.send(());
            drop(ready);
            while let Ok(Arrival::Client(client)) = arrivals.recv() {
                if let Err(error) = serve_client(&instance, client) {
                    tracing::warn!("the embedded PostgreSQL lost a session: {error}");
                }
                gate.leave();
            }
            instance.close()
        })
        .map_err(|error| refused(error.into()))?;
    if opened.recv().is_ok() {
        return Ok(backend);
    }
    Err(backend.join().unwrap_or_else(|_| Err(panicked())).err().unwrap_or_else(panicked))
}

fn serve_client(instance: &Instance, client: Client) -> Result<(), EmbeddedError> {
    let Client { mut socket, startup, messages } = client;
    let mut session = match instance.session() {
        Ok(session) => session,
        Err(error) => {
            let _ = socket.write_all(&wire::fatal(ADMIN_SHUTDOWN, &error.to_string()));
            return Err(error);
        }
    };
    let inbox = Inbox::new(messages, socket);
    let exchanged = exchange(&mut session, inbox, &startup);
    let closed = session.shutdown().map_err(refused);
    exchanged.and(closed)
}

fn exchange(
    session: &mut ProtocolSession,
    mut inbox: Inbox,
    startup: &[u8],
) -> Result<(), EmbeddedError> {
    let response = session.startup_with_packet(startup).map_err(refused)?;
    if inbox.write_all(&response.output).is_err() || !response.accepted {
        return Ok(());
    }
    session
        .attach_protocol_stream(inbox.share().map_err(|e| refused(e.into()))?)
        .map_err(refused)?;
    while let Some(batch) = inbox.next_batch() {
        // A COPY makes PostgreSQL read and write the stream itself, until the client leaves.
        match session.send_with_connection_protocol_pump(&batch, Vec::new).map_err(refused)? {
            ProtocolPumpOutcome::Buffered(output) => {
                if inbox.write_all(&output).is_err() {
                    return Ok(());
                }
            }
            ProtocolPumpOutcome::Streamed => return Ok(()),
        }
    }
    Ok(())
}

fn panicked() -> EmbeddedError {
    EmbeddedError::Start { reason: "its thread panicked".to_owned() }
}
