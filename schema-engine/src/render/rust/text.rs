//! Names and literals as Rust has them. Pure.

use crate::catalog::QualifiedName;

/// What Rust reads as something else than a name.
const KEYWORDS: &str = "
    abstract as async await become box break const continue crate do dyn else enum extern false
    final fn for gen if impl in let loop macro match mod move mut override priv pub ref return self
    static struct super trait true try type typeof union unsafe unsized use virtual where while
    yield";

/// The margin of a statement in a function.
pub(super) const MARGIN: usize = 8;

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
}
