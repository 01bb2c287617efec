//! Everything that is printed: text for people, JSON for machines, errors on stderr.

use std::{
    io::{self, IsTerminal, Write},
    time::Duration,
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use schema_engine::server_error;
use serde::Serialize;
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};

/// Work that takes longer than this shows a progress bar on a terminal.
const PATIENCE: Duration = Duration::from_secs(1);

/// Prints one line on stdout. A reader that has gone away (`| head`) stops no work.
pub(crate) fn print(line: &str) {
    let _ = writeln!(io::stdout().lock(), "{line}");
}

/// Prints one line on stderr, beside what stdout is for.
pub(crate) fn remark(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// Prints a JSON document on stdout.
pub(crate) fn print_json(document: &impl Serialize) -> anyhow::Result<()> {
    print(&serde_json::to_string_pretty(document)?);
    Ok(())
}

/// Prints an error with its causes on stderr, after the database that it is about.
pub(crate) fn print_error(database: Option<&str>, error: &anyhow::Error) {
    let place = database.map(|name| format!("{name}: ")).unwrap_or_default();
    let (bold, plain) = if paints(&io::stderr()) { ("\x1b[1;31m", "\x1b[0m") } else { ("", "") };
    let _ = writeln!(io::stderr().lock(), "{bold}error{plain}: {place}{}", chain(error));
}

/// An error and its causes, in one line.
pub(crate) fn chain(error: &anyhow::Error) -> String {
    server_error::chain(error.as_ref())
}

/// A duration as people read it: `8 ms`, `1.3 s`.
pub(crate) fn duration(time: Duration) -> String {
    if time < Duration::from_secs(1) {
        format!("{} ms", time.as_millis())
    } else {
        format!("{:.1} s", time.as_secs_f64())
    }
}

/// Whether colour helps on this stream: a terminal, and the user has not said `NO_COLOR`.
pub(crate) fn paints(stream: &impl IsTerminal) -> bool {
    stream.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// The lines of one database, and its part in the progress bar.
#[derive(Clone)]
pub(crate) struct Lines {
    prefix: String,
    sender: Option<UnboundedSender<Message>>,
    bar: ProgressBar,
}

enum Message {
    Line(String),
    Error(String, anyhow::Error),
}

impl Lines {
    /// Prints a line, headed by the name of the database.
    pub(crate) fn say(&self, line: &str) {
        self.send(Message::Line(format!("{}{line}", self.prefix)));
    }

    /// Prints an error of this database.
    pub(crate) fn fail(&self, error: anyhow::Error) {
        self.send(Message::Error(self.prefix.trim_end().to_owned(), error));
    }

    /// So many steps lie ahead.
    pub(crate) fn expect(&self, steps: usize) {
        self.bar.inc_length(steps as u64);
    }

    /// A step was taken.
    pub(crate) fn advance(&self) {
        self.bar.inc(1);
    }

    fn send(&self, message: Message) {
        if let Some(sender) = &self.sender {
            let _ = sender.send(message);
        }
    }
}

/// Prints the lines of databases that work side by side, one database after the other: those of
/// the first as they come, those of the next when the one before has ended.
pub(crate) struct Board {
    receivers: Vec<UnboundedReceiver<Message>>,
    senders: Vec<Lines>,
    bar: ProgressBar,
}

impl Board {
    /// A board for these databases; a `silent` one prints nothing.
    pub(crate) fn new(databases: &[&str], silent: bool) -> Self {
        let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::hidden());
        let style = ProgressStyle::with_template("{spinner} {elapsed} {wide_bar} {pos}/{len}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        let width = databases.iter().map(|name| name.len()).max().unwrap_or_default();
        let (senders, receivers) = databases
            .iter()
            .map(|name| {
                let (sender, receiver) = mpsc::unbounded_channel();
                let prefix = format!("{name:width$}  ");
                let sender = (!silent).then_some(sender);
                (Lines { prefix, sender, bar: bar.clone() }, receiver)
            })
            .unzip();
        Self { receivers, senders, bar }
    }

    /// Where each database prints, in their order; the board waits until all are dropped.
    pub(crate) fn lines(&mut self) -> Vec<Lines> {
        std::mem::take(&mut self.senders)
    }

    /// Prints until every database has ended.
    pub(crate) async fn show(mut self) {
        let bar = self.bar.clone();
        let printing = async {
            for receiver in &mut self.receivers {
                while let Some(message) = receiver.recv().await {
                    bar.suspend(|| match message {
                        Message::Line(line) => print(&line),
                        Message::Error(database, error) => print_error(Some(&database), &error),
                    });
                }
            }
        };
        let waiting = async {
            tokio::time::sleep(PATIENCE).await;
            if io::stderr().is_terminal() {
                bar.set_draw_target(ProgressDrawTarget::stderr());
                bar.enable_steady_tick(Duration::from_millis(100));
            }
            std::future::pending::<()>().await;
        };
        tokio::select! {
            () = printing => {}
            () = waiting => {}
        }
        bar.finish_and_clear();
    }
}
