//! An expression, in the words in which a server repeats it however often it is told. Pure.
//!
//! A list of texts beside a `varchar` is first an array that is converted, and an array of converted
//! elements once the server has read its own words again. The second is what stays.

use std::fmt::Write as _;

use super::tokens::{Kind, Token, tokens};

/// Writes the conversion of an array as that of its elements.
pub(crate) fn expression(sql: &str) -> String {
    if !sql.contains("(ARRAY[") {
        return sql.to_owned();
    }
    let tokens = tokens(sql);
    let mut text = String::new();
    let mut place = 0;
    while place < tokens.len() {
        if let Some((elements, data_type, end)) = converted_array(&tokens, place) {
            let elements = elements.iter().map(|element| {
                let element: String = element.iter().map(|token| token.text).collect();
                format!("({})::{data_type}", expression(element.trim()))
            });
            let _ = write!(text, "ARRAY[{}]", elements.collect::<Vec<_>>().join(", "));
            place = end;
        } else {
            text.push_str(tokens[place].text);
            place += 1;
        }
    }
    text
}

/// Writes a list of texts beside a `varchar` so that the server makes of it what it made of `IN`: it
/// compares a check with that of a whole or a parent by what it made of them.
pub(crate) fn retold(sql: &str) -> String {
    let tokens = tokens(sql);
    let mut text = String::new();
    let mut place = 0;
    while place < tokens.len() {
        text.push_str(tokens[place].text);
        place += 1;
        let begins = tokens[..place].iter().rev().filter(|token| token.kind != Kind::Space);
        let begins: Vec<_> = begins.take(4).map(|token| token.text).collect();
        if let ["[", "ARRAY", "(", "ANY" | "ALL"] = begins[..]
            && let Some((elements, close)) = elements(&tokens, place)
            && let Some(texts) = elements.into_iter().map(varying).collect::<Option<Vec<_>>>()
        {
            text.push_str(&texts.join(", "));
            place = close;
        }
    }
    text
}

/// The `varchar` that is converted to a text.
fn varying(element: &[Token<'_>]) -> Option<String> {
    let element: String = element.iter().map(|token| token.text).collect();
    let literal = element.trim().strip_prefix('(')?.strip_suffix(")::text")?;
    literal.strip_suffix("::character varying")?.strip_prefix('\'')?;
    Some(literal.to_owned())
}

/// The elements of an array that is converted here, the type of each, and what comes after it.
fn converted_array<'a, 'b>(
    tokens: &'b [Token<'a>],
    place: usize,
) -> Option<(Vec<&'b [Token<'a>]>, String, usize)> {
    let begins = tokens.get(place..place + 3)?;
    let is_array =
        begins[0].is_symbol("(") && begins[1].is_word("ARRAY") && begins[2].is_symbol("[");
    if !is_array || place > 0 && tokens[place - 1].is_name() {
        return None;
    }
    let (elements, close) = elements(tokens, place + 3)?;
    let after = tokens.get(close + 1..close + 4)?;
    if !(after[0].is_symbol(")") && after[1].is_symbol(":") && after[2].is_symbol(":")) {
        return None;
    }
    let begin = close + 4;
    let length = tokens[begin..]
        .iter()
        .position(|token| !(token.is_name() || token.is_symbol(".") || token.text == " "))?;
    let ends = tokens.get(begin + length..begin + length + 2)?;
    if length == 0 || !(ends[0].is_symbol("[") && ends[1].is_symbol("]")) {
        return None;
    }
    let data_type = tokens[begin..begin + length].iter().map(|token| token.text).collect();
    Some((elements, data_type, begin + length + 2))
}

/// What stands between commas up to the bracket that closes, and the place of that.
fn elements<'a, 'b>(
    tokens: &'b [Token<'a>],
    begin: usize,
) -> Option<(Vec<&'b [Token<'a>]>, usize)> {
    let mut elements = Vec::new();
    let (mut depth, mut from) = (0_usize, begin);
    for (place, token) in tokens.iter().enumerate().skip(begin) {
        match token.text {
            "(" | "[" => depth += 1,
            "]" if depth == 0 => {
                elements.push(&tokens[from..place]);
                return Some((elements, place));
            }
            ")" | "]" => depth = depth.checked_sub(1)?,
            "," if depth == 0 => {
                elements.push(&tokens[from..place]);
                from = place + 1;
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(sql: &str, expected: &str) {
        assert_eq!(expression(sql), expected);
        assert_eq!(expression(expected), expected, "what is normal stays as it is");
    }

    #[test]
    fn the_conversion_of_an_array_is_that_of_its_elements() {
        check(
            "((a)::text = ANY ((ARRAY['x'::character varying, 'it''s, ]'::character varying])::text[]))",
            "((a)::text = ANY (ARRAY[('x'::character varying)::text, \
             ('it''s, ]'::character varying)::text]))",
        );
        check(
            "(ARRAY[f(a, b), (ARRAY[1, 2])::bigint[]])::public.\"Odd\"[]",
            "ARRAY[(f(a, b))::public.\"Odd\", (ARRAY[(1)::bigint, (2)::bigint])::public.\"Odd\"]",
        );
    }

    #[test]
    fn a_list_is_retold_as_it_was_made() {
        let check = |sql: &str, expected: &str| assert_eq!(retold(sql), expected);
        check(
            "((a)::text = ANY (ARRAY[('x'::character varying)::text, ('it''s'::character varying)::text]))",
            "((a)::text = ANY (ARRAY['x'::character varying, 'it''s'::character varying]))",
        );
        for other in ["(a = ANY (ARRAY[('x'::character varying)::text, b]))", "ARRAY[(1)::bigint]"]
        {
            check(other, other);
        }
    }

    #[test]
    fn all_else_stays() {
        for sql in [
            "(a = ANY (ARRAY['x'::text, 'y'::text]))",
            "ARRAY[(1)::bigint]",
            "f((ARRAY[1, 2]))",
            "'(ARRAY[1])::text[]'::text",
            "((ARRAY[1, 2])::text)",
            "",
        ] {
            check(sql, sql);
        }
    }
}
