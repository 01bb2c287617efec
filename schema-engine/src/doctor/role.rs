//! What the role of the URL may do: migrate, or read alone. Reads the catalog.

use std::collections::BTreeSet;

use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, Statement};

use super::{Finding, finding::some, look::Look};
use crate::{
    catalog::identifier::quote,
    state::{HISTORY_TABLE, JOURNAL_TABLE},
};

pub(super) const CHECK: &str = "privileges";

/// Who looks, and how.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct Role {
    pub(super) name: String,
    pub(super) is_superuser: bool,
    /// Whether it may create namespaces, and the extensions that the server trusts.
    pub(super) creates_in_database: bool,
    /// Whether it may create tables.
    pub(super) creates_in_namespace: bool,
    /// Protocol and cipher of the connection, where it is encrypted.
    pub(super) encryption: Option<String>,
}

const ROLE: &str = "
    SELECT current_user::text AS name, r.rolsuper AS is_superuser,
           has_database_privilege(current_database(), 'CREATE') AS creates_in_database,
           coalesce(has_schema_privilege('public', 'CREATE'), false) AS creates_in_namespace,
           (SELECT concat_ws(', ', s.version, s.cipher) FROM pg_stat_ssl s
             WHERE s.pid = pg_backend_pid() AND s.ssl) AS encryption
      FROM pg_roles r WHERE r.rolname = current_user";

impl Role {
    pub(super) async fn read(db: &impl ConnectionTrait) -> Result<Self, DbErr> {
        let query = Statement::from_string(db.get_database_backend(), ROLE);
        let role = Self::find_by_statement(query).one(db).await?;
        role.ok_or_else(|| DbErr::RecordNotFound("the role of the session".to_owned()))
    }
}

/// A table of the namespace.
#[derive(Debug, FromQueryResult)]
struct Owned {
    table: String,
    owner: String,
    is_ours: bool,
}

const OWNED: &str = "
    SELECT c.relname::text AS table, pg_get_userbyid(c.relowner)::text AS owner,
           pg_has_role(c.relowner, 'USAGE') AS is_ours
      FROM pg_class c
     WHERE c.relkind IN ('r', 'p') AND c.relnamespace = to_regnamespace('public')
     ORDER BY 1";

pub(super) async fn examine(look: &Look<'_>) -> Result<Vec<Finding>, DbErr> {
    let mut tables: Vec<Owned> = look.rows(OWNED, []).await?;
    let known = look.opened.schema.tables;
    let is_known =
        |table: &str| known.contains(&table) || table == HISTORY_TABLE || table == JOURNAL_TABLE;
    tables.retain(|owned| is_known(&owned.table));
    Ok(vec![judge(&look.role, &tables)])
}

fn judge(role: &Role, tables: &[Owned]) -> Finding {
    let name = &role.name;
    if role.is_superuser {
        return Finding::fine(CHECK, format!("`{name}` is a superuser"));
    }
    let foreign: Vec<&Owned> = tables.iter().filter(|table| !table.is_ours).collect();
    let owners: BTreeSet<&str> = foreign.iter().map(|table| table.owner.as_str()).collect();
    let owners: Vec<String> = owners.iter().map(|owner| format!("`{owner}`")).collect();
    let owns_none = foreign.len() == tables.len();
    let grant = format!("let its owner run: GRANT CREATE ON SCHEMA public TO {};", quote(name));
    match (role.creates_in_namespace, foreign.is_empty()) {
        (true, true) => {
            let owns = if tables.is_empty() { "" } else { " and owns every table" };
            Finding::fine(CHECK, format!("`{name}` may create in `public`{owns}"))
        }
        (false, _) if owns_none => {
            let who = if owners.is_empty() {
                "the owner of the database".to_owned()
            } else {
                some(&owners)
            };
            let text = format!("`{name}` may read, and not migrate: it may not create in `public`");
            Finding::warning(CHECK, text, format!("migrate as {who}"))
        }
        (false, _) => {
            Finding::problem(CHECK, format!("`{name}` may not create in `public`"), grant)
        }
        (true, false) => {
            let names: Vec<&str> = foreign.iter().map(|table| table.table.as_str()).collect();
            let text = format!("`{name}` does not own {}", some(&names));
            let first = names.first().copied().unwrap_or_default();
            let fix = format!(
                "migrate as {}, or let a superuser run for each: ALTER TABLE {} OWNER TO {};",
                some(&owners),
                quote(first),
                quote(name)
            );
            Finding::problem(CHECK, text, fix)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::finding::lines, *};

    /// `tables` as `table=owner`; the role is `ana`.
    fn check(creates_in_namespace: bool, tables: &str, expected: &str) {
        let role = Role {
            name: "ana".to_owned(),
            is_superuser: false,
            creates_in_database: false,
            creates_in_namespace,
            encryption: None,
        };
        let owned = |pair: &str| {
            let (table, owner) = pair.split_once('=').unwrap();
            Owned { table: table.to_owned(), owner: owner.to_owned(), is_ours: owner == "ana" }
        };
        let tables: Vec<Owned> = tables.split_whitespace().map(owned).collect();
        assert_eq!(lines(&[judge(&role, &tables)]), [expected]);
    }

    #[test]
    fn a_role_migrates_or_reads_or_lacks_something() {
        check(true, "", "fine: `ana` may create in `public`");
        check(true, "notes=ana", "fine: `ana` may create in `public` and owns every table");
        check(
            false,
            "",
            "warning: `ana` may read, and not migrate: it may not create in `public`; migrate as \
             the owner of the database",
        );
        check(
            false,
            "notes=bob tags=bob",
            "warning: `ana` may read, and not migrate: it may not create in `public`; migrate as \
             `bob`",
        );
        check(
            false,
            "notes=ana tags=bob",
            "problem: `ana` may not create in `public`; let its owner run: grant create on schema \
             public to ana;",
        );
        check(
            true,
            "notes=ana tags=bob todos=eve",
            "problem: `ana` does not own tags, todos; migrate as `bob`, `eve`, or let a superuser \
             run for each: alter table tags owner to ana;",
        );
    }
}
