//! SQL as a migration that somebody wrote has it: several statements in one text, broken into lines,
//! and names without a namespace where the builders have none either. Pure.

use super::{
    layout::WIDTH,
    text::{MARGIN, string},
};
use crate::catalog::normalize::tokens::{Kind, Token, tokens};

/// How long a line of SQL may be where it can be broken.
const SQL_WIDTH: usize = 80;

/// The words that begin a part of a statement.
const CLAUSES: &str = "
    ADD ALTER CHECK DROP FOREIGN FROM INCLUDE NOT ON REFERENCES RENAME SET TYPE USING WHERE WITH";

/// The words that begin a line of a query where the server began one with them.
const PARTS: &str =
    "CROSS EXCEPT FROM FULL GROUP HAVING INNER INTERSECT JOIN LEFT ORDER RIGHT UNION WHERE WINDOW";

/// The words before a name that may be followed by a list of columns.
const BEFORE_COLUMNS: &str = "ON REFERENCES TABLE VIEW";

/// Whether it may be laid out anew, as the body of a function may not.
pub(super) fn is_pliable(sql: &str) -> bool {
    !sql.contains('$') && !sql.contains("--")
}

/// A call that runs statements; `connection` says how its connection is called.
pub(super) fn execute(statements: &[String], connection: &str, end: &str) -> String {
    if let Some(line) = execute_in_line(statements, connection, end) {
        return line;
    }
    let margin = " ".repeat(MARGIN);
    let inner = " ".repeat(MARGIN + 8);
    let texts = statements.iter().map(|sql| broken(sql, &format!("{inner} ")));
    let text = string(&texts.collect::<Vec<_>>().join(&format!(";\n{inner} ")));
    let call = format!("{margin}    .execute_unprepared({text})");
    let call = if call.chars().count() <= WIDTH && !text.contains('\n') {
        call
    } else {
        format!("{margin}    .execute_unprepared(\n{inner}{text},\n{margin}    )")
    };
    format!("{margin}{connection}\n{call}\n{margin}    .await{end}\n")
}

/// The same, where it fits on one line.
pub(super) fn execute_in_line(
    statements: &[String],
    connection: &str,
    end: &str,
) -> Option<String> {
    let [sql] = statements else { return None };
    let (sql, margin) = (string(&unqualified(sql)), " ".repeat(MARGIN));
    let line = format!("{margin}{connection}.execute_unprepared({sql}).await{end}");
    (is_line(&line, end) && !sql.contains('\n')).then(|| format!("{line}\n"))
}

/// Whether a statement is short enough for a line; rustfmt leaves room for what ends it.
pub(super) fn is_line(line: &str, end: &str) -> bool {
    line.chars().count() + usize::from(!end.is_empty()) <= WIDTH
}

/// The statement with line breaks before its clauses, so that people can read it.
fn broken(sql: &str, margin: &str) -> String {
    if !is_pliable(sql) {
        return sql.to_owned();
    }
    // The lines of a table are ours, and those of a query the server's.
    if sql.starts_with("CREATE TABLE") {
        return moved(&unqualified(sql), margin);
    }
    let mut lines: Vec<Vec<String>> = vec![Vec::new()];
    for word in words(&unqualified(sql)) {
        if word.begins_line {
            lines.push(Vec::new());
        }
        let Some(line) = lines.last_mut() else { break };
        line.push(word.text);
        let length = line.iter().map(|word| word.chars().count() + 1).sum::<usize>() - 1;
        if length > SQL_WIDTH && line.len() > 1 {
            let rest = line.split_off(break_of(line));
            lines.push(rest);
        }
    }
    let lines: Vec<String> = lines.iter().map(|line| line.join(" ")).collect();
    lines.join(&format!("\n{margin}    "))
}

/// The text with its lines as they are, behind a margin.
fn moved(sql: &str, margin: &str) -> String {
    let pieces = tokens(sql).into_iter().map(|token| match token.kind {
        Kind::Space => token.text.replace('\n', &format!("\n{margin}")),
        _ => token.text.to_owned(),
    });
    pieces.collect()
}

/// Where a line is best broken: before its last clause, or its last word.
fn break_of(line: &[String]) -> usize {
    let begins = |place: &usize| line[place - 1].ends_with(',') || is_in(CLAUSES, &line[*place]);
    (1..line.len()).rev().find(begins).unwrap_or(line.len() - 1)
}

struct Word {
    text: String,
    begins_line: bool,
}

/// What stands between the spaces outside of literals and names.
fn words(sql: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut is_open = false;
    let mut has_newline = false;
    for token in tokens(sql) {
        if token.kind == Kind::Space {
            is_open = false;
            has_newline = token.text.contains('\n');
            continue;
        }
        if is_open && let Some(last) = words.last_mut() {
            last.text.push_str(token.text);
            continue;
        }
        let follows = words.last().map(|last| last.text.as_str());
        let begins_line = (has_newline && is_in(PARTS, token.text))
            || (token.is_word("SELECT") && follows == Some("AS"));
        words.push(Word { text: token.text.to_owned(), begins_line });
        (is_open, has_newline) = (true, false);
    }
    words
}

/// The statement without the namespace that everything is in, where a bare name means the same.
fn unqualified(sql: &str) -> String {
    if !is_pliable(sql) {
        return sql.to_owned();
    }
    let tokens = tokens(sql);
    let mut text = String::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        if is_needless(&tokens, at) {
            at += 2;
            continue;
        }
        text.push_str(token.text);
        at += 1;
    }
    text
}

/// Whether `public` is at this place, and need not be.
fn is_needless(tokens: &[Token<'_>], at: usize) -> bool {
    let [namespace, dot, name, rest @ ..] = &tokens[at..] else { return false };
    let is_solid = |token: &&Token<'_>| token.kind != Kind::Space;
    let before = tokens[..at].iter().rev().find(is_solid).map_or("", |token| token.text);
    let after = rest.iter().find(is_solid).map_or("", |token| token.text);
    namespace.is_word("public")
        && dot.is_symbol(".")
        && name.is_name()
        && before != "."
        // What PostgreSQL has itself comes before what is in `public`: its catalog, its functions.
        && !name.text.starts_with("pg_")
        && (after != "(" || is_in(BEFORE_COLUMNS, before))
}

fn is_in(words: &str, word: &str) -> bool {
    words.split_whitespace().any(|known| known == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_statements_are_broken_between_words() {
        let check = |statements: &[&str], expected: &str| {
            let statements: Vec<String> = statements.iter().map(|sql| (*sql).to_owned()).collect();
            assert_eq!(execute(&statements, "connection", "?;"), expected);
        };
        check(&["DROP VIEW v"], "        connection.execute_unprepared(\"DROP VIEW v\").await?;\n");
        let long = format!("ALTER TABLE a ADD CHECK (b <> 'x y'), {}", "ADD c text, ".repeat(4));
        check(
            &[&format!("{long}ADD d text")],
            "        connection
            .execute_unprepared(
                \"ALTER TABLE a ADD CHECK (b <> 'x y'), ADD c text, ADD c text, ADD c text,
                     ADD c text, ADD d text\",
            )
            .await?;
",
        );
        check(
            &["DROP VIEW v", "CREATE VIEW v (b) AS SELECT a.b\n   FROM (a\n     JOIN c ON d)"],
            "        connection
            .execute_unprepared(
                \"DROP VIEW v;
                 CREATE VIEW v (b) AS
                     SELECT a.b
                     FROM (a
                     JOIN c ON d)\",
            )
            .await?;
",
        );
    }

    #[test]
    fn a_namespace_is_said_where_it_matters() {
        let check = |sql: &str, expected: &str| assert_eq!(unqualified(sql), expected);
        check("ALTER TABLE public.a DROP b", "ALTER TABLE a DROP b");
        check("SELECT 'public.a', sys.public.a", "SELECT 'public.a', sys.public.a");
        check("REFERENCES public.a (id)", "REFERENCES a (id)");
        check("CHECK (public.lower(b))", "CHECK (public.lower(b))");
        check("DROP TABLE public.pg_class", "DROP TABLE public.pg_class");
        check("b::public.\"Odd\"", "b::\"Odd\"");
        check("DO $$ public.a $$", "DO $$ public.a $$");
    }
}
