//! What a client says in PostgreSQL's protocol, as far as the tests want to know it. Pure but for
//! reading a message.

use std::{
    collections::HashMap,
    io::{self, Read},
};

/// A message of a client: a letter and its length, then the rest; the first ones have no letter.
pub(crate) struct MessageFrom {
    bytes: Vec<u8>,
    has_letter: bool,
}

impl MessageFrom {
    /// Reads one, with its letter once the session has begun.
    pub(crate) fn read(client: &mut impl Read, has_letter: bool) -> io::Result<Self> {
        let head = 4 + usize::from(has_letter);
        let mut bytes = vec![0; head];
        client.read_exact(&mut bytes)?;
        let length = bytes[head - 4..].iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte));
        bytes.resize(head + length.saturating_sub(4), 0);
        client.read_exact(&mut bytes[head..])?;
        Ok(Self { bytes, has_letter })
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    fn letter(&self) -> Option<u8> {
        self.bytes.first().copied().filter(|_| self.has_letter)
    }

    /// The texts that it holds, one after the other as far as they are some.
    fn texts(&self) -> impl Iterator<Item = String> {
        let rest = &self.bytes[4 + usize::from(self.has_letter)..];
        rest.split(|byte| *byte == 0).map(|text| String::from_utf8_lossy(text).into_owned())
    }
}

/// What is known of a session from what its client said.
#[derive(Default)]
pub(crate) struct Listener {
    application: Option<String>,
    prepared: HashMap<String, String>,
    portals: HashMap<String, String>,
}

/// The first number of a message that asks for TLS, and not for a session.
const TLS_REQUEST: [u8; 4] = 80_877_103_u32.to_be_bytes();

impl Listener {
    /// Whether messages have letters from now on.
    pub(crate) fn has_begun(&self) -> bool {
        self.application.is_some()
    }

    /// What the session calls itself.
    pub(crate) fn application(&self) -> &str {
        self.application.as_deref().unwrap_or_default()
    }

    /// Takes a message; gives the text of the statement that it runs, or `Terminate`.
    pub(crate) fn hear(&mut self, message: &MessageFrom) -> Option<String> {
        let mut texts = message.texts();
        let mut text = || texts.next().unwrap_or_default();
        match message.letter() {
            None if message.bytes[4..8] == TLS_REQUEST => None,
            None => {
                let words: Vec<String> = texts.collect();
                let name = words.iter().position(|word| word == "application_name");
                let name = name.and_then(|place| words.get(place + 1)).cloned();
                self.application = Some(name.unwrap_or_default());
                None
            }
            Some(b'P') => {
                let name = text();
                self.prepared.insert(name, text());
                None
            }
            Some(b'B') => {
                let (portal, statement) = (text(), text());
                let sql = self.prepared.get(&statement).cloned().unwrap_or_default();
                self.portals.insert(portal, sql);
                None
            }
            Some(b'E') => self.portals.get(&text()).cloned(),
            Some(b'Q') => Some(text()),
            Some(b'X') => Some("Terminate".to_owned()),
            Some(_) => None,
        }
    }
}
