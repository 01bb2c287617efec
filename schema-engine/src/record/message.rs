//! The messages of PostgreSQL's protocol that say what a client executes. Pure.
//!
//! Source: PostgreSQL documentation, chapter "Frontend/Backend Protocol", "Message Formats".

/// A message of the client, as far as it leads to a statement.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Asked<'a> {
    /// A text of one or several statements, run as it is.
    Query(&'a str),
    /// A statement with parameters, to be run under this name.
    Parse { name: &'a str, sql: &'a str, types: Vec<u32> },
    /// Values for the parameters of a statement.
    Bind { portal: &'a str, statement: &'a str, values: Vec<Bound<'a>> },
    /// Runs a statement with the values that were bound.
    Execute { portal: &'a str },
}

/// A value of a parameter.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Bound<'a> {
    pub(super) is_binary: bool,
    /// None is null.
    pub(super) bytes: Option<&'a [u8]>,
}

/// A message of the server, as far as it says more of a statement.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Answered {
    /// The types of a statement's parameters.
    Parameters(Vec<u32>),
    /// Whether a statement gives rows.
    Rows(bool),
    /// A statement is done.
    Done,
    /// A statement failed.
    Error,
    /// The server waits for the next one.
    Ready,
}

/// Reads what a client sent: its type byte and what follows the length; none of interest is none.
pub(super) fn asked(kind: u8, body: &[u8]) -> Option<Asked<'_>> {
    let mut rest = Reader(body);
    Some(match kind {
        b'Q' => Asked::Query(rest.text()?),
        b'P' => {
            let (name, sql, count) = (rest.text()?, rest.text()?, rest.short()?);
            Asked::Parse { name, sql, types: rest.many(count, Reader::long)? }
        }
        b'B' => {
            let (portal, statement, count) = (rest.text()?, rest.text()?, rest.short()?);
            let formats = rest.many(count, Reader::short)?;
            let count = rest.short()?;
            let values = rest.many(count, Reader::value)?;
            let values = values.into_iter().enumerate().map(|(index, value)| {
                // No format stands for text, a single one for that of every value.
                let format = if formats.len() == 1 { formats.first() } else { formats.get(index) };
                Bound { is_binary: format == Some(&1), ..value }
            });
            Asked::Bind { portal, statement, values: values.collect() }
        }
        b'E' => Asked::Execute { portal: rest.text()? },
        _ => return None,
    })
}

/// Reads what a server sent, as [`asked`] does for the client.
pub(super) fn answered(kind: u8, body: &[u8]) -> Option<Answered> {
    let mut rest = Reader(body);
    match kind {
        b't' => {
            let count = rest.short()?;
            Some(Answered::Parameters(rest.many(count, Reader::long)?))
        }
        b'T' => Some(Answered::Rows(true)),
        b'n' => Some(Answered::Rows(false)),
        b'C' => Some(Answered::Done),
        b'E' => Some(Answered::Error),
        b'Z' => Some(Answered::Ready),
        _ => None,
    }
}

/// What is left of a message.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn text(&mut self) -> Option<&'a str> {
        let length = self.0.iter().position(|byte| *byte == 0)?;
        let text = self.take(length)?;
        self.take(1)?;
        std::str::from_utf8(text).ok()
    }

    fn short(&mut self) -> Option<u16> {
        Some(u16::from_be_bytes(self.take(2)?.try_into().ok()?))
    }

    fn long(&mut self) -> Option<u32> {
        Some(u32::from_be_bytes(self.take(4)?.try_into().ok()?))
    }

    fn value(&mut self) -> Option<Bound<'a>> {
        let bytes = match self.long()? {
            // A length of -1 is null.
            u32::MAX => None,
            length => Some(self.take(usize::try_from(length).ok()?)?),
        };
        Some(Bound { is_binary: false, bytes })
    }

    fn many<T>(&mut self, count: u16, read: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        (0..count).map(|_| read(self)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_client_asks_is_read() {
        let value = |is_binary, bytes| Bound { is_binary, bytes };
        for (kind, body, expected) in [
            (b'Q', &b"SELECT 1\0"[..], Some(Asked::Query("SELECT 1"))),
            (
                b'P',
                b"s1\0SELECT $1\0\0\x02\0\0\0\x17\0\0\0\0",
                Some(Asked::Parse { name: "s1", sql: "SELECT $1", types: vec![23, 0] }),
            ),
            (
                b'B',
                b"\0s1\0\0\x01\0\x01\0\x02\0\0\0\x01a\xff\xff\xff\xff\0\0",
                Some(Asked::Bind {
                    portal: "",
                    statement: "s1",
                    values: vec![value(true, Some(b"a")), value(true, None)],
                }),
            ),
            (
                b'B',
                b"p\0\0\0\0\0\x01\0\0\0\0",
                Some(Asked::Bind {
                    portal: "p",
                    statement: "",
                    values: vec![value(false, Some(b""))],
                }),
            ),
            (b'E', b"p\0\0\0\0\0", Some(Asked::Execute { portal: "p" })),
            (b'S', b"", None),
            (b'Q', b"SELECT", None),
            (b'B', b"\0\0\0\0\0\x01\0\0\0\x09a", None),
        ] {
            assert_eq!(asked(kind, body), expected, "{body:?}");
        }
    }

    #[test]
    fn what_a_server_answers_is_read() {
        for (kind, body, expected) in [
            (b't', &b"\0\x01\0\0\0\x17"[..], Some(Answered::Parameters(vec![23]))),
            (b'T', b"\0\x01a\0", Some(Answered::Rows(true))),
            (b'n', b"", Some(Answered::Rows(false))),
            (b'C', b"SELECT 1\0", Some(Answered::Done)),
            (b'E', b"SERROR\0\0", Some(Answered::Error)),
            (b'Z', b"I", Some(Answered::Ready)),
            (b'D', b"\0\0", None),
        ] {
            assert_eq!(answered(kind, body), expected, "{body:?}");
        }
    }
}
