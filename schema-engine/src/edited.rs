//! Which applied migrations this build has in another form than the one that ran. Pure.

use crate::{journal::Run, schema::Schema};

/// The applied migrations that were edited after they ran, in lineage order: the journal's checksum
/// of the last time that each was applied is not the build's. Where either is missing, nothing is
/// known against it.
pub fn edited(schema: &Schema, applied: &[String], runs: &[Run]) -> Vec<String> {
    let is_edited = |name: &str, checksum: Option<&str>| {
        let last = last_done(runs, name).filter(|run| run.direction == "up");
        let ran = last.and_then(|run| run.checksum.as_deref());
        ran.zip(checksum).is_some_and(|(ran, built)| ran != built)
    };
    let known = schema.migrations.iter().filter(|known| applied.contains(&known.name));
    let edited = known.filter(|known| is_edited(&known.name, known.checksum));
    edited.map(|migration| migration.name.clone()).collect()
}

/// The last run of a migration that did what it was to do.
fn last_done<'a>(runs: &'a [Run], migration: &str) -> Option<&'a Run> {
    runs.iter().rfind(|run| run.migration == migration && run.is_done())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{fixtures, schema::Migration};

    /// `runs` as `migration direction outcome checksum`, one a line.
    fn check(runs: &str, expected: &[&str]) {
        let mut schema = fixtures::schema(&[("m1", None), ("m2", None), ("m3", None)]);
        let checksums = [Some("aa"), Some("bb"), None];
        for (migration, checksum) in std::iter::zip(&mut schema.migrations, checksums) {
            let Migration { checksum: built, .. } = migration;
            *built = checksum;
        }
        let runs: Vec<Run> = runs.lines().map(run).collect();
        let applied = ["m1", "m2", "m3"].map(str::to_owned);
        assert_eq!(edited(&schema, &applied, &runs), expected, "{runs:?}");
        assert_eq!(edited(&schema, &[], &runs), [""; 0], "{runs:?}");
    }

    fn run(line: &str) -> Run {
        let mut words = line.split_whitespace().map(str::to_owned);
        let mut word = || words.next().expect("four words");
        Run {
            id: 1,
            migration: word(),
            direction: word(),
            outcome: Some(word()),
            checksum: Some(word()).filter(|checksum| checksum != "-"),
            kind: "sql".to_owned(),
            started_at: sea_orm::prelude::DateTimeUtc::UNIX_EPOCH.into(),
            finished_at: None,
            duration_ms: None,
            error: None,
            statements_done: None,
            actor: "ana".to_owned(),
            host: "here".to_owned(),
            tool_version: "1".to_owned(),
        }
    }

    #[test]
    fn what_ran_last_is_held_against_the_build() {
        check("m1 up done aa\nm2 up done bb\nm3 up done cc", &[]);
        check("m1 up done ab\nm2 up done bc", &["m1", "m2"]);
        check("m1 up done ab\nm1 down done ab\nm1 up done aa", &[]);
        check("m1 up done aa\nm1 up failed ab", &[]);
        // Reverted by this tool, applied again by another one.
        check("m1 up done ab\nm1 down done ab", &[]);
    }

    #[test]
    fn what_is_not_known_is_no_edit() {
        check("", &[]);
        check("m1 up done -", &[]);
        check("m9 up done zz", &[]);
    }
}
