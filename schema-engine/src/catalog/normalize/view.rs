//! The query of a view, in the words of every release. Pure.
//!
//! Before release 16 a column always has its table before it; since then only where the query reads
//! more than one table, and where ORDER BY would otherwise mean an output column of the same name.

use super::{
    expression,
    tokens::{Kind, Token, tokens},
};

/// Writes the query of a view as release 16 and later do, without a semicolon at its end.
pub(crate) fn query(sql: &str) -> String {
    let sql = sql.trim();
    let sql = expression(sql.strip_suffix(';').unwrap_or(sql));
    let query = Query::read(&sql);
    let Some(table) = query.only_table() else { return sql };
    let mut text = String::new();
    let mut place = 0;
    while place < query.tokens.len() {
        if query.is_needless(place, table) {
            // The name and the dot after it.
            place += 2;
        } else {
            text.push_str(query.tokens[place].text);
            place += 1;
        }
    }
    text
}

struct Query<'a> {
    tokens: Vec<Token<'a>>,
    /// Where each token stands.
    contexts: Vec<Context>,
}

/// Where a token stands.
#[derive(Debug, Clone, Copy, Default)]
struct Context {
    /// In how many parentheses.
    depth: usize,
    /// In a query within the query.
    is_within_subquery: bool,
    /// What part of its level it is in.
    part: Part,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Part {
    #[default]
    Other,
    From,
    /// What rows are sorted or told apart by: ORDER BY, PARTITION BY, DISTINCT ON.
    Sorting,
}

const SET_OPERATIONS: [&str; 3] = ["UNION", "INTERSECT", "EXCEPT"];

impl<'a> Query<'a> {
    fn read(sql: &'a str) -> Self {
        let mut query = Self { tokens: tokens(sql), contexts: Vec::new() };
        let mut outer = Vec::new();
        let mut context = Context::default();
        for place in 0..query.tokens.len() {
            let token = query.tokens[place];
            if token.is_symbol(")") {
                context = outer.pop().unwrap_or_default();
            }
            context.part = query.part(place, context);
            query.contexts.push(context);
            if token.is_symbol("(") {
                outer.push(context);
                let opens_query = query
                    .next(place)
                    .is_some_and(|next| ["SELECT", "WITH", "VALUES"].contains(&next.text));
                context = Context {
                    depth: context.depth + 1,
                    is_within_subquery: context.is_within_subquery || opens_query,
                    part: if query.follows(place, &["DISTINCT", "ON"]) {
                        Part::Sorting
                    } else {
                        Part::Other
                    },
                };
            }
        }
        query
    }

    /// The part that begins with this token, or goes on.
    fn part(&self, place: usize, context: Context) -> Part {
        let token = self.tokens[place];
        if token.kind != Kind::Word {
            return context.part;
        }
        match token.text {
            "FROM" if context.depth == 0 => Part::From,
            "BY" if self.follows(place, &["ORDER"]) || self.follows(place, &["PARTITION"]) => {
                Part::Sorting
            }
            "SELECT" | "WHERE" | "GROUP" | "HAVING" | "WINDOW" | "LIMIT" | "OFFSET" | "FETCH"
            | "FOR" | "ROWS" | "RANGE" | "GROUPS" => Part::Other,
            "ORDER" if context.part == Part::From => Part::Other,
            _ => context.part,
        }
    }

    /// What the columns of the only table that the query reads have before them.
    fn only_table(&self) -> Option<&'a str> {
        let outside = |(place, _): &(usize, &Token<'_>)| !self.contexts[*place].is_within_subquery;
        let outside = self.tokens.iter().enumerate().filter(outside);
        let mut table = None;
        for (place, token) in outside {
            let Context { depth, part, .. } = self.contexts[place];
            if depth == 0 && token.kind == Kind::Word && SET_OPERATIONS.contains(&token.text) {
                return None;
            }
            if part != Part::From {
                continue;
            }
            if token.is_word("JOIN") || depth == 0 && token.is_symbol(",") {
                return None;
            }
            if token.is_word("TABLESAMPLE") {
                break;
            }
            if depth == 0 && token.is_name() && !token.is_word("FROM") {
                table = Some(token.text);
            }
        }
        table
    }

    /// Whether the token is `table` before a column that would be found without it.
    fn is_needless(&self, place: usize, table: &str) -> bool {
        let context = self.contexts[place];
        let Some([dot, column]) = self.tokens.get(place + 1..place + 3) else { return false };
        let is_column = self.tokens[place].text == table
            && self.tokens[place].is_name()
            && dot.is_symbol(".")
            && column.is_name()
            && !context.is_within_subquery
            && context.part != Part::From
            // A namespace of the same name stands before types, collations and functions.
            && !self.previous(place).is_some_and(|token| {
                [":", "."].contains(&token.text) || token.is_word("COLLATE")
            })
            && !self.next(place + 2).is_some_and(|token| token.is_symbol("("));
        is_column && !(self.is_sorted_by(place) && self.is_output(column.text))
    }

    /// Whether rows are sorted or told apart by just the column that begins here.
    fn is_sorted_by(&self, place: usize) -> bool {
        let begins = self
            .previous(place)
            .is_some_and(|token| token.is_word("BY") || [",", "("].contains(&token.text));
        let ends = self.next(place + 2).is_none_or(|token| {
            [",", ")"].contains(&token.text)
                || token.kind == Kind::Word && token.text.chars().all(char::is_uppercase)
        });
        self.contexts[place].part == Part::Sorting && begins && ends
    }

    /// Whether an output column has this name that the query gave it.
    fn is_output(&self, name: &str) -> bool {
        let places = self.tokens.iter().enumerate().take_while(|(place, _)| {
            let context = self.contexts[*place];
            context.depth > 0 || context.part != Part::From
        });
        places.into_iter().any(|(place, token)| {
            self.contexts[place].depth == 0
                && token.is_word("AS")
                && self.next(place).is_some_and(|next| next.text == name)
        })
    }

    fn next(&self, place: usize) -> Option<&Token<'a>> {
        self.tokens.iter().skip(place + 1).find(|token| token.kind != Kind::Space)
    }

    fn previous(&self, place: usize) -> Option<&Token<'a>> {
        self.tokens[..place].iter().rev().find(|token| token.kind != Kind::Space)
    }

    /// Whether the token comes right after these words.
    fn follows(&self, place: usize, words: &[&str]) -> bool {
        let before = self.tokens[..place].iter().rev().filter(|token| token.kind != Kind::Space);
        let mut before = before.map(|token| token.text);
        words.iter().rev().all(|word| before.next() == Some(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(sql: &str, expected: &str) {
        assert_eq!(query(sql), expected);
        assert_eq!(query(expected), expected, "what is normal stays as it is");
    }

    #[test]
    fn the_columns_of_an_only_table_stand_alone() {
        check(
            " SELECT plain.id,\n    upper(plain.\"Name\") AS x\n   FROM public.plain;",
            "SELECT id,\n    upper(\"Name\") AS x\n   FROM public.plain",
        );
        check(
            "SELECT p.id FROM public.plain p WHERE (p.id > 1)",
            "SELECT id FROM public.plain p WHERE (id > 1)",
        );
        check(
            "SELECT \"T.x\".a, \"T.x\".b FROM s.t \"T.x\" GROUP BY \"T.x\".a",
            "SELECT a, b FROM s.t \"T.x\" GROUP BY a",
        );
        check(
            "SELECT g.g FROM generate_series(1, 3) g(g)",
            "SELECT g FROM generate_series(1, 3) g(g)",
        );
        check("SELECT v.a FROM ( VALUES (1), (2)) v(a)", "SELECT a FROM ( VALUES (1), (2)) v(a)");
        check(
            "SELECT e.n FROM f(1) WITH ORDINALITY e(n, o)",
            "SELECT n FROM f(1) WITH ORDINALITY e(n, o)",
        );
        check(
            "SELECT t.a FROM s.t TABLESAMPLE system ('10'::real)",
            "SELECT a FROM s.t TABLESAMPLE system ('10'::real)",
        );
        check(
            "WITH r AS ( SELECT q.n FROM q) SELECT r.n FROM r",
            "WITH r AS ( SELECT q.n FROM q) SELECT n FROM r",
        );
        check("SELECT (t.home).street, t.a[1] FROM t", "SELECT (home).street, a[1] FROM t");
    }

    #[test]
    fn what_means_something_else_stays() {
        for sql in [
            "SELECT t.* FROM s.t",
            "SELECT 't.a'::text FROM s.t",
            "SELECT a.id FROM (a JOIN b ON ((a.id = b.id)))",
            "SELECT a.id FROM a, LATERAL ( SELECT a.id) b",
            "SELECT a.id FROM a UNION SELECT b.id FROM b",
            "SELECT public.f(1), 'x'::public.mood, (a COLLATE public.c) FROM s.t public",
            "SELECT (EXISTS ( SELECT FROM b WHERE (b.id = a.id))) AS e FROM a",
            "SELECT 1 AS one",
        ] {
            check(sql, sql);
        }
    }

    #[test]
    fn the_names_of_output_columns_do_not_hide_those_of_the_table_in_sorting() {
        check(
            "SELECT t.a AS b, t.b AS c FROM t ORDER BY t.a, t.b DESC, (upper(t.b)), t.c",
            "SELECT a AS b, b AS c FROM t ORDER BY a, t.b DESC, (upper(b)), t.c",
        );
        check(
            "SELECT DISTINCT ON (t.b) t.a AS b FROM t GROUP BY t.b",
            "SELECT DISTINCT ON (t.b) a AS b FROM t GROUP BY b",
        );
        check(
            "SELECT rank() OVER (PARTITION BY t.b ORDER BY t.b ROWS UNBOUNDED PRECEDING) AS b FROM t",
            "SELECT rank() OVER (PARTITION BY t.b ORDER BY t.b ROWS UNBOUNDED PRECEDING) AS b FROM t",
        );
    }
}
