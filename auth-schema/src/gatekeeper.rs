//! The table that Gatekeeper manages: reads the catalog for what `users` lacks, and creates that.

use sea_orm::sea_query::{ColumnDef, Index, IndexCreateStatement, Table};
use sea_orm::{
    ConnectionTrait, DbErr, QueryResult, Statement, TransactionSession, TransactionTrait,
};

/// The advisory lock under which `users` is completed: `GATEKEEP` in ASCII.
const LOCK: i64 = 0x4741_5445_4B45_4550;

/// The table that the name `users` means on this connection, its columns and its indexes.
const CATALOG: &str = "\
    SELECT 'table' AS kind, relkind::text AS name FROM pg_class WHERE oid = to_regclass('users') \
    UNION ALL \
    SELECT 'column', attname::text FROM pg_attribute \
    WHERE attrelid = to_regclass('users') AND attnum > 0 AND NOT attisdropped \
    UNION ALL \
    SELECT 'index', relname::text FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid \
    WHERE indrelid = to_regclass('users')";

/// Creates Gatekeeper's part of `users` where it is missing, and returns what it changed.
///
/// It changes nothing that is there and knows nothing of the columns that migrations add to the
/// table. An application calls it at every start: while nothing is missing it costs one query and
/// needs no privilege to create. All changes are made in one transaction, nested in the caller's
/// if `db` is one, and logged; processes that call it at the same time wait for each other.
///
/// # Errors
///
/// [`DbErr::Custom`] if `users` is not a table, or has rows and lacks a column that must not be
/// null; any other error of the database, for example where a unique index finds duplicates.
pub async fn ensure<C>(db: &C) -> Result<Vec<String>, DbErr>
where
    C: ConnectionTrait + TransactionTrait,
{
    if Found::read(db).await?.is_complete() {
        return Ok(Vec::new());
    }
    let changes = match complete(db).await {
        Ok(changes) => changes,
        // Whoever was faster without being seen did the same: Gatekeeper, which knows nothing of
        // the lock, or a process whose work a repeatable read hid from this one.
        Err(_) if Found::read(db).await.is_ok_and(|found| found.is_complete()) => Vec::new(),
        Err(error) => return Err(error),
    };
    for change in &changes {
        tracing::info!("gatekeeper: {change}");
    }
    Ok(changes)
}

async fn complete<C: TransactionTrait>(db: &C) -> Result<Vec<String>, DbErr> {
    let transaction = db.begin().await?;
    transaction.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({LOCK})")).await?;
    // Another process may have created what was missing while this one waited for the lock.
    let found = Found::read(&transaction).await?;
    let mut changes = complete_columns(&transaction, &found).await?;
    changes.extend(complete_indexes(&transaction, &found).await?);
    transaction.commit().await?;
    Ok(changes)
}

/// What stands of `users`.
#[derive(Default)]
struct Found {
    /// The `relkind` of what is called `users`.
    kind: Option<String>,
    columns: Vec<String>,
    indexes: Vec<String>,
}

impl Found {
    async fn read<C: ConnectionTrait>(db: &C) -> Result<Self, DbErr> {
        let catalog = Statement::from_string(db.get_database_backend(), CATALOG);
        let mut found = Self::default();
        for row in db.query_all_raw(catalog).await? {
            let name = row.try_get("", "name")?;
            match row.try_get::<String>("", "kind")?.as_str() {
                "table" => found.kind = Some(name),
                "column" => found.columns.push(name),
                _ => found.indexes.push(name),
            }
        }
        Ok(found)
    }

    fn is_complete(&self) -> bool {
        self.missing_columns().is_empty() && self.missing_indexes().next().is_none()
    }

    fn missing_columns(&self) -> Vec<ColumnDef> {
        let mut columns = columns().to_vec();
        columns.retain(|column| !self.columns.contains(&column.get_column_name()));
        columns
    }

    fn missing_indexes(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        UNIQUE_INDEXES
            .into_iter()
            .filter(|(name, _)| !self.indexes.iter().any(|index| index == name))
    }
}

/// In the order in which Gatekeeper creates them.
fn columns() -> [ColumnDef; 11] {
    [
        ColumnDef::new("id").uuid().not_null().primary_key().take(),
        ColumnDef::new("username").string_len(50).not_null().take(),
        ColumnDef::new("password_hash").string_len(255).not_null().take(),
        ColumnDef::new("role").string_len(20).not_null().take(),
        ColumnDef::new("email").string_len(255).take(),
        ColumnDef::new("profile_picture_url").string_len(500).take(),
        ColumnDef::new("yapcoin_balance").integer().take(),
        ColumnDef::new("is_active").boolean().take(),
        ColumnDef::new("created_at").date_time().take(),
        ColumnDef::new("updated_at").date_time().take(),
        ColumnDef::new("user_metadata").json().take(),
    ]
}

/// Name and column of each.
const UNIQUE_INDEXES: [(&str, &str); 2] =
    [("ix_users_email", "email"), ("ix_users_username", "username")];

fn unique_index(name: &'static str, column: &'static str) -> IndexCreateStatement {
    Index::create().unique().name(name).table("users").col(column).take()
}

async fn complete_columns<C: ConnectionTrait>(db: &C, found: &Found) -> Result<Vec<String>, DbErr> {
    match found.kind.as_deref() {
        None => {
            let mut users = Table::create().table("users").take();
            for column in columns() {
                users.col(column);
            }
            db.execute(&users).await?;
            Ok(vec!["created the table `users`".to_owned()])
        }
        Some("r" | "p") => add_columns(db, found.missing_columns()).await,
        Some(_) => Err(DbErr::Custom("`users` exists and is not a table".to_owned())),
    }
}

async fn add_columns<C: ConnectionTrait>(
    db: &C,
    missing: Vec<ColumnDef>,
) -> Result<Vec<String>, DbErr> {
    if missing.is_empty() {
        return Ok(Vec::new());
    }
    let required: Vec<String> = missing
        .iter()
        .filter(|column| column.get_column_spec().nullable == Some(false))
        .map(|column| format!("`{}`", column.get_column_name()))
        .collect();
    if !required.is_empty() && has_rows(db).await? {
        return Err(DbErr::Custom(format!(
            "`users` has rows and lacks {}: a column that must not be null needs a value for each",
            required.join(", "),
        )));
    }

    let mut users = Table::alter().table("users").take();
    let mut changes = Vec::new();
    for column in missing {
        changes.push(format!("added the column `{}` to `users`", column.get_column_name()));
        users.add_column(column);
    }
    db.execute(&users).await?;
    Ok(changes)
}

async fn has_rows<C: ConnectionTrait>(db: &C) -> Result<bool, DbErr> {
    let exists = Statement::from_string(
        db.get_database_backend(),
        "SELECT EXISTS (SELECT FROM users) AS found",
    );
    let row: Option<QueryResult> = db.query_one_raw(exists).await?;
    row.map_or(Ok(false), |row| row.try_get("", "found"))
}

async fn complete_indexes<C: ConnectionTrait>(db: &C, found: &Found) -> Result<Vec<String>, DbErr> {
    let mut changes = Vec::new();
    for (name, column) in found.missing_indexes() {
        db.execute(&unique_index(name, column)).await?;
        changes.push(format!("created the unique index `{name}` on `users`"));
    }
    Ok(changes)
}
