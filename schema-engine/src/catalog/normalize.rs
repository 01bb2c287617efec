//! Takes out of what a server writes that which only tells its release. Pure.

mod expression;
pub(crate) mod tokens;
mod view;

use std::collections::BTreeMap;

pub(super) use expression::expression;
pub(crate) use expression::retold;
pub(super) use view::query as view_query;

/// The comment that `initdb` gives the namespace `public`, and only that one.
const STANDARD_COMMENT: &str = "standard public schema";

/// The note of a server on the version of a column, which newer minor releases keep among the
/// column's options: it changes with every new table.
const COLUMN_VERSION: &str = "pg_attver";

/// The comment on a namespace, if somebody made it.
pub(super) fn namespace_comment(namespace: &str, comment: Option<String>) -> Option<String> {
    comment.filter(|comment| namespace != "public" || comment != STANDARD_COMMENT)
}

/// The options that the server lists as `name=value`, but for its own.
pub(super) fn options(pairs: Option<Vec<String>>) -> BTreeMap<String, String> {
    let pairs = pairs.unwrap_or_default().into_iter();
    let pairs = pairs.map(|pair| match pair.split_once('=') {
        Some((name, value)) => (name.to_owned(), value.to_owned()),
        None => (pair, String::new()),
    });
    pairs.filter(|(name, _)| name != COLUMN_VERSION).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_standard_comment_goes() {
        let check = |namespace: &str, comment: &str, expected: Option<&str>| {
            let comment = namespace_comment(namespace, Some(comment.to_owned()));
            assert_eq!(comment.as_deref(), expected);
        };
        check("public", "standard public schema", None);
        check("public", "ours", Some("ours"));
        check("other", "standard public schema", Some("standard public schema"));
    }

    #[test]
    fn options_are_read_without_the_servers_own() {
        let check = |pairs: &[&str], expected: &str| {
            let pairs = pairs.iter().map(|pair| (*pair).to_owned()).collect();
            assert_eq!(format!("{:?}", options(Some(pairs))), expected);
        };
        check(&["m=16", "a=b=c"], r#"{"a": "b=c", "m": "16"}"#);
        check(&["n_distinct=-0.5", "pg_attver=4675667560"], r#"{"n_distinct": "-0.5"}"#);
    }
}
