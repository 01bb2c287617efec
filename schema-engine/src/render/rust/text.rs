//! Names and SQL as Rust has them. Pure.

use super::layout::WIDTH;
use crate::catalog::{
    QualifiedName,
    normalize::tokens::{Kind, tokens},
};

/// What Rust reads as something else than a name.
const KEYWORDS: &str = "
    abstract as async await become box break const continue crate do dyn else enum extern false
    final fn for gen if impl in let loop macro match mod move mut override priv pub ref return self
    static struct super trait true try type typeof union unsafe unsized use virtual where while
    yield";

/// The margin of a statement in a function.
pub(super) const MARGIN: usize = 8;

/// How long a line of SQL may be where it can be broken.
const SQL_WIDTH: usize = 80;

/// The words that begin a part of a statement.
const CLAUSES: &str = "
    ADD ALTER CHECK DROP FOREIGN FROM INCLUDE NOT ON REFERENCES RENAME SET TYPE USING WHERE WITH";

/// A text as a literal.
pub(super) fn string(text: &str) -> String {
    if text.contains('"') || text.contains('\\') {
        return raw(text);
    }
    // Rust takes any other letter as it stands.
    if text.contains('\r') { format!("{text:?}") } else { format!("\"{text}\"") }
}

fn raw(text: &str) -> String {
    let mut hashes = String::new();
    while text.contains(&format!("\"{hashes}")) {
        hashes.push('#');
    }
    format!("r{hashes}\"{text}\"{hashes}")
}

/// A list of texts as literals.
pub(super) fn strings<T: AsRef<str>>(texts: &[T]) -> String {
    let texts = texts.iter().map(|text| string(text.as_ref()));
    format!("[{}]", texts.collect::<Vec<_>>().join(", "))
}

/// The name as a builder takes it, if it can: that of a thing in `public`.
pub(super) fn name(name: &QualifiedName) -> Option<String> {
    (name.namespace == "public").then(|| string(&name.name))
}

/// A variable that is called like a thing, and hides nothing.
pub(super) fn variable(name: &str) -> String {
    let letters = name.chars().map(|letter| {
        if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '_' }
    });
    let variable = letters.collect::<String>().trim_matches('_').to_owned();
    let is_taken = ["manager", "connection"].contains(&variable.as_str())
        || KEYWORDS.split_whitespace().any(|word| word == variable)
        || super::columns::is_helper(&variable);
    if variable.is_empty() || variable.starts_with(|first: char| first.is_ascii_digit()) {
        format!("the_{variable}")
    } else if is_taken {
        format!("{variable}_statement")
    } else {
        variable
    }
}

/// A statement that is run as it is; `connection` says how its connection is called.
pub(super) fn execute(sql: &str, connection: &str, end: &str) -> String {
    let margin = " ".repeat(MARGIN);
    if let Some(line) = execute_in_line(sql, connection, end) {
        return line;
    }
    let call = format!("{margin}    .execute_unprepared({})", string(sql));
    let call = if call.chars().count() <= WIDTH && !sql.contains('\n') {
        call
    } else {
        let inner = " ".repeat(MARGIN + 8);
        let sql = string(&broken(sql, &inner));
        format!("{margin}    .execute_unprepared(\n{inner}{sql},\n{margin}    )")
    };
    format!("{margin}{connection}\n{call}\n{margin}    .await{end}\n")
}

/// The same, where it fits on one line.
pub(super) fn execute_in_line(sql: &str, connection: &str, end: &str) -> Option<String> {
    let margin = " ".repeat(MARGIN);
    let line = format!("{margin}{connection}.execute_unprepared({}).await{end}", string(sql));
    (is_line(&line, end) && !sql.contains('\n')).then(|| format!("{line}\n"))
}

/// Whether a statement is short enough for a line; rustfmt leaves room for what ends it.
pub(super) fn is_line(line: &str, end: &str) -> bool {
    line.chars().count() + usize::from(!end.is_empty()) <= WIDTH
}

/// The statement with line breaks before its clauses, so that people can read it.
fn broken(sql: &str, margin: &str) -> String {
    if sql.contains('\n') || sql.contains('$') {
        return sql.to_owned();
    }
    let mut lines: Vec<Vec<String>> = vec![Vec::new()];
    for word in words(sql) {
        let Some(line) = lines.last_mut() else { break };
        line.push(word);
        let length = line.iter().map(|word| word.chars().count() + 1).sum::<usize>() - 1;
        if length > SQL_WIDTH && line.len() > 1 {
            let rest = line.split_off(break_of(line));
            lines.push(rest);
        }
    }
    let lines: Vec<String> = lines.iter().map(|line| line.join(" ")).collect();
    lines.join(&format!("\n{margin}    "))
}

/// Where a line is best broken: before its last clause, or its last word.
fn break_of(line: &[String]) -> usize {
    let begins = |place: &usize| {
        line[place - 1].ends_with(',')
            || CLAUSES.split_whitespace().any(|clause| clause == line[*place])
    };
    (1..line.len()).rev().find(begins).unwrap_or(line.len() - 1)
}

/// What stands between the spaces outside of literals and names.
fn words(sql: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for token in tokens(sql) {
        if token.kind == Kind::Space {
            words.push(String::new());
        } else if let Some(last) = words.last_mut() {
            last.push_str(token.text);
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_as_plain_as_they_can_be() {
        let check = |text: &str, expected: &str| assert_eq!(string(text), expected);
        check("notes", "\"notes\"");
        check("it's", "\"it's\"");
        check("\"Odd\"", "r#\"\"Odd\"\"#");
        check("a\"#b", "r##\"a\"#b\"##");
    }

    #[test]
    fn variables_hide_nothing() {
        let check = |name: &str, expected: &str| assert_eq!(variable(name), expected);
        check("notes", "notes");
        check("Odd name", "odd_name");
        check("type", "type_statement");
        check("json", "json_statement");
        check("manager", "manager_statement");
        check("2fa", "the_2fa");
    }

    #[test]
    fn long_statements_are_broken_between_words() {
        let check = |sql: &str, expected: &str| {
            assert_eq!(execute(sql, "connection", "?;"), expected);
        };
        check("DROP VIEW v", "        connection.execute_unprepared(\"DROP VIEW v\").await?;\n");
        let long = format!("ALTER TABLE a ADD CHECK (b <> 'x y'), {}", "ADD c text, ".repeat(4));
        check(
            &format!("{long}ADD d text"),
            "        connection
            .execute_unprepared(
                \"ALTER TABLE a ADD CHECK (b <> 'x y'), ADD c text, ADD c text, ADD c text,
                    ADD c text, ADD d text\",
            )
            .await?;
",
        );
    }
}
