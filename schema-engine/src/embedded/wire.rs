//! The frames of PostgreSQL's frontend protocol, as far as a proxy must know them.
//!
//! Source: PostgreSQL documentation, chapter "Frontend/Backend Protocol", "Message Formats".

use std::io::{self, Read};

/// What a client sends first.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Opening {
    /// Asks for encryption; the answer is one byte.
    Encryption,
    /// Asks to cancel another session's statement; there is no answer.
    Cancel,
    /// Starts a session: the packet, whole.
    Startup(Vec<u8>),
}

const SSL_REQUEST: u32 = 80_877_103;
const GSS_REQUEST: u32 = 80_877_104;
const CANCEL_REQUEST: u32 = 80_877_102;
/// PostgreSQL's own limit on a startup packet, in bytes.
const LONGEST_STARTUP: usize = 10_000;

/// The answer to a request for encryption: go on in plain text.
pub(super) const NO_ENCRYPTION: &[u8] = b"N";

/// Reads the packet that opens a connection.
pub(super) fn read_opening(client: &mut impl Read) -> io::Result<Opening> {
    let mut packet = vec![0; 4];
    client.read_exact(&mut packet)?;
    let length = length(&packet);
    if !(8..=LONGEST_STARTUP).contains(&length) {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "not a PostgreSQL startup packet"));
    }
    packet.resize(length, 0);
    client.read_exact(&mut packet[4..])?;
    let code = u32::from_be_bytes([packet[4], packet[5], packet[6], packet[7]]);
    Ok(match code {
        SSL_REQUEST | GSS_REQUEST => Opening::Encryption,
        CANCEL_REQUEST => Opening::Cancel,
        _ => Opening::Startup(packet),
    })
}

/// Reads one message, its type byte and length included.
pub(super) fn read_message(client: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut message = vec![0; 5];
    client.read_exact(&mut message)?;
    let length = length(&message[1..]);
    if length < 4 {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "not a PostgreSQL message"));
    }
    message.resize(length + 1, 0);
    client.read_exact(&mut message[5..])?;
    Ok(message)
}

/// Whether the backend has something to answer once it has read `message`: a query, a sync, a
/// flush, a function call or the end of a copy. Until then messages are only gathered.
pub(super) fn ends_batch(message: &[u8]) -> bool {
    matches!(message.first(), Some(b'Q' | b'S' | b'H' | b'F' | b'c' | b'f'))
}

/// Whether `message` is the client's goodbye.
pub(super) fn is_terminate(message: &[u8]) -> bool {
    message.first() == Some(&b'X')
}

/// A simple query.
pub(super) fn query(sql: &str) -> Vec<u8> {
    message(b'Q', &[sql.as_bytes(), b"\0"].concat())
}

/// A fatal error with its SQLSTATE.
pub(super) fn fatal(sqlstate: &str, text: &str) -> Vec<u8> {
    let fields = format!("SFATAL\0VFATAL\0C{sqlstate}\0M{text}\0\0");
    message(b'E', fields.as_bytes())
}

/// The text of the first error in what a backend answered, if there is one.
pub(super) fn error_text(mut output: &[u8]) -> Option<String> {
    while let Ok(message) = read_message(&mut output) {
        if message[0] == b'E' {
            let text = message[5..].split(|byte| *byte == 0).find(|field| field.starts_with(b"M"));
            return text.map(|field| String::from_utf8_lossy(&field[1..]).into_owned());
        }
    }
    None
}

fn message(kind: u8, body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len() + 4).unwrap_or(u32::MAX);
    [&[kind][..], &length.to_be_bytes(), body].concat()
}

fn length(bytes: &[u8]) -> usize {
    u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn openings_are_told_apart() {
        let packet = |code: u32| [8u32.to_be_bytes(), code.to_be_bytes()].concat();
        let startup = packet(3 << 16);
        for (bytes, expected) in [
            (packet(SSL_REQUEST), Opening::Encryption),
            (packet(GSS_REQUEST), Opening::Encryption),
            (packet(CANCEL_REQUEST), Opening::Cancel),
            (startup.clone(), Opening::Startup(startup)),
        ] {
            assert_eq!(read_opening(&mut &bytes[..]).unwrap(), expected);
        }
    }

    #[test]
    fn nonsense_is_refused_before_memory_is_taken() {
        for bytes in [&b"GET / HTTP/1.1\r\n"[..], &[0, 0, 0, 3, 1], &[0xff; 16]] {
            assert!(read_opening(&mut &bytes[..]).is_err(), "{bytes:?}");
        }
        assert!(read_message(&mut &b"Q\0\0\0\x01"[..]).is_err());
    }

    #[test]
    fn what_is_written_can_be_read() {
        let message = query("SELECT 1");
        assert_eq!(read_message(&mut &message[..]).unwrap(), message);
        assert!(ends_batch(&message));
        let output = [message, fatal("53300", "one connection at a time")].concat();
        assert_eq!(error_text(&output).as_deref(), Some("one connection at a time"));
    }
}
