//! A new name in the SQL that a server writes. Pure.

use crate::catalog::{
    QualifiedName,
    identifier::{literal, quote},
    normalize::tokens::{Kind, Token, tokens},
};

/// Names a table or view anew, and what is read from it.
pub(super) fn relation(sql: &str, from: &QualifiedName, to: &QualifiedName) -> String {
    let (namespace, name) = (quote(&from.namespace), quote(&from.name));
    if !sql.contains(&*name) {
        return sql.to_owned();
    }
    replace(sql, |tokens, place| {
        let is_qualified = place >= 2
            && tokens[place - 1].is_symbol(".")
            && tokens[place - 2].text == namespace
            && !is_after(tokens, place - 2, ".");
        let is_prefix = !is_after(tokens, place, ".") && is_before(tokens, place, ".");
        let is_it = tokens[place].is_name() && tokens[place].text == name;
        (is_it && (is_qualified || is_prefix)).then(|| quote(&to.name).into_owned())
    })
}

/// Names a column anew where the expression can read no other table.
pub(super) fn column(sql: &str, from: &str, to: &str) -> String {
    let name = quote(from);
    replace(sql, |tokens, place| {
        let is_of_row = place >= 2
            && is_after(tokens, place, ".")
            && (tokens[place - 2].is_word("old") || tokens[place - 2].is_word("new"));
        let is_other = is_after(tokens, place, ".") && !is_of_row
            || is_after(tokens, place, ":")
            || is_before(tokens, place, "(")
            || is_before(tokens, place, ".");
        let is_it = tokens[place].is_name() && tokens[place].text == name;
        (is_it && !is_other).then(|| quote(to).into_owned())
    })
}

/// Names a label of an enum anew.
pub(super) fn label(sql: &str, of: &QualifiedName, from: &str, to: &str) -> String {
    let (label, data_type) = (literal(from), of.to_string());
    replace(sql, |tokens, place| {
        let after: String = tokens[place + 1..].iter().take(5).map(|token| token.text).collect();
        let is_of_type = after.strip_prefix("::").is_some_and(|after| after == data_type);
        let is_it = tokens[place].kind == Kind::Literal && tokens[place].text == label;
        (is_it && is_of_type).then(|| literal(to))
    })
}

fn replace(sql: &str, new: impl Fn(&[Token<'_>], usize) -> Option<String>) -> String {
    let tokens = tokens(sql);
    let texts = tokens.iter().enumerate();
    texts
        .map(|(place, token)| new(&tokens, place).unwrap_or_else(|| token.text.to_owned()))
        .collect()
}

fn is_after(tokens: &[Token<'_>], place: usize, symbol: &str) -> bool {
    place > 0 && tokens[place - 1].is_symbol(symbol)
}

fn is_before(tokens: &[Token<'_>], place: usize, symbol: &str) -> bool {
    tokens.get(place + 1).is_some_and(|token| token.is_symbol(symbol))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_named_anew() {
        let check = |sql: &str, expected: &str| {
            let (from, to) = (QualifiedName::new("public", "a"), QualifiedName::new("public", "B"));
            assert_eq!(relation(sql, &from, &to), expected);
        };
        check("SELECT a.x FROM public.a", "SELECT \"B\".x FROM public.\"B\"");
        check("SELECT a FROM other.a", "SELECT a FROM other.a");
        check("'public.a'::text", "'public.a'::text");
        check("public.a[]", "public.\"B\"[]");
    }

    #[test]
    fn columns_are_named_anew() {
        let check = |sql: &str, expected: &str| assert_eq!(column(sql, "a", "b"), expected);
        check("((a > 1) AND (a.a > a(1)))", "((b > 1) AND (a.a > a(1)))");
        check("(x)::a = 'a'", "(x)::a = 'a'");
        check("new.a <> old.a", "new.b <> old.b");
        check("\"a\"", "\"a\"");
    }

    #[test]
    fn labels_are_named_anew() {
        let check = |sql: &str, expected: &str| {
            assert_eq!(label(sql, &QualifiedName::new("public", "mood"), "a", "b"), expected);
        };
        check("'a'::public.mood", "'b'::public.mood");
        check("('a'::text)::public.mood", "('a'::text)::public.mood");
        check(
            "ARRAY['a'::public.mood, 'c'::public.mood]",
            "ARRAY['b'::public.mood, 'c'::public.mood]",
        );
        check("'a'::public.moods", "'a'::public.moods");
    }
}
