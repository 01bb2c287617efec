//! Puts a new migration into the text of a `migrations.rs`; all that stands there stays. Pure.

use proc_macro2::{TokenStream, TokenTree};

use super::listing::{Body, List, Listing};
use crate::schema::Kind;

/// Why a migration was not put into a list.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RegisterError {
    /// The file is no Rust, so nobody can tell where its list is.
    #[error("line {line} cannot be read as Rust")]
    Unreadable {
        /// The line, from 1.
        line: usize,
        /// What the parser says.
        #[source]
        source: syn::Error,
    },
    /// There is no list, or no single one.
    #[error("{found} {wanted}; bring it into that shape, or write by hand: {by_hand}")]
    List {
        /// `no` or `more than one`.
        found: &'static str,
        /// What the list looks like.
        wanted: &'static str,
        /// What must be added for the migration to run.
        by_hand: String,
    },
    /// Adding it would have changed something else.
    #[error("the list is in an unexpected shape; write by hand: {by_hand}")]
    Unclear {
        /// What must be added for the migration to run.
        by_hand: String,
    },
}

impl RegisterError {
    pub(super) fn from_syntax(source: syn::Error) -> Self {
        Self::Unreadable { line: source.span().start().line, source }
    }
}

/// The text of a `migrations.rs` with the migration `name` in it, in which nothing else differs.
pub(super) fn register(text: &str, name: &str, kind: Kind) -> Result<String, RegisterError> {
    let listing = read(text)?;
    let list = only_list(&listing, name, kind)?;
    let newline = newline(text);
    // The list comes after the modules, or before them: the later place first keeps the other.
    let mut insertions = vec![into_list(text, list, &entry(name, kind), newline)];
    if kind == Kind::Rust {
        insertions.push(module(text, &listing, name, newline));
    }
    insertions.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    let mut registered = text.to_owned();
    for (at, inserted) in insertions {
        registered.insert_str(at, &inserted);
    }
    if !is_registered(text, &registered, name, kind) {
        return Err(RegisterError::Unclear { by_hand: by_hand(name, kind) });
    }
    Ok(registered)
}

/// Whether `after` is `before` with the migration `name` last in its list, and not one token more
/// or less but commas.
pub(super) fn is_registered(before: &str, after: &str, name: &str, kind: Kind) -> bool {
    let (Ok(old), Ok(new)) = (read(before), read(after)) else { return false };
    let (Ok(_), Ok(list)) = (only_list(&old, name, kind), only_list(&new, name, kind)) else {
        return false;
    };
    let mut added = entry(name, kind);
    let mut has_module = true;
    if kind == Kind::Rust {
        added = format!("mod {name}; {added}");
        has_module = new.modules.iter().any(|module| module.name == name);
    }
    let is_last = list.entries.last().is_some_and(|last| last.name == name);
    is_last
        && has_module
        && difference(before, after).is_some_and(|over| Some(over) == sorted(&added))
}

/// The tokens that `after` has over `before`, if it has all of its tokens in their order.
fn difference(before: &str, after: &str) -> Option<Vec<String>> {
    let mut old = tokens(before)?.into_iter().peekable();
    let mut over = tokens(after)?;
    over.retain(|token| old.next_if_eq(token).is_none());
    over.retain(|token| token != ",");
    over.sort_unstable();
    old.next().is_none().then_some(over)
}

fn sorted(text: &str) -> Option<Vec<String>> {
    let mut tokens = tokens(text)?;
    tokens.sort_unstable();
    Some(tokens)
}

fn read(text: &str) -> Result<Listing, RegisterError> {
    Listing::read(text).map_err(RegisterError::from_syntax)
}

fn only_list<'a>(listing: &'a Listing, name: &str, kind: Kind) -> Result<&'a List, RegisterError> {
    let (lists, wanted) = match kind {
        Kind::Rust => (&listing.rust, "`vec![…]` in a function called `migrations`"),
        Kind::Sql => (&listing.sql, "`const SQL_MIGRATIONS: &[SqlMigration] = &[…]`"),
    };
    match &lists[..] {
        [list] => Ok(list),
        lists => Err(RegisterError::List {
            found: if lists.is_empty() { "there is no" } else { "there is more than one" },
            wanted,
            by_hand: by_hand(name, kind),
        }),
    }
}

fn entry(name: &str, kind: Kind) -> String {
    match kind {
        Kind::Rust => format!("Box::new({name}::Migration)"),
        Kind::Sql => format!("sql_migration!(\"{name}\")"),
    }
}

fn by_hand(name: &str, kind: Kind) -> String {
    let entry = entry(name, kind);
    match kind {
        Kind::Rust => format!("`mod {name};` and `{entry}`"),
        Kind::Sql => format!("`{entry}`"),
    }
}

/// Where `mod name;` goes among the modules, which stand in the order of their names.
fn module(text: &str, listing: &Listing, name: &str, newline: &str) -> (usize, String) {
    let line = format!("mod {name};");
    let earlier = listing.modules.iter().filter(|module| module.name.as_str() < name);
    if let Some(before) = earlier.max_by(|left, right| left.name.cmp(&right.name)) {
        return after_line(text, before.range.end, &line, newline);
    }
    match (listing.modules.first(), listing.body) {
        (Some(after), _) => (after.range.start, format!("{line}{newline}")),
        (None, Body::After(at)) => {
            let (at, line) = after_line(text, at, &line, newline);
            (at, format!("{newline}{line}"))
        }
        (None, Body::Before(at)) => (at, format!("{line}{newline}{newline}")),
    }
}

/// How the lines of a text end.
pub(super) fn newline(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

/// Where an entry goes that is to be the last of its list, as a migration is that is the newest.
pub(super) fn into_list(text: &str, list: &List, entry: &str, newline: &str) -> (usize, String) {
    let Some(newest) = list.entries.last() else {
        let inside = &text[list.start..list.end];
        let Some(end_of_line) = inside.rfind('\n') else { return (list.start, entry.to_owned()) };
        let at = list.start + end_of_line + 1;
        let indent = indent_of(text, list.end);
        return (at, format!("{indent}    {entry},{newline}"));
    };
    let end = list.last_comma.unwrap_or(newest.range.end);
    let is_vertical = text[end..list.end].contains('\n');
    match (list.last_comma, is_vertical) {
        (Some(end), true) => {
            let line = format!("{}{entry},", indent_of(text, newest.range.start));
            after_line(text, end, &line, newline)
        }
        (Some(end), false) => (end, format!(" {entry}")),
        // A comment behind the last entry stays behind it.
        (None, _) => (end, format!(", {entry}")),
    }
}

/// `line` below the line that `end` is on; directly behind `end` where more than a line comment
/// follows there.
fn after_line(text: &str, end: usize, line: &str, newline: &str) -> (usize, String) {
    let rest = text[end..].split('\n').next().unwrap_or_default().trim_end_matches('\r');
    let is_free = rest.trim().is_empty() || rest.trim_start().starts_with("//");
    if is_free {
        (end + rest.len(), format!("{newline}{line}"))
    } else {
        (end, format!(" {}", line.trim_start()))
    }
}

/// The white space before the first word of the line that `at` is on.
fn indent_of(text: &str, at: usize) -> &str {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let line = &text[start..];
    &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]
}

/// The tokens of a text, one word each.
fn tokens(text: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    flatten(text.parse().ok()?, &mut words);
    Some(words)
}

fn flatten(tokens: TokenStream, words: &mut Vec<String>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                words.push(format!("open {:?}", group.delimiter()));
                flatten(group.stream(), words);
                words.push(format!("close {:?}", group.delimiter()));
            }
            other => words.push(other.to_string()),
        }
    }
}

#[cfg(test)]
mod tests;
