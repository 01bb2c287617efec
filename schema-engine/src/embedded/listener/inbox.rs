//! What a client says to a session, read ahead of it.

use std::{
    io::{self, Read, Write},
    net::TcpStream,
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{Receiver, TryRecvError},
    },
};

use oliphaunt_wasix::session::ProtocolStream;

use super::super::wire;

/// The client's side of a session, for our own reading and for PostgreSQL's.
pub(super) struct Inbox {
    messages: Arc<Mutex<Receiver<Vec<u8>>>>,
    /// The tail of a message that a short read left.
    rest: Vec<u8>,
    socket: TcpStream,
}

impl Inbox {
    pub(super) fn new(messages: Receiver<Vec<u8>>, socket: TcpStream) -> Self {
        Self { messages: Arc::new(Mutex::new(messages)), rest: Vec::new(), socket }
    }

    pub(super) fn share(&self) -> io::Result<Self> {
        let messages = Arc::clone(&self.messages);
        Ok(Self { messages, rest: Vec::new(), socket: self.socket.try_clone()? })
    }

    fn next(&self) -> Option<Vec<u8>> {
        self.messages.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
    }

    /// Messages up to one that wants an answer; none once the client has left.
    pub(super) fn next_batch(&self) -> Option<Vec<u8>> {
        let mut batch = Vec::new();
        loop {
            let message = self.next()?;
            if wire::is_terminate(&message) {
                return None;
            }
            batch.extend_from_slice(&message);
            if wire::ends_batch(&message) {
                return Some(batch);
            }
        }
    }
}

impl Read for Inbox {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.rest.is_empty() {
            self.rest = self.next().unwrap_or_default();
        }
        let length = self.rest.len().min(buffer.len());
        buffer[..length].copy_from_slice(&self.rest[..length]);
        self.rest.drain(..length);
        Ok(length)
    }
}

impl Write for Inbox {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.socket.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.socket.flush()
    }
}

impl ProtocolStream for Inbox {
    fn read_ready(&mut self) -> io::Result<bool> {
        if self.rest.is_empty() {
            let messages = Arc::clone(&self.messages);
            let messages = messages.lock().unwrap_or_else(PoisonError::into_inner);
            match messages.try_recv() {
                Ok(message) => self.rest = message,
                Err(TryRecvError::Empty) => return Ok(false),
                Err(TryRecvError::Disconnected) => {}
            }
        }
        Ok(true)
    }
}
