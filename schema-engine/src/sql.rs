//! Splits an SQL text into statements as psql does, by a lexer and never at every `;`. Pure.

mod header;
mod split;

use std::iter::Peekable;

use squawk_lexer::tokenize;

pub use self::header::{Header, duration, header};
use self::split::Splitter;

/// Why an SQL text cannot be run statement by statement.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SqlError {
    /// Something is opened and never closed.
    #[error("line {line}, column {column}: {what} is not closed")]
    Unterminated {
        /// What it is.
        what: &'static str,
        /// Where it begins.
        line: usize,
        /// Where it begins, in characters.
        column: usize,
    },
    /// A command of psql, which no server understands.
    #[error("line {line}, column {column}: psql's commands are not SQL")]
    PsqlCommand {
        /// Where it stands.
        line: usize,
        /// Where it stands, in characters.
        column: usize,
    },
    /// Rows behind a `COPY … FROM STDIN`, which are no statement.
    #[error("line {line}: `COPY … FROM STDIN` reads rows that a migration cannot send; use INSERT")]
    CopyFromStdin {
        /// Where the statement begins.
        line: usize,
    },
    /// A header line whose value is not one of those that it may have.
    #[error("line {line}: `{key}: {value}` is to be {expected}")]
    Header {
        /// Where it stands.
        line: usize,
        /// Its key.
        key: &'static str,
        /// Its value.
        value: String,
        /// What it may be.
        expected: &'static str,
    },
}

/// One statement of an SQL text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement<'a> {
    /// Its text from its first word to its last, comments between them included.
    pub text: &'a str,
    /// Where it begins in the whole, in bytes.
    pub start: usize,
    /// The line that it begins on, the first being 1.
    pub line: usize,
    tokens: Vec<&'a str>,
}

impl<'a> Statement<'a> {
    /// What it is made of, without comments and white space; an operator is one token.
    pub fn tokens(&self) -> &[&'a str] {
        &self.tokens
    }

    /// Its words as the catalog has them, those of the language among them.
    pub fn names(&self) -> impl Iterator<Item = String> + '_ {
        self.tokens.iter().copied().map(name)
    }

    /// Whether its unquoted words begin with `words`.
    pub fn begins_with(&self, words: &[&str]) -> bool {
        self.tokens.len() >= words.len()
            && std::iter::zip(&self.tokens, words).all(|(token, word)| is(token, word))
    }

    /// Whether it is one of the statements that work beside others, `CREATE INDEX CONCURRENTLY`
    /// and its like, which no transaction can hold.
    pub fn is_concurrently(&self) -> bool {
        // The word is reserved: none of these can have it as a name.
        let kinds: [&[&str]; 6] = [
            &["CREATE", "INDEX"],
            &["CREATE", "UNIQUE", "INDEX"],
            &["DROP", "INDEX"],
            &["REINDEX"],
            &["REFRESH", "MATERIALIZED", "VIEW"],
            &["ALTER", "TABLE"],
        ];
        kinds.iter().any(|words| self.begins_with(words))
            && self.tokens.iter().any(|token| is(token, "CONCURRENTLY"))
    }

    /// The table that `CREATE TABLE` makes, as the catalog has it and without its namespace.
    pub fn table_name(&self) -> Option<String> {
        let mut tokens = self.tokens.iter().copied().peekable();
        tokens.next_if(|token| is(token, "CREATE"))?;
        tokens.next_if(|token| is(token, "TABLE"))?;
        after_if_not_exists(&mut tokens).map(name)
    }

    /// The name that `CREATE INDEX` gives, as the catalog has it and without its namespace; none
    /// where the server is to find one.
    pub fn index_name(&self) -> Option<String> {
        let mut tokens = self.tokens.iter().copied().peekable();
        tokens.next_if(|token| is(token, "CREATE"))?;
        tokens.next_if(|token| is(token, "UNIQUE"));
        tokens.next_if(|token| is(token, "INDEX"))?;
        tokens.next_if(|token| is(token, "CONCURRENTLY"));
        after_if_not_exists(&mut tokens).filter(|token| !is(token, "ON")).map(name)
    }
}

/// The statements of `text`, in order; what is empty between two `;` is none.
///
/// # Errors
///
/// [`SqlError`] where something is not closed, or is not for the server.
pub fn statements(text: &str) -> Result<Vec<Statement<'_>>, SqlError> {
    let mut splitter = Splitter::of(text);
    let mut start = 0;
    for token in tokenize(text) {
        let end = start + token.len as usize;
        splitter.take(token.kind, start..end)?;
        start = end;
    }
    splitter.finish()
}

fn is(token: &str, word: &str) -> bool {
    token.eq_ignore_ascii_case(word)
}

/// The next token that is not of `IF NOT EXISTS`.
fn after_if_not_exists<'a>(
    tokens: &mut Peekable<impl Iterator<Item = &'a str>>,
) -> Option<&'a str> {
    match tokens.next_if(|token| is(token, "IF")) {
        Some(_) => tokens.nth(2),
        None => tokens.next(),
    }
}

/// An identifier as the catalog has it.
fn name(token: &str) -> String {
    let quoted = token.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    quoted.map_or_else(|| token.to_lowercase(), |quoted| quoted.replace("\"\"", "\""))
}

#[cfg(test)]
mod tests;
