//! Whether a statement only reads, as its words say it. Pure.

use serde::Serialize;

use crate::sql::Statement;

/// What a statement does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// It looks, and changes nothing.
    Read,
    /// It changes something, or may.
    Write,
}

/// What a query may begin with.
const QUERIES: [&str; 5] = ["SELECT", "SHOW", "TABLE", "VALUES", "WITH"];

/// Words that make a query change something, or hold a lock for what follows.
const WRITING: [&str; 6] = ["DELETE", "INSERT", "INTO", "MERGE", "SHARE", "UPDATE"];

/// What may stand before a parenthesis in a query that only reads: words of the language, and
/// functions that change nothing. A function that is not listed may do anything.
const HARMLESS: [&str; 61] = [
    "all",
    "and",
    "any",
    "array",
    "array_agg",
    "as",
    "avg",
    "between",
    "by",
    "cast",
    "coalesce",
    "col_description",
    "count",
    "current_database",
    "current_schema",
    "current_schemas",
    "current_setting",
    "distinct",
    "else",
    "except",
    "exists",
    "filter",
    "format",
    "format_type",
    "from",
    "greatest",
    "having",
    "in",
    "intersect",
    "join",
    "lateral",
    "least",
    "length",
    "lower",
    "max",
    "min",
    "not",
    "now",
    "nullif",
    "obj_description",
    "on",
    "or",
    "over",
    "pg_get_constraintdef",
    "pg_get_expr",
    "pg_get_indexdef",
    "pg_table_is_visible",
    "select",
    "some",
    "string_agg",
    "sum",
    "then",
    "to_regclass",
    "to_regtype",
    "union",
    "unnest",
    "upper",
    "using",
    "values",
    "when",
    "where",
];

/// Decides by the words alone, and takes what it does not know for a write.
pub(super) fn of(statement: &Statement<'_>) -> Kind {
    let tokens = statement.tokens();
    let is_query = QUERIES.iter().any(|word| statement.begins_with(&[word]));
    let writes =
        tokens.iter().any(|token| WRITING.iter().any(|word| token.eq_ignore_ascii_case(word)));
    let calls = (1..tokens.len()).filter(|place| tokens[*place] == "(");
    let calls = calls.filter(|place| is_word(tokens[place - 1]) && !names_a_query(tokens, *place));
    let is_harmless = calls
        .map(|place| tokens[place - 1].to_ascii_lowercase())
        .all(|word| HARMLESS.contains(&word.as_str()));
    // Somebody's own function, whatever its name.
    let is_qualified = tokens.windows(3).any(|three| three[0] == "." && three[2] == "(");
    if is_query && !writes && is_harmless && !is_qualified { Kind::Read } else { Kind::Write }
}

/// Whether the parenthesis at `place` holds the columns of a query that `WITH` names: it stands in no
/// other one, and before the query that all of it is for.
fn names_a_query(tokens: &[&str], place: usize) -> bool {
    let before = &tokens[..place];
    let mut depth = 0;
    let is_in_list = before.iter().all(|token| {
        depth += i32::from(*token == "(") - i32::from(*token == ")");
        depth > 0 || !QUERIES[..4].iter().any(|word| token.eq_ignore_ascii_case(word))
    });
    let is_with = before.first().is_some_and(|first| first.eq_ignore_ascii_case("WITH"));
    is_with && is_in_list && depth == 0
}

fn is_word(token: &str) -> bool {
    token.starts_with(|first: char| first.is_alphabetic() || first == '_' || first == '"')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sql::statements;

    fn check(expected: Kind, text: &str) {
        let found = statements(text).expect("statements");
        assert_eq!(found.iter().map(of).collect::<Vec<_>>(), [expected], "{text}");
    }

    #[test]
    fn a_query_that_only_looks_is_a_read() {
        check(Kind::Read, "SELECT current_setting($1, true) AS role, current_database()::TEXT");
        check(Kind::Read, "select count(*) > 0 from t where (a, b) in (select 1, 2) and a <> 'x'");
        check(Kind::Read, "WITH a AS (SELECT 1) SELECT * FROM a WHERE exists (SELECT FROM a)");
        check(
            Kind::Read,
            "WITH a (b, c) AS (SELECT 1, 2), d(e) AS (VALUES (1)) SELECT * FROM a, d",
        );
        check(Kind::Read, "SHOW server_version");
        check(Kind::Read, "SELECT 'INSERT INTO t', \"update\" FROM t");
    }

    #[test]
    fn what_may_change_something_is_a_write() {
        check(Kind::Write, "SELECT setval('s', 5)");
        check(Kind::Write, "SELECT pg_advisory_xact_lock(1)");
        check(Kind::Write, "SELECT * INTO t FROM u");
        check(Kind::Write, "SELECT * FROM t FOR UPDATE");
        check(Kind::Write, "SELECT * FROM t FOR KEY SHARE");
        check(Kind::Write, "WITH a AS (DELETE FROM t RETURNING *) SELECT * FROM a");
        check(Kind::Write, "WITH a (b) AS (SELECT f(1)) SELECT * FROM a");
        check(Kind::Write, "WITH a (b) AS (SELECT 1) SELECT f(b) FROM a");
        check(Kind::Write, "SELECT mine.count(1)");
        check(Kind::Write, "SELECT \"lower\"(a) FROM t");
        check(Kind::Write, "EXPLAIN ANALYZE DELETE FROM t");
        check(Kind::Write, "CREATE TABLE t ()");
        check(Kind::Write, "DO $$ BEGIN END $$");
    }
}
