//! The tables that say which migrations a database has: ours, Alembic's, or none. Pure.

use super::{Finding, look::Look};
use crate::{guard::GuardError, open, state::State};

const CHECK: &str = "version tables";

pub(super) fn examine(look: &Look<'_>) -> Finding {
    let around = look.around;
    let writable = open::check_writable(look.opened, around.run, around.neighbours, around.schemas);
    judge(&look.opened.state, writable)
}

/// What every command that writes would say is a problem here.
fn judge(state: &State, writable: Result<(), GuardError>) -> Finding {
    if let Err(refusal) = writable {
        return Finding::of_error(CHECK, &refusal);
    }
    let Some(history) = &state.history else {
        return Finding::fine(CHECK, "none: nothing has run");
    };
    let journal = match (&state.recorded_schema, state.has_journal) {
        (Some(schema), true) => format!("journal of `{schema}`"),
        // As sea-orm-migration leaves it.
        _ => "no journal yet: another tool applied them".to_owned(),
    };
    let alembic = match state.alembic_versions.as_deref() {
        None => String::new(),
        Some([]) => ", an empty alembic_version beside it".to_owned(),
        Some(revisions) => format!(", alembic_version at {} beside it", revisions.join(", ")),
    };
    Finding::fine(CHECK, format!("history of {}, {journal}{alembic}", history.len()))
}

#[cfg(test)]
mod tests {
    use super::{super::finding::lines, *};
    use crate::state::{Applied, Identity};

    fn check(record: Option<&str>, applied: Option<usize>, alembic: Option<&[&str]>, said: &str) {
        let row = Applied { version: "m1".to_owned(), applied_at: 0 };
        let state = State {
            identity: Identity { system_identifier: 1, database_oid: 1 },
            name: "reynard_ecs".to_owned(),
            server_version: "15.0".to_owned(),
            is_embedded: false,
            recorded_schema: record.map(str::to_owned),
            has_journal: record.is_some(),
            history: applied.map(|count| vec![row; count]),
            alembic_versions: alembic.map(|rows| rows.iter().map(ToString::to_string).collect()),
            tables: Vec::new(),
        };
        assert_eq!(lines(&[judge(&state, Ok(()))]), [said]);
    }

    #[test]
    fn what_is_there_is_said() {
        check(None, None, None, "fine: none: nothing has run");
        check(Some("ecs"), Some(6), None, "fine: history of 6, journal of `ecs`");
        check(None, Some(2), None, "fine: history of 2, no journal yet: another tool applied them");
        check(
            Some("ecs"),
            Some(6),
            Some(&["abc", "def"]),
            "fine: history of 6, journal of `ecs`, alembic_version at abc, def beside it",
        );
    }

    #[test]
    fn what_nobody_may_write_is_a_problem() {
        let refusal = GuardError::OtherSchema {
            name: "d".to_owned(),
            holds: "mcp".to_owned(),
            evidence: "by its record".to_owned(),
            wanted: "ecs",
            origin: "URL".to_owned(),
        };
        let finding = Finding::of_error(CHECK, &refusal);
        assert_eq!(
            lines(&[finding]),
            ["problem: `d` holds the schema `mcp` (by its record), not `ecs`; check url"]
        );
    }
}
