//! What a check says: how bad it is, what it found, and the mend. Pure.

use std::{error::Error, fmt};

use serde::Serialize;

use crate::server_error::chain;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// As it should be.
    Fine,
    /// It may be meant so.
    Warning,
    /// It needs mending.
    Problem,
}

/// One line of what `doctor` says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What was looked at.
    pub check: &'static str,
    /// How bad it is.
    pub level: Level,
    /// What was found.
    pub text: String,
    /// What to do about it; none where nothing needs doing.
    pub fix: Option<String>,
}

impl Finding {
    /// It is as it should be.
    pub(super) fn fine(check: &'static str, text: impl Into<String>) -> Self {
        Self { check, level: Level::Fine, text: text.into(), fix: None }
    }

    /// It may be meant so.
    pub(super) fn warning(
        check: &'static str,
        text: impl Into<String>,
        fix: impl Into<String>,
    ) -> Self {
        Self { check, level: Level::Warning, text: text.into(), fix: Some(fix.into()) }
    }

    /// It needs mending.
    pub(super) fn problem(
        check: &'static str,
        text: impl Into<String>,
        fix: impl Into<String>,
    ) -> Self {
        Self { check, level: Level::Problem, text: text.into(), fix: Some(fix.into()) }
    }

    /// An error of the tool and its causes; what to do about it stands behind a semicolon there.
    pub(super) fn of_error(check: &'static str, error: &(dyn Error + 'static)) -> Self {
        let said = error.to_string();
        let (text, fix) = match said.split_once("; ") {
            Some((text, fix)) => (text.to_owned(), Some(fix.to_owned())),
            None => (said, None),
        };
        let causes = error.source().map(|cause| format!(": {}", chain(cause)));
        Self { check, level: Level::Problem, text: text + &causes.unwrap_or_default(), fix }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.fix {
            Some(fix) => write!(formatter, "{}; {fix}", self.text),
            None => formatter.write_str(&self.text),
        }
    }
}

/// Some names, the first of them in full.
pub(super) fn some<S: AsRef<str>>(names: &[S]) -> String {
    const SHOWN: usize = 4;
    let shown: Vec<&str> = names.iter().take(SHOWN).map(AsRef::as_ref).collect();
    match names.len().saturating_sub(SHOWN) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// Findings as the tests of the checks write them: `level: text; fix`.
#[cfg(test)]
pub(super) fn lines(findings: &[Finding]) -> Vec<String> {
    let line = |finding: &Finding| format!("{:?}: {finding}", finding.level).to_lowercase();
    findings.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{connection::ConnectError, open::OpenError};

    #[test]
    fn an_error_says_what_to_do_behind_a_semicolon() {
        let error = OpenError::Connect(ConnectError::Unreachable {
            host: "db".to_owned(),
            port: 1,
            source: std::io::ErrorKind::ConnectionRefused.into(),
        });
        let finding = Finding::of_error("connection", &error);
        assert_eq!(finding.text, "no server answers at db:1: connection refused");
        assert_eq!(finding.fix, None);
        let error = ConnectError::NoDatabase {
            host: "db".to_owned(),
            port: 1,
            name: "ecs".to_owned(),
            database: "ecs",
        };
        let finding = Finding::of_error("connection", &error);
        assert_eq!(finding.text, "db:1 has no database `ecs`");
        assert_eq!(finding.fix.as_deref(), Some("`setup ecs` creates it"));
    }

    #[test]
    fn of_many_names_some_are_shown() {
        assert_eq!(some(&["a", "b"]), "a, b");
        assert_eq!(some(&["a", "b", "c", "d", "e", "f"]), "a, b, c, d and 2 more");
    }
}
