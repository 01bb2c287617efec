use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

use squawk_lexer::TokenKind;

use super::*;

/// The statements as `line: text`, joined by ` | `.
fn check(text: &str, expected: &str) {
    let shown = statements(text).map_or_else(
        |error| error.to_string(),
        |found| {
            let lines = found.iter().map(|found| format!("{}: {}", found.line, found.text));
            lines.collect::<Vec<_>>().join(" | ")
        },
    );
    assert_eq!(shown, expected, "{text}");
}

fn only(text: &str) -> Statement<'_> {
    let mut found = statements(text).expect("statements");
    assert_eq!(found.len(), 1, "{text}");
    found.remove(0)
}

#[test]
fn a_semicolon_ends_a_statement_where_it_is_one() {
    check("", "");
    check(" ;; -- nothing\n ; /* nothing */", "");
    check("SELECT 1; SELECT 2", "1: SELECT 1 | 1: SELECT 2");
    check("\u{feff}-- head\n\nSELECT 1;\n/* a; */ SELECT 2;", "3: SELECT 1 | 4: SELECT 2");
    check(
        "SELECT 'a;b', \"c;d\", E'\\';', U&\"e;\"",
        "1: SELECT 'a;b', \"c;d\", E'\\';', U&\"e;\"",
    );
    check("SELECT 'it''s;', B'1;', N';', x';'", "1: SELECT 'it''s;', B'1;', N';', x';'");
    check(
        "SELECT /* a; /* b; */ c; */ 1; SELECT 2",
        "1: SELECT /* a; /* b; */ c; */ 1 | 1: SELECT 2",
    );
    check("SELECT 1 -- a;\n+ 1", "1: SELECT 1 -- a;\n+ 1");
    check("DO $$ a; $b$; $ $$; DO $b$ $$; $b$", "1: DO $$ a; $b$; $ $$ | 1: DO $b$ $$; $b$");
    check("SELECT a$b$ FROM t; SELECT $1", "1: SELECT a$b$ FROM t | 1: SELECT $1");
    check(
        "CREATE RULE r AS ON INSERT TO t DO (a; b); SELECT 1",
        "1: CREATE RULE r AS ON INSERT TO t DO (a; b) | 1: SELECT 1",
    );
}

#[test]
fn the_body_of_a_routine_is_one_statement() {
    let body = "BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 1 AS end; END";
    for head in ["CREATE FUNCTION f()", "create or replace procedure p()"] {
        let routine = format!("{head} {body}");
        check(&format!("{routine}; SELECT 2"), &format!("1: {routine} | 1: SELECT 2"));
    }
    check(
        "BEGIN; SELECT CASE WHEN a THEN 1 END; END",
        "1: BEGIN | 1: SELECT CASE WHEN a THEN 1 END | 1: END",
    );
    check("CREATE TABLE atomic (); BEGIN", "1: CREATE TABLE atomic () | 1: BEGIN");
}

#[test]
fn what_is_not_for_the_server_is_refused() {
    check("SELECT 1;\n  'a", "line 2, column 3: a text is not closed");
    check("é \"a", "line 1, column 3: a quoted name is not closed");
    check("\u{feff}$x$ $$", "line 1, column 1: a dollar-quoted text is not closed");
    check("SELECT\n/* /* */", "line 2, column 1: a comment is not closed");
    check("SELECT (1;", "line 1, column 8: a parenthesis is not closed");
    check(
        "CREATE FUNCTION f() BEGIN ATOMIC SELECT 1;",
        "line 1, column 21: the body of a routine is not closed",
    );
    check("SELECT 1;\n\\i other.sql", "line 2, column 1: psql's commands are not SQL");
    check("SELECT 1 \\gset", "line 1, column 10: psql's commands are not SQL");
    check(
        "\nCOPY a (b) FROM stdin;\n1\n\\.",
        "line 2: `COPY … FROM STDIN` reads rows that a migration cannot send; use INSERT",
    );
    check("COPY a FROM '/stdin'", "1: COPY a FROM '/stdin'");
}

#[test]
fn tokens_are_the_same_however_they_are_spaced() {
    let tokens = |text| only(text).tokens().join(" ");
    assert_eq!(tokens("SELECT a<=b /* x */,\n 'c  d'"), "SELECT a <= b , 'c  d'");
    assert_eq!(tokens("SELECT a<@b -- x"), tokens("SELECT a <@ b"));
    assert_ne!(tokens("SELECT a<@b"), tokens("SELECT a< @b"));
    assert_eq!(tokens("SELECT -1::int"), "SELECT - 1 : : int");
}

#[test]
fn what_works_beside_others_is_recognised() {
    for (text, is_concurrently, index) in [
        ("CREATE INDEX CONCURRENTLY a ON t (c)", true, Some("a")),
        ("create unique index concurrently if not exists \"A\"\"b\" on t (c)", true, Some("A\"b")),
        ("CREATE INDEX CONCURRENTLY ON t (c)", true, None),
        ("CREATE INDEX Ab ON t (concurrently)", true, Some("ab")),
        ("CREATE INDEX a ON t ((c || 'concurrently'))", false, Some("a")),
        ("DROP INDEX CONCURRENTLY a, b", true, None),
        ("REINDEX (VERBOSE, CONCURRENTLY) TABLE t", true, None),
        ("REINDEX INDEX CONCURRENTLY a", true, None),
        ("REFRESH MATERIALIZED VIEW CONCURRENTLY v", true, None),
        ("ALTER TABLE s.t DETACH PARTITION s.p CONCURRENTLY", true, None),
        ("ALTER TABLE t ADD COLUMN \"concurrently\" text", false, None),
        ("CREATE TABLE t (a int)", false, None),
        ("SELECT 'CREATE INDEX CONCURRENTLY'", false, None),
    ] {
        let statement = only(text);
        assert_eq!(statement.is_concurrently(), is_concurrently, "{text}");
        assert_eq!(statement.index_name().as_deref(), index, "{text}");
    }
}

/// Pieces that a lexer may stumble over, in the order that numbers from a seed give.
fn fuzzed(seed: u64) -> String {
    const PIECES: [&str; 36] = [
        "'",
        "''",
        "\"",
        "$$",
        "$a$",
        "$a",
        "$1",
        "--",
        "/*",
        "*/",
        "\n",
        " ",
        ";",
        "(",
        ")",
        "E'",
        "U&'",
        "U&\"",
        "\\",
        "BEGIN",
        "ATOMIC",
        "END",
        "CASE",
        "CREATE FUNCTION f()",
        "COPY t",
        "FROM STDIN",
        "é",
        "\u{feff}",
        "\u{a0}",
        "1.5e",
        "0x",
        "<",
        "=",
        "a",
        "e",
        "\0",
    ];
    let hasher = BuildHasherDefault::<DefaultHasher>::default();
    let pick = |place: u64| hasher.hash_one((seed, place));
    let length = pick(u64::MAX) % 24;
    (0..length).map(|place| PIECES[usize::try_from(pick(place) % 36).expect("small")]).collect()
}

#[test]
fn no_text_is_too_strange_and_no_token_is_lost() {
    let mut split = 0;
    for text in (0..10_000).map(fuzzed) {
        let Ok(found) = statements(&text) else { continue };
        split += 1;
        // After a first character, so that none of them begins the text with a byte order mark.
        let texts = found.iter().map(|statement| statement.text);
        let joined = texts.fold(String::new(), |joined, text| joined + "\n" + text + ";");
        let again = statements(&joined).expect("what was split can be split again");
        assert_eq!(
            again.iter().map(Statement::tokens).collect::<Vec<_>>(),
            found.iter().map(Statement::tokens).collect::<Vec<_>>(),
            "{text:?}"
        );
        let mut end = 0;
        for token in found.iter().flat_map(Statement::tokens) {
            let start = token.as_ptr().addr() - text.as_ptr().addr();
            assert!(is_trivial(&text[end..start]), "{:?} was lost of {text:?}", &text[end..start]);
            end = start + token.len();
        }
        assert!(is_trivial(&text[end..]), "{:?} was lost of {text:?}", &text[end..]);
    }
    assert!(split > 500, "only {split} texts could be split");
}

/// Whether a text is nothing but comments, white space and semicolons.
fn is_trivial(text: &str) -> bool {
    tokenize(text).all(|token| {
        matches!(
            token.kind,
            TokenKind::Whitespace
                | TokenKind::LineComment
                | TokenKind::BlockComment { .. }
                | TokenKind::Semi
        )
    })
}
