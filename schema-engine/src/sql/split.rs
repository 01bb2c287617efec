//! Which tokens make a statement: parentheses and the bodies of routines hold semicolons. Pure.

use std::ops::Range;

use squawk_lexer::{BOM, LiteralKind, TokenKind};

use super::{SqlError, Statement, is};

/// What an operator is made of.
const OPERATORS: [TokenKind; 17] = [
    TokenKind::And,
    TokenKind::At,
    TokenKind::Backtick,
    TokenKind::Bang,
    TokenKind::Caret,
    TokenKind::Eq,
    TokenKind::Gt,
    TokenKind::Lt,
    TokenKind::Minus,
    TokenKind::Or,
    TokenKind::Percent,
    TokenKind::Plus,
    TokenKind::Pound,
    TokenKind::Question,
    TokenKind::Slash,
    TokenKind::Star,
    TokenKind::Tilde,
];

/// Gathers the tokens of a text into statements.
pub(super) struct Splitter<'a> {
    text: &'a str,
    /// The statement that is being read.
    open: Open,
    found: Vec<Statement<'a>>,
}

#[derive(Default)]
struct Open {
    tokens: Vec<Range<usize>>,
    /// Where the last token ends if it is an operator, which the next character may continue.
    operator_end: Option<usize>,
    /// Where each parenthesis that is open was opened.
    parentheses: Vec<usize>,
    /// Where each `BEGIN ATOMIC` and `CASE` that is open was opened, in the body of a routine.
    blocks: Vec<usize>,
}

impl<'a> Splitter<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        Self { text, open: Open::default(), found: Vec::new() }
    }

    /// Takes the next token, which lies at `range`.
    pub(super) fn take(&mut self, kind: TokenKind, range: Range<usize>) -> Result<(), SqlError> {
        let start = range.start;
        if let Some(what) = unterminated(kind) {
            return Err(self.unterminated(what, start));
        }
        if &self.text[range.clone()] == "\\" {
            let (line, column) = self.place(start);
            return Err(SqlError::PsqlCommand { line, column });
        }
        match kind {
            TokenKind::Whitespace | TokenKind::LineComment | TokenKind::BlockComment { .. } => {
                return Ok(());
            }
            TokenKind::Semi if self.open.parentheses.is_empty() && self.open.blocks.is_empty() => {
                return self.close();
            }
            TokenKind::OpenParen => self.open.parentheses.push(start),
            TokenKind::CloseParen => drop(self.open.parentheses.pop()),
            TokenKind::Ident if self.open.parentheses.is_empty() => self.nest(&range),
            _ => {}
        }
        self.push(kind, range);
        Ok(())
    }

    fn push(&mut self, kind: TokenKind, range: Range<usize>) {
        let is_operator = OPERATORS.contains(&kind);
        let end = range.end;
        match self.open.tokens.last_mut() {
            // The lexer gives `<` and `=` for `<=`, which is not what `< =` is.
            Some(last) if is_operator && self.open.operator_end == Some(range.start) => {
                last.end = end;
            }
            _ => self.open.tokens.push(range),
        }
        self.open.operator_end = is_operator.then_some(end);
    }

    /// Follows the blocks in the body of a routine that is written in SQL and not in a string.
    fn nest(&mut self, word: &Range<usize>) {
        let open = &mut self.open;
        let before = open.tokens.last().cloned().unwrap_or_default();
        let (word_text, previous) = (&self.text[word.clone()], &self.text[before.clone()]);
        if previous == "." || is(previous, "AS") {
            // Behind these any word is a name.
            return;
        }
        if is(word_text, "ATOMIC") && is(previous, "BEGIN") {
            let first = open.tokens.iter().take(4).map(|token| &self.text[token.clone()]);
            let words: Vec<&str> = first.collect();
            if is_routine(&words) {
                open.blocks.push(before.start);
            }
        } else if is(word_text, "CASE") && !open.blocks.is_empty() {
            open.blocks.push(word.start);
        } else if is(word_text, "END") {
            open.blocks.pop();
        }
    }

    fn close(&mut self) -> Result<(), SqlError> {
        let open = std::mem::take(&mut self.open);
        let (Some(first), Some(last)) = (open.tokens.first(), open.tokens.last()) else {
            return Ok(());
        };
        let (line, _) = self.place(first.start);
        let text = &self.text[first.start..last.end];
        let tokens = open.tokens.iter().map(|token| &self.text[token.clone()]).collect();
        let statement = Statement { text, start: first.start, line, tokens };
        let reads_rows =
            statement.tokens.windows(2).any(|two| is(two[0], "FROM") && is(two[1], "STDIN"));
        if statement.begins_with(&["COPY"]) && reads_rows {
            return Err(SqlError::CopyFromStdin { line });
        }
        self.found.push(statement);
        Ok(())
    }

    /// Closes the last statement, which needs no `;`.
    pub(super) fn finish(mut self) -> Result<Vec<Statement<'a>>, SqlError> {
        if let Some(start) = self.open.parentheses.last() {
            return Err(self.unterminated("a parenthesis", *start));
        }
        if let Some(start) = self.open.blocks.last() {
            return Err(self.unterminated("the body of a routine", *start));
        }
        self.close()?;
        Ok(self.found)
    }

    fn unterminated(&self, what: &'static str, start: usize) -> SqlError {
        let (line, column) = self.place(start);
        SqlError::Unterminated { what, line, column }
    }

    /// The line and column of a byte, both counted from 1.
    fn place(&self, start: usize) -> (usize, usize) {
        let before = self.text[..start].trim_start_matches(BOM);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
    }
}

fn unterminated(kind: TokenKind) -> Option<&'static str> {
    match kind {
        TokenKind::BlockComment { terminated: false } => Some("a comment"),
        TokenKind::QuotedIdent { terminated: false, .. } => Some("a quoted name"),
        TokenKind::Literal { kind: LiteralKind::DollarQuotedString { terminated: false } } => {
            Some("a dollar-quoted text")
        }
        TokenKind::Literal {
            kind:
                LiteralKind::Str { terminated: false }
                | LiteralKind::NationalStr { terminated: false }
                | LiteralKind::ByteStr { terminated: false }
                | LiteralKind::BitStr { terminated: false }
                | LiteralKind::UnicodeEscStr { terminated: false }
                | LiteralKind::EscStr { terminated: false },
        } => Some("a text"),
        _ => None,
    }
}

fn is_routine(words: &[&str]) -> bool {
    let rest = match words {
        [create, or, replace, rest @ ..]
            if is(create, "CREATE") && is(or, "OR") && is(replace, "REPLACE") =>
        {
            rest
        }
        [create, rest @ ..] if is(create, "CREATE") => rest,
        _ => return false,
    };
    rest.first().is_some_and(|word| is(word, "FUNCTION") || is(word, "PROCEDURE"))
}
