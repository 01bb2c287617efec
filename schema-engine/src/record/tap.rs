//! A loopback socket before a server that passes everything on and notes what is executed.
//!
//! Listens on 127.0.0.1 and connects to the server. What passes is what the server gets: no type,
//! no error and no transaction can be different from a run without it.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::{JoinHandle, JoinSet},
};

use super::{
    log::Log,
    message::{answered, asked},
};

/// Where the server is.
#[derive(Debug, Clone)]
pub(super) enum Server {
    Tcp {
        host: String,
        port: u16,
    },
    #[cfg(unix)]
    Socket(std::path::PathBuf),
}

/// A tap; closed when it is dropped.
#[derive(Debug)]
pub(super) struct Tap {
    pub(super) address: SocketAddr,
    log: Arc<Mutex<Log>>,
    task: JoinHandle<()>,
}

impl Tap {
    /// Listens before `server`.
    pub(super) async fn open(server: Server) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let log = Arc::new(Mutex::new(Log::default()));
        let task = tokio::spawn(serve(listener, server, Arc::clone(&log)));
        Ok(Self { address, log, task })
    }

    pub(super) fn log(&self) -> MutexGuard<'_, Log> {
        lock(&self.log)
    }
}

impl Drop for Tap {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(listener: TcpListener, server: Server, log: Arc<Mutex<Log>>) {
    // Dropped with this task, and what passes with it.
    let mut clients = JoinSet::new();
    while let Ok((client, _)) = listener.accept().await {
        let (server, log) = (server.clone(), Arc::clone(&log));
        clients.spawn(async move {
            if let Err(error) = pass(client, &server, &log).await {
                tracing::debug!("a recorded connection ended: {error}");
            }
        });
    }
}

async fn pass(client: TcpStream, server: &Server, log: &Mutex<Log>) -> io::Result<()> {
    client.set_nodelay(true)?;
    match server {
        Server::Tcp { host, port } => {
            let server = TcpStream::connect((host.trim_matches(['[', ']']), *port)).await?;
            server.set_nodelay(true)?;
            let (reader, writer) = server.into_split();
            exchange(client, reader, writer, log).await
        }
        #[cfg(unix)]
        Server::Socket(path) => {
            let (reader, writer) = tokio::net::UnixStream::connect(path).await?.into_split();
            exchange(client, reader, writer, log).await
        }
    }
}

async fn exchange(
    client: TcpStream,
    mut server_reader: impl AsyncRead + Unpin,
    mut server_writer: impl AsyncWrite + Unpin,
    log: &Mutex<Log>,
) -> io::Result<()> {
    let (mut client_reader, mut client_writer) = client.into_split();
    let asking = async {
        // The opening has no type byte.
        let mut opening = vec![0; 4];
        client_reader.read_exact(&mut opening).await?;
        read_body(&mut client_reader, &mut opening, 0).await?;
        server_writer.write_all(&opening).await?;
        while let Some(message) = read_message(&mut client_reader).await? {
            if let Some(asked) = asked(message[0], &message[5..]) {
                lock(log).ask(asked);
            }
            server_writer.write_all(&message).await?;
        }
        server_writer.shutdown().await
    };
    let answering = async {
        while let Some(message) = read_message(&mut server_reader).await? {
            if let Some(answered) = answered(message[0], &message[5..]) {
                lock(log).answer(answered);
            }
            client_writer.write_all(&message).await?;
        }
        client_writer.shutdown().await
    };
    tokio::try_join!(asking, answering).map(|_| ())
}

/// A message with its type byte and length; none at the end.
async fn read_message(from: &mut (impl AsyncRead + Unpin)) -> io::Result<Option<Vec<u8>>> {
    let mut message = vec![0; 5];
    if from.read(&mut message[..1]).await? == 0 {
        return Ok(None);
    }
    from.read_exact(&mut message[1..]).await?;
    read_body(from, &mut message, 1).await?;
    Ok(Some(message))
}

/// Completes a message whose length stands at `start` and counts itself.
async fn read_body(
    from: &mut (impl AsyncRead + Unpin),
    message: &mut Vec<u8>,
    start: usize,
) -> io::Result<()> {
    let nonsense = || io::Error::new(io::ErrorKind::InvalidData, "not a PostgreSQL message");
    let length: [u8; 4] = message[start..].try_into().map_err(|_| nonsense())?;
    let length = usize::try_from(u32::from_be_bytes(length)).map_err(|_| nonsense())?;
    let body = length.checked_sub(4).ok_or_else(nonsense)?;
    let head = message.len();
    message.resize(head + body, 0);
    from.read_exact(&mut message[head..]).await.map(|_| ())
}

fn lock(log: &Mutex<Log>) -> MutexGuard<'_, Log> {
    log.lock().unwrap_or_else(PoisonError::into_inner)
}
