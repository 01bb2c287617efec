//! Puts values into a statement in the place of its parameters. Pure.

use squawk_lexer::{TokenKind, tokenize};

/// `sql` with each `$n` replaced by the n-th of `literals`; one that has none stays.
pub(super) fn fill_in(sql: &str, literals: &[String]) -> String {
    let mut filled = String::with_capacity(sql.len());
    let mut start = 0;
    for token in tokenize(sql) {
        let end = start + token.len as usize;
        let text = &sql[start..end];
        let literal = match token.kind {
            TokenKind::PositionalParam { .. } => {
                let number = text[1..].parse::<usize>().ok();
                number.and_then(|number| literals.get(number.checked_sub(1)?))
            }
            _ => None,
        };
        filled.push_str(literal.map_or(text, String::as_str));
        start = end;
    }
    filled
}

/// A value of the type called `type_name`, as the type writes itself; no text is null.
///
/// It keeps its type, so that the statement means what it did with a parameter. Only a text goes
/// without: PostgreSQL takes a bare literal for one wherever a text can stand.
pub(super) fn literal(type_name: &str, text: Option<&str>) -> String {
    match (type_name, text) {
        ("text", None) => "NULL".to_owned(),
        ("text", Some(text)) => quoted(text),
        ("boolean", Some(text)) => text.to_owned(),
        ("integer", Some(text)) if !text.starts_with('-') => text.to_owned(),
        (_, None) => format!("NULL::{type_name}"),
        (_, Some(text)) => format!("{}::{type_name}", quoted(text)),
    }
}

/// A string constant, the same whatever `standard_conforming_strings` is.
pub(crate) fn quoted(text: &str) -> String {
    let escaped = text.replace('\'', "''");
    if text.contains('\\') {
        return format!("E'{}'", escaped.replace('\\', "\\\\"));
    }
    format!("'{escaped}'")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_replaced_where_they_are_parameters() {
        let literals: Vec<String> =
            ["1", "'$1'"].into_iter().map(str::to_owned).cycle().take(10).collect();
        for (sql, expected) in [
            ("SELECT $1, $2", "SELECT 1, '$1'"),
            ("SELECT $10, $2$1", "SELECT '$1', '$1'1"),
            (
                "SELECT '$1', \"$1\", $$ $1 $$, $a$$1$a$ -- $1",
                "SELECT '$1', \"$1\", $$ $1 $$, $a$$1$a$ -- $1",
            ),
            ("SELECT a$1, $11, $0", "SELECT a$1, $11, $0"),
            ("é$1", "é$1"),
        ] {
            assert_eq!(fill_in(sql, &literals), expected, "{sql}");
        }
    }

    #[test]
    fn a_literal_keeps_its_type() {
        for (type_name, text, expected) in [
            ("text", Some("it's"), "'it''s'"),
            ("text", Some("a\\b"), "E'a\\\\b'"),
            ("text", None, "NULL"),
            ("integer", Some("5"), "5"),
            ("integer", Some("-5"), "'-5'::integer"),
            ("bigint", Some("5"), "'5'::bigint"),
            ("boolean", Some("true"), "true"),
            ("uuid", None, "NULL::uuid"),
            ("text[]", Some("{a}"), "'{a}'::text[]"),
        ] {
            assert_eq!(literal(type_name, text), expected, "{type_name} {text:?}");
        }
    }
}
