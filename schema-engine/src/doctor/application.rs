//! What an application's role may do, held against what `setup --app-role` gives. Reads the
//! catalog.

use sea_orm::{DbErr, FromQueryResult};

use super::{Finding, finding::some, look::Look};
use crate::{catalog::identifier::quote, privileges::PrivilegeError};

pub(super) const CHECK: &str = "application role";

/// What the role has beside its rights on single tables.
#[derive(Debug, Clone, Copy, FromQueryResult)]
#[expect(clippy::struct_excessive_bools, reason = "the columns of the query")]
struct Standing {
    is_superuser: bool,
    connects: bool,
    uses_namespace: bool,
    /// Whether it is to have what is made later, by whoever owns the history.
    has_later_tables: bool,
}

const STANDING: &str = "
    SELECT r.rolsuper AS is_superuser,
           has_database_privilege(r.oid, current_database(), 'CONNECT') AS connects,
           coalesce(has_schema_privilege(r.oid, to_regnamespace('public'), 'USAGE'), false)
               AS uses_namespace,
           EXISTS (SELECT FROM pg_default_acl d, aclexplode(d.defaclacl) a
                    WHERE d.defaclobjtype = 'r' AND a.privilege_type = 'INSERT'
                      AND d.defaclnamespace IN (0, to_regnamespace('public'))
                      AND d.defaclrole = coalesce(
                              (SELECT c.relowner FROM pg_class c
                                WHERE c.oid = to_regclass('public.seaql_migrations')),
                              (SELECT oid FROM pg_roles WHERE rolname = current_user))
                      AND (a.grantee = 0 OR pg_has_role(r.oid, a.grantee, 'USAGE')))
               AS has_later_tables
      FROM pg_roles r WHERE r.rolname = $1";

/// A table, view or sequence, and what of it is not as it should be.
#[derive(Debug, FromQueryResult)]
struct Relation {
    name: String,
    is_ours: bool,
    /// Of a table of the tool: what the role has. Of any other: what it lacks.
    wrong: String,
}

/// The relations that `setup --app-role` speaks of.
const RELATIONS: &str = "
    WITH relation AS (
        SELECT c.oid, c.relname::text AS name, c.relkind = 'S' AS is_sequence,
               c.oid IN (to_regclass('public.seaql_migrations'),
                         to_regclass('public.migration_journal'),
                         to_regclass('public.migration_journal_id_seq')) AS is_ours
          FROM pg_class c
         WHERE c.relnamespace = to_regnamespace('public')
           AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
           AND NOT EXISTS (SELECT FROM pg_depend d
                            WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
                              AND d.deptype = 'e')
    ), judged AS (
        SELECT name, is_ours, string_agg(privilege, ', ' ORDER BY place) FILTER (
                   WHERE is_ours = CASE WHEN is_sequence
                                        THEN has_sequence_privilege($1, oid, privilege)
                                        ELSE has_table_privilege($1, oid, privilege) END) AS wrong
          FROM relation, unnest(
                   CASE WHEN is_sequence THEN ARRAY['USAGE', 'SELECT', 'UPDATE']
                        WHEN is_ours THEN ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']
                        ELSE ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE'] END)
                   WITH ORDINALITY AS wanted (privilege, place)
         GROUP BY name, is_ours
    )
    SELECT name, is_ours, wrong FROM judged WHERE wrong IS NOT NULL ORDER BY name";

pub(super) async fn examine(look: &Look<'_>, role: &str) -> Result<Vec<Finding>, DbErr> {
    let standing: Vec<Standing> = look.rows(STANDING, [role.into()]).await?;
    let Some(standing) = standing.first() else {
        let error = PrivilegeError::NoRole { role: role.to_owned() };
        return Ok(vec![Finding::of_error(CHECK, &error)]);
    };
    let relations: Vec<Relation> = look.rows(RELATIONS, [role.into()]).await?;
    Ok(judge(role, look.database(), *standing, &relations))
}

fn judge(role: &str, database: &str, standing: Standing, relations: &[Relation]) -> Vec<Finding> {
    if standing.is_superuser {
        let text = format!("`{role}` is a superuser: nothing is closed to it");
        let fix = format!("let a superuser run: ALTER ROLE {} NOSUPERUSER;", quote(role));
        return vec![Finding::problem(CHECK, text, fix)];
    }
    let grant = format!("`setup {database} --app-role {role}`, run by the owner, puts it right");
    let mut findings = Vec::new();
    let (ours, others): (Vec<_>, Vec<_>) = relations.iter().partition(|found| found.is_ours);
    let of = |found: &[&Relation]| -> Vec<String> {
        found.iter().map(|found| format!("{} on {}", found.wrong, found.name)).collect()
    };
    if !ours.is_empty() {
        let text = format!("`{role}` may touch the tool's tables: {}", of(&ours).join("; "));
        findings.push(Finding::problem(CHECK, text, grant.as_str()));
    }
    let mut lacks = Vec::new();
    if !standing.connects {
        lacks.push("CONNECT on the database".to_owned());
    }
    if !standing.uses_namespace {
        lacks.push("USAGE on the schema public".to_owned());
    }
    lacks.extend(of(&others));
    if !lacks.is_empty() {
        let text = format!("`{role}` lacks {}", some(&lacks));
        findings.push(Finding::problem(CHECK, text, grant.as_str()));
    }
    if !standing.has_later_tables {
        let text = format!("`{role}` will lack the tables that are made later");
        findings.push(Finding::warning(CHECK, text, grant));
    }
    if findings.is_empty() {
        let text = format!("`{role}` may use every table and sequence, and none of the tool's");
        findings.push(Finding::fine(CHECK, text));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::{super::finding::lines, *};

    const WELL: Standing = Standing {
        is_superuser: false,
        connects: true,
        uses_namespace: true,
        has_later_tables: true,
    };

    /// `relations` as `name=wrong`; those of the tool begin with its names.
    fn check(standing: Standing, relations: &[&str], expected: &[&str]) {
        let relation = |pair: &&str| {
            let (name, wrong) = pair.split_once('=').unwrap();
            let is_ours = name == "seaql_migrations";
            Relation { name: name.to_owned(), is_ours, wrong: wrong.to_owned() }
        };
        let relations: Vec<Relation> = relations.iter().map(relation).collect();
        assert_eq!(lines(&judge("app", "ecs", standing, &relations)), expected);
    }

    #[test]
    fn an_application_uses_everything_but_the_tools_tables() {
        check(WELL, &[], &["fine: `app` may use every table and sequence, and none of the tool's"]);
        check(
            Standing { uses_namespace: false, ..WELL },
            &["agents=INSERT, DELETE", "seaql_migrations=SELECT"],
            &[
                "problem: `app` may touch the tool's tables: select on seaql_migrations; `setup \
                 ecs --app-role app`, run by the owner, puts it right",
                "problem: `app` lacks usage on the schema public, insert, delete on agents; `setup \
                 ecs --app-role app`, run by the owner, puts it right",
            ],
        );
        check(
            Standing { has_later_tables: false, ..WELL },
            &[],
            &["warning: `app` will lack the tables that are made later; `setup ecs --app-role \
               app`, run by the owner, puts it right"],
        );
        check(
            Standing { is_superuser: true, ..WELL },
            &[],
            &[
                "problem: `app` is a superuser: nothing is closed to it; let a superuser run: alter \
               role app nosuperuser;",
            ],
        );
    }
}
