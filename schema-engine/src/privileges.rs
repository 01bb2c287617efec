//! What an application's role may do: use every table and sequence of a database, now and later,
//! and none of the tool's own.
//!
//! Grants on the database of a session.

use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, Statement, TransactionTrait};

/// Why an application role was not given what it needs.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PrivilegeError {
    /// There is no such role on the server.
    #[error(
        "the server has no role `{role}`; let a superuser run: CREATE ROLE {} LOGIN;",
        quoted(role)
    )]
    NoRole {
        /// The role.
        role: String,
    },
    /// The server refused a grant.
    #[error("cannot grant `{role}` what an application needs")]
    Grant {
        /// The role.
        role: String,
        /// What the server said.
        #[source]
        source: DbErr,
    },
}

/// The statements that give an application role `$1` what it needs; the role is quoted in them.
///
/// The tool's own tables are left out, and taken back where an earlier default gave them.
const STATEMENTS: &str = "
    WITH relation AS (
        SELECT c.oid::regclass::text AS name, c.relkind,
               c.oid IN (to_regclass('seaql_migrations'), to_regclass('migration_journal'),
                         to_regclass('migration_journal_id_seq')) AS is_ours
          FROM pg_class c
         WHERE c.relnamespace = current_schema()::regnamespace
           AND NOT EXISTS (SELECT FROM pg_depend d
                            WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
                              AND d.deptype = 'e')
    ), app AS (
        SELECT quote_ident($1) AS role, quote_ident(current_schema()) AS namespace
    )
    SELECT sql FROM app, LATERAL (
        VALUES (1, format('GRANT CONNECT ON DATABASE %I TO %s', current_database(), role)),
               (2, format('GRANT USAGE ON SCHEMA %s TO %s', namespace, role)),
               (3, format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO %s',
                          (SELECT string_agg(name, ', ') FROM relation
                            WHERE relkind IN ('r', 'p', 'v', 'm') AND NOT is_ours), role)),
               (4, format('GRANT USAGE, SELECT, UPDATE ON SEQUENCE %s TO %s',
                          (SELECT string_agg(name, ', ') FROM relation
                            WHERE relkind = 'S' AND NOT is_ours), role)),
               (5, format('ALTER DEFAULT PRIVILEGES IN SCHEMA %s
                           GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO %s', namespace, role)),
               (6, format('ALTER DEFAULT PRIVILEGES IN SCHEMA %s
                           GRANT USAGE, SELECT, UPDATE ON SEQUENCES TO %s', namespace, role)),
               (7, format('REVOKE ALL ON %s FROM %s',
                          (SELECT string_agg(name, ', ') FROM relation
                            WHERE is_ours AND relkind <> 'S'), role)),
               (8, format('REVOKE ALL ON SEQUENCE %s FROM %s',
                          (SELECT string_agg(name, ', ') FROM relation
                            WHERE is_ours AND relkind = 'S'), role))
    ) AS statements (place, sql)
     WHERE sql NOT LIKE '% ON  %' AND sql NOT LIKE '% SEQUENCE  %' ORDER BY place";

/// Takes back what default privileges gave on the tool's own tables, which it has just created.
pub(crate) const KEEP_OWN_TABLES: &str = "
    DO $$
    DECLARE
        relation regclass;
        grantee text;
    BEGIN
        FOREACH relation IN ARRAY array_remove(ARRAY[
            to_regclass('seaql_migrations'), to_regclass('migration_journal'),
            to_regclass('migration_journal_id_seq')], NULL)
        LOOP
            FOR grantee IN
                SELECT DISTINCT quote_ident(pg_get_userbyid(acl.grantee))
                  FROM pg_class c, aclexplode(c.relacl) AS acl
                 WHERE c.oid = relation AND acl.grantee NOT IN (c.relowner, 0)
            LOOP
                EXECUTE format('REVOKE ALL ON %s FROM %s', relation, grantee);
            END LOOP;
        END LOOP;
    END
    $$";

/// Lets `role` use every table and sequence of the database, also those that this session's role
/// makes later, and none of the tool's own. Doing it twice changes nothing.
///
/// # Errors
///
/// [`PrivilegeError`]; then nothing was granted.
pub async fn grant_application(db: &DatabaseConnection, role: &str) -> Result<(), PrivilegeError> {
    let fail = |source| PrivilegeError::Grant { role: role.to_owned(), source };
    let ask =
        |sql: &str| Statement::from_sql_and_values(db.get_database_backend(), sql, [role.into()]);
    let found =
        db.query_one_raw(ask("SELECT FROM pg_roles WHERE rolname = $1")).await.map_err(fail)?;
    if found.is_none() {
        return Err(PrivilegeError::NoRole { role: role.to_owned() });
    }
    let transaction = db.begin().await.map_err(fail)?;
    for row in transaction.query_all_raw(ask(STATEMENTS)).await.map_err(fail)? {
        let sql: String = row.try_get_by_index(0).map_err(fail)?;
        transaction.execute_unprepared(&sql).await.map_err(fail)?;
    }
    transaction.commit().await.map_err(fail)
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
