//! Takes out of what a server writes that which only tells its release. Pure.

/// The comment that `initdb` gives the namespace `public`, and only that one.
const STANDARD_COMMENT: &str = "standard public schema";

/// The comment on a namespace, if somebody made it.
pub(super) fn namespace_comment(namespace: &str, comment: Option<String>) -> Option<String> {
    comment.filter(|comment| namespace != "public" || comment != STANDARD_COMMENT)
}

/// The query of a view.
pub(super) fn view_query(query: &str) -> String {
    let query = query.trim();
    query.strip_suffix(';').unwrap_or(query).to_owned()
}
