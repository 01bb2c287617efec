//! Who is in: one client at a time.

use std::{
    net::{Shutdown, TcpStream},
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

/// How long a second client may find the first one still closing before it is turned away.
const GRACE: Duration = Duration::from_millis(100);

/// Who is in: at most one client.
#[derive(Debug, Default)]
pub(super) struct Gate {
    state: Mutex<Occupancy>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Occupancy {
    client: Option<TcpStream>,
    /// The client has said goodbye; its session is being closed.
    leaving: bool,
    closed: bool,
}

impl Gate {
    fn lock(&self) -> MutexGuard<'_, Occupancy> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets `client` in, once one that is leaving has left; false where another one stays.
    pub(super) fn enter(&self, client: &TcpStream) -> bool {
        let deadline = Instant::now() + GRACE;
        let mut state = self.lock();
        while state.client.is_some() && !state.closed {
            if !state.leaving && Instant::now() >= deadline {
                return false;
            }
            state =
                self.changed.wait_timeout(state, GRACE).unwrap_or_else(PoisonError::into_inner).0;
        }
        state.client = client.try_clone().ok();
        state.leaving = false;
        !state.closed && state.client.is_some()
    }

    pub(super) fn set_leaving(&self) {
        self.lock().leaving = true;
        self.changed.notify_all();
    }

    pub(super) fn leave(&self) {
        self.lock().client = None;
        self.changed.notify_all();
    }

    pub(super) fn close(&self) {
        let mut state = self.lock();
        state.closed = true;
        if let Some(client) = &state.client {
            let _ = client.shutdown(Shutdown::Both);
        }
        self.changed.notify_all();
    }

    pub(super) fn is_closed(&self) -> bool {
        self.lock().closed
    }
}
