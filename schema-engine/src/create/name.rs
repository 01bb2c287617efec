//! What a new migration is called: the message gives a slug, the slug and the time a name. Pure.

use sea_orm::prelude::DateTimeUtc;

/// As long as the first line of a commit message: it heads the file and must be read in a list.
const LONGEST_MESSAGE: usize = 72;

/// Why a message names no migration.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NameError {
    /// Nothing of it can stand in a file's name.
    #[error("the message `{message}` has no letter or digit to make a name of")]
    Empty {
        /// The message, on one line.
        message: String,
    },
    /// Left out, the letter would make another word of its word.
    #[error(
        "the letter `{letter}` cannot stand in a migration's name; say it with a to z and digits"
    )]
    Letter {
        /// The first such letter.
        letter: char,
    },
    /// It would make a name that no list shows whole.
    #[error(
        "the message has {length} characters and may have {LONGEST_MESSAGE}: say it shorter, and \
         the rest in the file's header"
    )]
    TooLong {
        /// Its characters.
        length: usize,
    },
}

/// A message that names a migration.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Message {
    /// The message on one line.
    pub(super) text: String,
    /// Its words in `[a-z0-9_]`.
    pub(super) slug: String,
}

impl Message {
    pub(super) fn read(message: &str) -> Result<Self, NameError> {
        let printable = |letter: char| if letter.is_control() { ' ' } else { letter };
        let message: String = message.chars().map(printable).collect();
        let text = message.split_whitespace().collect::<Vec<_>>().join(" ");
        let length = text.chars().count();
        if length > LONGEST_MESSAGE {
            return Err(NameError::TooLong { length });
        }
        let is_foreign = |letter: &char| letter.is_alphanumeric() && !letter.is_ascii();
        if let Some(letter) = text.chars().find(is_foreign) {
            return Err(NameError::Letter { letter });
        }
        let text_in_lower_case = text.to_ascii_lowercase();
        let words = text_in_lower_case.split(|letter: char| !letter.is_ascii_alphanumeric());
        let slug = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("_");
        if slug.is_empty() {
            return Err(NameError::Empty { message: text });
        }
        Ok(Self { text, slug })
    }

    /// The name of the migration that is made now.
    pub(super) fn name(&self, now: DateTimeUtc) -> String {
        format!("m{}_{}", now.format("%Y%m%d_%H%M%S"), self.slug)
    }
}

/// The slug of a migration's name, if it is a name: `mYYYYMMDD_HHMMSS_<slug>`.
pub(super) fn slug_of(name: &str) -> Option<&str> {
    let mut parts = name.strip_prefix('m')?.splitn(3, '_');
    let is_number = |part: &&str, digits| {
        part.len() == digits && part.bytes().all(|digit| digit.is_ascii_digit())
    };
    parts.next().filter(|date| is_number(date, 8))?;
    parts.next().filter(|time| is_number(time, 6))?;
    parts.next().filter(|slug| {
        let is_allowed = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_');
        !slug.is_empty() && slug.bytes().all(is_allowed)
    })
}

/// The date and time that a migration's name begins with.
pub(super) fn time_of(name: &str) -> &str {
    name.get(.."mYYYYMMDD_HHMMSS".len()).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(message: &str, expected: &str) {
        let now = "2026-02-03T04:05:06Z".parse().unwrap();
        let answer = Message::read(message)
            .map_or_else(|error| format!("error: {error}"), |message| message.name(now));
        assert_eq!(answer, expected, "{message:?}");
    }

    #[test]
    fn a_message_gives_a_name() {
        check("Add tool notes", "m20260203_040506_add_tool_notes");
        check("  add   tool-notes!\n", "m20260203_040506_add_tool_notes");
        check("add_tool_notes", "m20260203_040506_add_tool_notes");
        check("Drop `tools.notes` (unused)", "m20260203_040506_drop_tools_notes_unused");
        check(
            "3D models – née",
            "error: the letter `é` cannot stand in a migration's name; say it \
               with a to z and digits",
        );
        check("3D models – all", "m20260203_040506_3d_models_all");
        check("../../etc/passwd\0", "m20260203_040506_etc_passwd");
        check(&"a".repeat(72), &format!("m20260203_040506_{}", "a".repeat(72)));
    }

    #[test]
    fn a_message_that_gives_none_is_refused() {
        check("", "error: the message `` has no letter or digit to make a name of");
        check(" – ! \t", "error: the message `– !` has no letter or digit to make a name of");
        check(
            "größer",
            "error: the letter `ö` cannot stand in a migration's name; say it with a \
               to z and digits",
        );
        check(
            &"word ".repeat(20),
            "error: the message has 99 characters and may have 72: say it shorter, and the rest \
             in the file's header",
        );
    }

    #[test]
    fn a_name_has_a_date_a_time_and_a_slug() {
        for (name, slug) in [
            ("m20260203_040506_add_notes", Some("add_notes")),
            ("m20260203_040506_", None),
            ("m20260203_0405_add_notes", None),
            ("m20260203_040506", None),
            ("m2026O203_040506_add", None),
            ("m20260203_040506_Add", None),
            ("seed_rows", None),
        ] {
            assert_eq!(slug_of(name), slug, "{name}");
        }
    }
}
