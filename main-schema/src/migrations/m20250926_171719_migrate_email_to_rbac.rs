//! Turns the accounts of the multi-account e-mail data into grants on the resource type
//! `email_account`, with two partial indexes that look them up.
//!
//! What is read is decided by [`crate::email_data`]: nothing but in production or on demand. The
//! files are parsed whole before a row is written, and a malformed one is an error that names the
//! file and the key, and leaves the database as it was.
//!
//! `down` removes exactly the grants made here, and reads no file.

use std::path::Path;

use sea_orm_migration::{
    prelude::*,
    sea_orm::{DbBackend, JsonValue, Statement},
};
use serde_json::json;

use crate::email_data::{self, EmailData};

const READ_SESSION: &str =
    "SELECT current_setting($1, true) AS role, current_database()::TEXT AS database";

/// The grants come as one parameter, however many they are. `metadata` and `conditions` are cast,
/// because Alembic made `metadata` json where it made the table.
const INSERT_GRANTS: &str = "
INSERT INTO resource_access_control (
    id, resource_type, resource_id, subject_type, subject_id, permission_level,
    granted_at, granted_by, is_active, conditions, metadata
)
SELECT
    gen_random_uuid(), 'email_account', g.account, 'user', g.account, g.permission_level,
    g.granted_at, NULL, true, g.conditions, g.metadata
FROM jsonb_to_recordset($1) AS g (
    account TEXT, permission_level TEXT, granted_at TIMESTAMPTZ, conditions JSONB, metadata JSONB
)
WHERE NOT EXISTS (
    SELECT FROM resource_access_control AS r
    WHERE r.resource_type = 'email_account'
        AND r.resource_id = g.account
        AND r.subject_type = 'user'
        AND r.subject_id = g.account
        AND r.permission_level = g.permission_level
        AND r.metadata::JSONB ->> 'source' = g.metadata ->> 'source'
        AND r.conditions::JSONB ->> 'operation'
            IS NOT DISTINCT FROM g.conditions ->> 'operation'
)";

const DELETE_GRANTS: &str = r#"
DELETE FROM resource_access_control
WHERE resource_type = 'email_account'
    AND metadata::JSONB @> '{"migrated": true}'
    AND metadata::JSONB ->> 'source' IN ('email_account_owner', 'email_permission')"#;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if let EmailData::Folder(folder) = decide(manager).await? {
            insert_grants(manager, &folder).await?;
        }
        let resource = lookup_index("resource").col("resource_id").col("is_active").take();
        manager.create_index(resource).await?;
        // The operation alone: a list of domains may be longer than what an index can hold.
        let operation = Expr::cust("conditions ->> 'operation'");
        let operation = lookup_index("operation").col(operation).col("is_active").take();
        manager.create_index(operation).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in ["idx_email_rbac_operation_lookup", "idx_email_rbac_resource_lookup"] {
            manager.drop_index(Index::drop().name(name).to_owned()).await?;
        }
        manager.get_connection().execute_unprepared(DELETE_GRANTS).await.map(|_| ())
    }
}

async fn decide(manager: &SchemaManager<'_>) -> Result<EmailData, DbErr> {
    let read = Statement::from_sql_and_values(
        DbBackend::Postgres,
        READ_SESSION,
        [email_data::ROLE_SETTING.into()],
    );
    let session = manager.get_connection().query_one_raw(read).await?.ok_or_else(|| {
        DbErr::RecordNotFound("the session has neither a role nor a database".to_owned())
    })?;
    let role: Option<String> = session.try_get("", "role")?;
    let database: String = session.try_get("", "database")?;
    let folder = std::env::var_os(email_data::FOLDER_VARIABLE);
    Ok(email_data::decide(role.as_deref(), folder, &database))
}

async fn insert_grants(manager: &SchemaManager<'_>, folder: &Path) -> Result<(), DbErr> {
    let folder = std::path::absolute(folder).map_err(|error| unreadable(folder, &error))?;
    let accounts = folder.join(email_data::ACCOUNTS);
    let permissions = folder.join(email_data::PERMISSIONS);
    if !is_there(&accounts)? || !is_there(&permissions)? {
        tracing::info!(
            "e-mail data: nothing was read, {} does not hold both {} and {}",
            folder.display(),
            email_data::ACCOUNTS,
            email_data::PERMISSIONS,
        );
        return Ok(());
    }

    let found = email_data::parse(&read(&accounts)?, &read(&permissions)?).map_err(|error| {
        DbErr::Migration(format!("e-mail data in {}: {error}", folder.display()))
    })?;
    let grants = found.grants.into_iter().map(|grant| {
        json!({
            "account": grant.account,
            "permission_level": grant.permission_level,
            "granted_at": grant.granted_at.to_rfc3339(),
            "conditions": grant.conditions,
            "metadata": grant.metadata,
        })
    });
    let grants: JsonValue = grants.collect();
    let insert =
        Statement::from_sql_and_values(DbBackend::Postgres, INSERT_GRANTS, [grants.into()]);
    let made = manager.get_connection().execute_raw(insert).await?.rows_affected();
    tracing::info!(
        "e-mail data: {} accounts read from {}, {made} grants made",
        found.accounts,
        folder.display(),
    );
    Ok(())
}

fn is_there(file: &Path) -> Result<bool, DbErr> {
    file.try_exists().map_err(|error| unreadable(file, &error))
}

fn read(file: &Path) -> Result<String, DbErr> {
    std::fs::read_to_string(file).map_err(|error| unreadable(file, &error))
}

fn unreadable(path: &Path, error: &std::io::Error) -> DbErr {
    DbErr::Migration(format!("e-mail data: `{}` cannot be read: {error}", path.display()))
}

fn lookup_index(subject: &str) -> IndexCreateStatement {
    Index::create()
        .name(format!("idx_email_rbac_{subject}_lookup"))
        .table("resource_access_control")
        .col("resource_type")
        .and_where(Expr::col("resource_type").eq("email_account"))
        .to_owned()
}
