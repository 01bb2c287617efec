//! Indexes that no query may use: their building failed, or goes on. Reads catalog and journal.

use sea_orm::{DbErr, FromQueryResult};

use super::{Finding, look::Look};
use crate::{journal, repair};

pub(super) const CHECK: &str = "indexes";

/// An index that some session builds at the moment.
#[derive(FromQueryResult)]
struct Built {
    index: String,
}

const BUILT: &str = "
    SELECT format('%I.%I', n.nspname, c.relname) AS index
      FROM pg_stat_progress_create_index p JOIN pg_class c ON c.oid = p.index_relid
      JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE p.datname = current_database()";

pub(super) async fn examine(look: &Look<'_>) -> Result<Vec<Finding>, DbErr> {
    let invalid = repair::invalid_indexes(&look.db).await?;
    if invalid.is_empty() {
        return Ok(judge(&invalid, &[], None));
    }
    let built: Vec<Built> = look.rows(BUILT, []).await?;
    let built: Vec<String> = built.into_iter().map(|built| built.index).collect();
    let runs = journal::runs(&look.db, &look.opened.state).await?;
    let is_incomplete = !journal::incomplete(&runs).is_empty();
    Ok(judge(&invalid, &built, is_incomplete.then_some(look.database())))
}

/// `incomplete` is the database, where a migration in it is incomplete.
fn judge(invalid: &[String], built: &[String], incomplete: Option<&str>) -> Vec<Finding> {
    if invalid.is_empty() {
        return vec![Finding::fine(CHECK, "all valid")];
    }
    let find = |index: &String| {
        if built.contains(index) {
            let text = format!("`{index}` is being built");
            return Finding::warning(CHECK, text, "wait until it is");
        }
        let text = format!("`{index}` is invalid: no query uses it, and every write keeps it");
        // PostgreSQL's own names for the second index of a REINDEX that failed.
        let is_left_over = index.contains("_ccnew") || index.contains("_ccold");
        let fix = match incomplete {
            _ if is_left_over => format!("let its owner run: DROP INDEX CONCURRENTLY {index};"),
            Some(database) => format!("`repair {database}` shows what stands and finishes it"),
            None => format!("let its owner run: REINDEX INDEX CONCURRENTLY {index};"),
        };
        Finding::problem(CHECK, text, fix)
    };
    invalid.iter().map(find).collect()
}

#[cfg(test)]
mod tests {
    use super::{super::finding::lines, *};

    fn check(invalid: &str, built: &str, incomplete: Option<&str>, expected: &[&str]) {
        let names = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(lines(&judge(&names(invalid), &names(built), incomplete)), expected);
    }

    #[test]
    fn an_invalid_index_is_rebuilt_dropped_or_waited_for() {
        check("", "", None, &["fine: all valid"]);
        check(
            "a b",
            "b",
            None,
            &[
                "problem: `a` is invalid: no query uses it, and every write keeps it; let its owner \
             run: reindex index concurrently a;",
                "warning: `b` is being built; wait until it is",
            ],
        );
        check(
            "a",
            "",
            Some("ecs"),
            &["problem: `a` is invalid: no query uses it, and every write keeps it; `repair ecs` \
             shows what stands and finishes it"],
        );
        check(
            "a_ccnew",
            "",
            Some("ecs"),
            &[
                "problem: `a_ccnew` is invalid: no query uses it, and every write keeps it; let its \
             owner run: drop index concurrently a_ccnew;",
            ],
        );
    }
}
