//! Keeps the list `TABLES` of a `migrations.rs` in step with a migration; all else that stands there
//! stays. Pure.

use super::{
    listing::{List, Listing},
    register,
};
use crate::{catalog::QualifiedName, diff::Change};

/// What of the list is not as it will be.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Edit<'a> {
    Add(&'a str),
    Remove(&'a str),
}

/// The text of a `migrations.rs` with the tables that `changes` make and without those that they
/// drop; none where that changes nothing, or the list is in no shape to be edited.
pub(super) fn in_step(text: &str, changes: &[Change]) -> Option<String> {
    let edits = edits(changes);
    if edits.is_empty() {
        return None;
    }
    edits.iter().try_fold(text.to_owned(), |text, edit| match edit {
        Edit::Add(name) => added(&text, name),
        Edit::Remove(name) => removed(&text, name),
    })
}

/// Whether two texts list the same tables.
pub(super) fn is_same(left: &str, right: &str) -> bool {
    let names = |text: &str| Some(names(&only_list(text)?));
    names(left).is_some_and(|left| Some(left) == names(right))
}

fn edits(changes: &[Change]) -> Vec<Edit<'_>> {
    changes.iter().flat_map(edits_of).collect()
}

fn edits_of(change: &Change) -> Vec<Edit<'_>> {
    let is_listed = |name: &QualifiedName| name.namespace == "public";
    match change {
        Change::CreateTable { name, .. } if is_listed(name) => vec![Edit::Add(&name.name)],
        Change::DropTable { name, .. } if is_listed(name) => vec![Edit::Remove(&name.name)],
        Change::RenameTable { from, to } if is_listed(to) => {
            vec![Edit::Remove(&from.name), Edit::Add(&to.name)]
        }
        _ => Vec::new(),
    }
}

fn only_list(text: &str) -> Option<List> {
    let mut lists = Listing::read(text).ok()?.tables;
    if lists.len() == 1 { lists.pop() } else { None }
}

fn names(list: &List) -> Vec<String> {
    list.entries.iter().map(|entry| entry.name.clone()).collect()
}

/// The text with a table more, before the first that comes after it in the order of names.
fn added(text: &str, name: &str) -> Option<String> {
    let list = only_list(text)?;
    if list.entries.iter().any(|entry| entry.name == name) {
        return Some(text.to_owned());
    }
    let entry = format!("{name:?}");
    let newline = register::newline(text);
    let (at, inserted) = match list.entries.iter().find(|entry| entry.name.as_str() > name) {
        None => register::into_list(text, &list, &entry, newline),
        Some(next) => {
            let line = &text[..next.range.start];
            let indent = &line[line.rfind('\n').map_or(0, |newline| newline + 1)..];
            let is_vertical = indent.trim().is_empty();
            let space = if is_vertical { format!("{newline}{indent}") } else { " ".to_owned() };
            (next.range.start, format!("{entry},{space}"))
        }
    };
    let mut text = text.to_owned();
    text.insert_str(at, &inserted);
    Some(text)
}

/// The text with a table less; none where more than a comma is between it and its neighbour.
fn removed(text: &str, name: &str) -> Option<String> {
    let list = only_list(text)?;
    let Some(place) = list.entries.iter().position(|entry| entry.name == name) else {
        return Some(text.to_owned());
    };
    let range = &list.entries[place].range;
    let before = place.checked_sub(1).map(|place| list.entries[place].range.end);
    let after = list.entries.get(place + 1).map(|next| next.range.start);
    let gone = match (before, after) {
        (_, Some(next)) => range.start..next,
        (Some(previous), None) => previous..range.end,
        (None, None) => range.start..list.last_comma.unwrap_or(range.end),
    };
    let (left, right) =
        (&text[gone.start..range.start.max(gone.start)], &text[range.end..gone.end]);
    let is_bare = |text: &str| text.chars().all(|letter| letter == ',' || letter.is_whitespace());
    (is_bare(left) && is_bare(right))
        .then(|| format!("{}{}", &text[..gone.start], &text[gone.end..]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::model::Table;

    fn name(name: &str) -> QualifiedName {
        QualifiedName::new("public", name)
    }

    /// `+a` makes a table, `-a` drops it, `a>b` renames it.
    fn change(word: &str) -> Change {
        let table = Table::default();
        match (word.strip_prefix('+'), word.strip_prefix('-'), word.split_once('>')) {
            (Some(new), ..) => Change::CreateTable { name: name(new), table },
            (_, Some(old), _) => Change::DropTable { name: name(old), table },
            (.., Some((from, to))) => Change::RenameTable { from: name(from), to: name(to) },
            _ => panic!("{word}"),
        }
    }

    fn check(list: &str, changes: &str, expected: Option<&str>) {
        let around = |list: &str| format!("//! –\npub const TABLES: &[&str] = &[{list}]; // all\n");
        let changes: Vec<Change> = changes.split_whitespace().map(change).collect();
        assert_eq!(in_step(&around(list), &changes), expected.map(around), "{list}");
    }

    #[test]
    fn a_list_on_one_line_stays_one() {
        check("", "+b", Some("\"b\""));
        check("\"b\"", "+a", Some("\"a\", \"b\""));
        check("\"b\"", "+c", Some("\"b\", \"c\""));
        check("\"a\", \"c\",", "+b +d", Some("\"a\", \"b\", \"c\", \"d\""));
        check("\"a\", \"b\", \"c\"", "-b", Some("\"a\", \"c\""));
        check("\"a\", \"b\"", "-b", Some("\"a\""));
        check("\"a\",", "-a", Some(""));
        check("\"a\", \"b\"", "a>c", Some("\"b\", \"c\""));
    }

    #[test]
    fn a_vertical_list_keeps_its_lines_and_comments() {
        let list = "\n    // The first.\n    \"a\", // one\n    \"c\",\n    \"e\",\n";
        let with = |from, to| list.replace(from, to);
        check(list, "+b", Some(&with("    \"c\"", "    \"b\",\n    \"c\"")));
        check(list, "+f", Some(&with("\"e\",\n", "\"e\",\n    \"f\",\n")));
        check(list, "-c", Some(&with("    \"c\",\n", "")));
        check(list, "-e +d", Some(&with("\"e\"", "\"d\"")));
        check(list, "c>b", Some(&with("\"c\"", "\"b\"")));
        check(list, "-a", None);
    }

    #[test]
    fn what_changes_no_table_changes_nothing() {
        check("\"a\"", "", None);
        assert_eq!(in_step("pub const TABLES: &[&str] = NAMES;", &[change("+a")]), None);
        assert_eq!(in_step("const TABLES: u8 = 1", &[change("+a")]), None);
    }
}
