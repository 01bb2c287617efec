//! Splits SQL as a server writes it into tokens. Pure.

/// A token, with its text as it stands in the SQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    pub(crate) kind: Kind,
    pub(crate) text: &'a str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A keyword or a name without quotes; numbers too.
    Word,
    /// A name in quotes.
    Quoted,
    /// A text literal.
    Literal,
    /// One character of anything else but space.
    Symbol,
    /// Space.
    Space,
}

impl Token<'_> {
    pub(crate) fn is_name(&self) -> bool {
        matches!(self.kind, Kind::Word | Kind::Quoted)
    }

    pub(crate) fn is_symbol(&self, text: &str) -> bool {
        self.kind == Kind::Symbol && self.text == text
    }

    pub(crate) fn is_word(&self, text: &str) -> bool {
        self.kind == Kind::Word && self.text == text
    }
}

/// Splits `sql`; the texts of the tokens are all of it.
pub(crate) fn tokens(sql: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = sql;
    while let Some(first) = rest.chars().next() {
        let (kind, length) = match first {
            '\'' => (Kind::Literal, quoted_length(rest, '\'')),
            '"' => (Kind::Quoted, quoted_length(rest, '"')),
            _ if first.is_whitespace() => (Kind::Space, length_while(rest, char::is_whitespace)),
            _ if is_word(first) => (Kind::Word, length_while(rest, is_word)),
            _ => (Kind::Symbol, first.len_utf8()),
        };
        let (text, after) = rest.split_at(length);
        tokens.push(Token { kind, text });
        rest = after;
    }
    tokens
}

/// The length of what stands in quotes; the quote itself is doubled within.
fn quoted_length(text: &str, quote: char) -> usize {
    let mut from = 1;
    while let Some(end) = text[from..].find(quote) {
        from += end + 1;
        if !text[from..].starts_with(quote) {
            return from;
        }
        from += 1;
    }
    text.len()
}

fn length_while(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|c| !belongs(c)).unwrap_or(text.len())
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_found() {
        let check = |sql: &str, expected: &str| {
            let tokens = tokens(sql);
            assert_eq!(tokens.iter().map(|token| token.text).collect::<String>(), sql);
            let texts: Vec<_> = tokens
                .iter()
                .filter(|token| token.kind != Kind::Space)
                .map(|token| token.text)
                .collect();
            assert_eq!(texts.join(" "), expected);
        };
        check("SELECT a.\"b\"\"c\"\n FROM x", "SELECT a . \"b\"\"c\" FROM x");
        check("('it''s'::text)", "( 'it''s' : : text )");
        check("n_1+'", "n_1 + '");
        check("é->>'ö'", "é - > > 'ö'");
    }
}
