//! Who would be waited for: other runners, and whoever has used the tables for long. Reads the
//! server's statistics.

use sea_orm::DbErr;

use super::{Finding, look::Look};
use crate::{
    backend::{self, Backend},
    lock,
};

pub(super) const CHECK: &str = "locks";

/// Sessions that keep a table of the namespace for longer than a migration waits for its lock.
fn long_users() -> String {
    format!(
        "SELECT {} FROM pg_stat_activity a
          WHERE a.pid <> pg_backend_pid() AND a.xact_start < clock_timestamp() - interval '5 s'
            AND coalesce(a.backend_type, 'client backend') = 'client backend'
            AND EXISTS (
                SELECT FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
                 WHERE l.pid = a.pid AND l.locktype = 'relation' AND l.granted
                   AND l.database = (SELECT oid FROM pg_database
                                      WHERE datname = current_database())
                   AND c.relkind IN ('r', 'p')
                   AND c.relnamespace = to_regnamespace('public'))
          ORDER BY a.pid",
        backend::COLUMNS
    )
}

pub(super) async fn examine(look: &Look<'_>) -> Result<Vec<Finding>, DbErr> {
    let runners: Vec<Backend> = look.rows(&lock::holders_of(lock::RUNNER), []).await?;
    let workers: Vec<Backend> = look.rows(&lock::holders_of(lock::WORKER), []).await?;
    let users: Vec<Backend> = look.rows(&long_users(), []).await?;
    Ok(judge(&runners, &workers, &users))
}

fn judge(runners: &[Backend], workers: &[Backend], users: &[Backend]) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let Some(runner) = runners.first() {
        let text = format!("another runner works: {}", backend::list(runners));
        findings.push(Finding::warning(CHECK, text, wait_or_end(runner)));
    } else if let Some(worker) = workers.first() {
        let holders = backend::list(workers);
        let text = format!("a statement of a runner that is gone still runs: {holders}");
        findings.push(Finding::warning(CHECK, text, wait_or_end(worker)));
    }
    for user in users.iter().filter(|user| !workers.contains(user)) {
        let text = format!("a migration would wait for a transaction that uses tables: {user}");
        findings.push(Finding::warning(CHECK, text, wait_or_end(user)));
    }
    if findings.is_empty() {
        findings.push(Finding::fine(CHECK, "no other runner, no long transaction"));
    }
    findings
}

fn wait_or_end(backend: &Backend) -> String {
    format!("wait for it, or end it: SELECT pg_terminate_backend({});", backend.pid)
}

#[cfg(test)]
mod tests {
    use super::{super::finding::lines, *};

    fn check(runners: &[i32], workers: &[i32], users: &[i32], expected: &[&str]) {
        let backends = |pids: &[i32]| -> Vec<Backend> {
            let backend = |pid: &i32| Backend {
                pid: *pid,
                application: String::new(),
                client: None,
                since: None,
                command: None,
            };
            pids.iter().map(backend).collect()
        };
        let findings = judge(&backends(runners), &backends(workers), &backends(users));
        assert_eq!(lines(&findings), expected);
    }

    #[test]
    fn whoever_is_waited_for_is_named_once() {
        check(&[], &[], &[], &["fine: no other runner, no long transaction"]);
        check(
            &[7],
            &[8],
            &[8],
            &["warning: another runner works: pid 7; wait for it, or end it: select \
               pg_terminate_backend(7);"],
        );
        check(
            &[],
            &[8],
            &[8, 9],
            &[
                "warning: a statement of a runner that is gone still runs: pid 8; wait for it, or \
                 end it: select pg_terminate_backend(8);",
                "warning: a migration would wait for a transaction that uses tables: pid 9; wait \
                 for it, or end it: select pg_terminate_backend(9);",
            ],
        );
    }
}
