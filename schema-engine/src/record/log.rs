//! What a client executed, gathered from its messages and the answers to them. Pure.

use std::collections::HashMap;

use super::message::{Answered, Asked};

/// Something that was executed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Event {
    /// A text of one or several statements, or one with parameters.
    pub(super) sql: String,
    /// The values of its parameters; none where it was run as it is.
    pub(super) values: Option<Vec<Value>>,
    /// Whether the client was given rows, or told that there are none.
    pub(super) gives_rows: bool,
    /// How many of its statements are done.
    pub(super) done: usize,
    /// Whether the next one failed, and all of them with it.
    pub(super) has_failed: bool,
}

/// The value of a parameter.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Value {
    /// The oid of its type.
    pub(super) type_oid: u32,
    pub(super) is_binary: bool,
    /// As it was sent; none is null.
    pub(super) bytes: Option<Vec<u8>>,
}

/// The events of one connection.
#[derive(Debug, Default)]
pub(super) struct Log {
    events: Vec<Event>,
    is_on: bool,
    statements: HashMap<String, Prepared>,
    /// The statement that was prepared last.
    parsed: String,
    /// Whether the answer to its preparation may come.
    is_parsing: bool,
    portals: HashMap<String, Event>,
    /// Whether an answer to the last event may come.
    is_running: bool,
}

#[derive(Debug, Default)]
struct Prepared {
    sql: String,
    types: Vec<u32>,
    gives_rows: bool,
}

impl Event {
    fn new(sql: &str, values: Option<Vec<Value>>) -> Self {
        Self { sql: sql.to_owned(), values, gives_rows: false, done: 0, has_failed: false }
    }
}

impl Log {
    /// Begins to note events.
    pub(super) fn start(&mut self) {
        self.events.clear();
        self.is_on = true;
    }

    /// Gives what was noted since, and notes no more.
    pub(super) fn stop(&mut self) -> Vec<Event> {
        self.is_on = false;
        std::mem::take(&mut self.events)
    }

    pub(super) fn ask(&mut self, asked: Asked<'_>) {
        match asked {
            Asked::Query(sql) => self.note(Event::new(sql, None)),
            // Statements are prepared once and may be executed when the log is on.
            Asked::Parse { name, sql, types } => {
                let prepared = Prepared { sql: sql.to_owned(), types, gives_rows: false };
                self.statements.insert(name.to_owned(), prepared);
                name.clone_into(&mut self.parsed);
                self.is_parsing = true;
            }
            Asked::Bind { portal, statement, values } => {
                let Some(prepared) = self.statements.get(statement) else { return };
                let Prepared { sql, types, gives_rows } = prepared;
                let values = values.into_iter().enumerate().map(|(index, bound)| Value {
                    type_oid: types.get(index).copied().unwrap_or_default(),
                    is_binary: bound.is_binary,
                    bytes: bound.bytes.map(<[u8]>::to_vec),
                });
                let values = Some(values.collect());
                let event = Event { gives_rows: *gives_rows, ..Event::new(sql, values) };
                self.portals.insert(portal.to_owned(), event);
            }
            Asked::Execute { portal } => {
                if let Some(event) = self.portals.remove(portal) {
                    self.note(event);
                }
            }
        }
    }

    pub(super) fn answer(&mut self, answered: Answered) {
        match answered {
            Answered::Parameters(types) => {
                if let Some(prepared) = self.statements.get_mut(&self.parsed) {
                    prepared.types = types;
                }
            }
            // Rows of what is run as it is are no answer to a preparation, and nobody reads them.
            Answered::Rows(gives_rows) => {
                if let Some(prepared) =
                    self.statements.get_mut(&self.parsed).filter(|_| self.is_parsing)
                {
                    prepared.gives_rows = gives_rows;
                }
            }
            Answered::Done => {
                if let Some(event) = self.running() {
                    event.done += 1;
                }
            }
            Answered::Error => {
                if let Some(prepared) =
                    self.statements.get(&self.parsed).filter(|_| self.is_parsing)
                {
                    self.note(Event::new(&prepared.sql.clone(), None));
                }
                if let Some(event) = self.running() {
                    event.has_failed = true;
                }
            }
            Answered::Ready => {
                self.is_parsing = false;
                self.is_running = false;
            }
        }
    }

    fn running(&mut self) -> Option<&mut Event> {
        self.events.last_mut().filter(|_| self.is_running)
    }

    fn note(&mut self, event: Event) {
        if self.is_on && !is_of_the_driver(&event.sql) {
            self.events.push(event);
            self.is_running = true;
        }
    }
}

/// Whether sqlx asks for itself: the types that it does not know, of columns and parameters.
fn is_of_the_driver(sql: &str) -> bool {
    sql.starts_with("SELECT pg_type.oid,\n") && sql.contains(") lookup_inner(original_name,")
}

#[cfg(test)]
mod tests {
    use super::{super::message::Bound, *};

    fn show(log: &mut Log) -> Vec<String> {
        let show = |event: Event| {
            let values = event.values.iter().flatten();
            let values = values.map(|value| format!(" {}={:?}", value.type_oid, value.bytes));
            let values = values.fold(String::new(), |shown, value| shown + &value);
            let failed = if event.has_failed { " failed" } else { "" };
            let rows = if event.gives_rows { " rows" } else { "" };
            format!("{}{values} ({} done{failed}{rows})", event.sql, event.done)
        };
        log.stop().into_iter().map(show).collect()
    }

    #[test]
    fn a_statement_is_noted_when_it_is_executed() {
        let mut log = Log::default();
        log.ask(Asked::Query("SET a = b"));
        log.ask(Asked::Parse { name: "s", sql: "SELECT $1", types: vec![0] });
        log.start();
        log.answer(Answered::Parameters(vec![25]));
        log.answer(Answered::Rows(true));
        log.answer(Answered::Ready);
        log.ask(Asked::Query("BEGIN"));
        log.answer(Answered::Rows(true));
        log.answer(Answered::Done);
        log.answer(Answered::Ready);
        let values = vec![Bound { is_binary: true, bytes: Some(b"a") }];
        log.ask(Asked::Bind { portal: "", statement: "s", values });
        log.ask(Asked::Execute { portal: "" });
        log.answer(Answered::Ready);
        log.ask(Asked::Parse { name: "t", sql: "SELEC", types: vec![] });
        log.answer(Answered::Error);
        log.answer(Answered::Ready);
        log.ask(Asked::Query("SET a = b; DROP TABLE none"));
        log.answer(Answered::Done);
        log.answer(Answered::Error);
        let expected = [
            "BEGIN (1 done)",
            "SELECT $1 25=Some([97]) (0 done rows)",
            "SELEC (0 done failed)",
            "SET a = b; DROP TABLE none (1 done failed)",
        ];
        assert_eq!(show(&mut log), expected);
        log.ask(Asked::Query("SELECT 2"));
        assert_eq!(show(&mut log), [""; 0]);
    }
}
