//! What a crate logs while a test listens.

use std::{
    fmt,
    sync::{Arc, Mutex},
};

use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    span,
    subscriber::DefaultGuard,
};

/// The messages of one crate, from the thread that listens.
#[derive(Debug, Clone)]
pub struct Log {
    crate_name: &'static str,
    messages: Arc<Mutex<Vec<String>>>,
}

impl Log {
    /// Listens to `crate_name` on this thread until the guard is dropped.
    pub fn listen(crate_name: &'static str) -> (Self, DefaultGuard) {
        let log = Self { crate_name, messages: Arc::default() };
        let guard = tracing::subscriber::set_default(log.clone());
        (log, guard)
    }

    /// The messages since the last call.
    ///
    /// # Panics
    ///
    /// Where a listener did.
    pub fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.messages.lock().expect("no panic"))
    }
}

impl Subscriber for Log {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().split("::").next() == Some(self.crate_name)
    }

    fn event(&self, event: &Event<'_>) {
        event.record(&mut self.clone());
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}
    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}
}

impl Visit for Log {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        if field.name() == "message" {
            self.messages.lock().expect("no panic").push(format!("{value:?}"));
        }
    }
}
