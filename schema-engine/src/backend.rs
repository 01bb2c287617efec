//! Other sessions of a server: whoever holds what a run waits for. Reads the server's statistics.

use std::fmt;

use sea_orm::{
    FromQueryResult,
    sqlx::{self, Executor, PgConnection, Row, postgres::PgRow},
};
use serde::Serialize;

/// A session of the server, as another session sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, FromQueryResult)]
pub struct Backend {
    /// The process of the server that serves it.
    pub pid: i32,
    /// What it calls itself; empty where it does not.
    pub application: String,
    /// The address that it came from; none for a local socket, or where our role may not know.
    pub client: Option<String>,
    /// When it connected.
    pub since: Option<String>,
    /// The first words of what it runs: the rest may hold what is nobody's business.
    pub command: Option<String>,
}

/// The columns of a [`Backend`], of `pg_stat_activity AS a`.
pub(crate) const COLUMNS: &str = "
    a.pid, coalesce(a.application_name, '') AS application, host(a.client_addr) AS client,
    to_char(a.backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS \"UTC\"') AS since,
    CASE WHEN a.state = 'active'
         THEN array_to_string((regexp_split_to_array(ltrim(a.query), '\\s+'))[1:2], ' ')
    END AS command";

impl Backend {
    /// The sessions that `sql` selects as [`COLUMNS`]; it takes no values, so that a pooler passes
    /// it on as it is.
    pub(crate) async fn select(db: &mut PgConnection, sql: &str) -> sqlx::Result<Vec<Self>> {
        db.fetch_all(sqlx::raw_sql(sqlx::AssertSqlSafe(sql)))
            .await?
            .iter()
            .map(Self::read)
            .collect()
    }

    fn read(row: &PgRow) -> sqlx::Result<Self> {
        Ok(Self {
            pid: row.try_get("pid")?,
            application: row.try_get("application")?,
            client: row.try_get("client")?,
            since: row.try_get("since")?,
            command: row.try_get("command")?,
        })
    }
}

impl fmt::Display for Backend {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "pid {}", self.pid)?;
        let name = Some(format!("`{}`", self.application)).filter(|name| name != "``");
        let place = self.client.as_ref().map(|client| format!("from {client}"));
        let since = self.since.as_ref().map(|since| format!("since {since}"));
        let command = self.command.as_ref().map(|command| format!("running {command}"));
        let known: Vec<String> = [name, place, since, command].into_iter().flatten().collect();
        if known.is_empty() { Ok(()) } else { write!(formatter, " ({})", known.join(", ")) }
    }
}

/// Several sessions as a sentence has them.
pub fn list(backends: &[Backend]) -> String {
    if backends.is_empty() {
        return "a session that is gone already".to_owned();
    }
    backends.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_of_a_session_is_left_out() {
        let bare = Backend {
            pid: 7,
            application: String::new(),
            client: None,
            since: None,
            command: None,
        };
        assert_eq!(bare.to_string(), "pid 7");
        let whole = Backend {
            application: "psql".to_owned(),
            client: Some("10.0.0.7".to_owned()),
            since: Some("2026-02-03 04:05:06 UTC".to_owned()),
            command: Some("ALTER TABLE".to_owned()),
            ..bare
        };
        assert_eq!(
            whole.to_string(),
            "pid 7 (`psql`, from 10.0.0.7, since 2026-02-03 04:05:06 UTC, running ALTER TABLE)"
        );
    }
}
