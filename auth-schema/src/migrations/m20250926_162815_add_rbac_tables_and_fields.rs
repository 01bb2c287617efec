//! Adds `rbac_enabled`, `default_role` and `last_rbac_sync` to `users`, and creates `roles`,
//! `permissions`, `role_permissions`, `user_roles` and `resource_access_control`.
//!
//! `users` is Gatekeeper's: `up` completes it first, and `down` leaves it as Gatekeeper made it.
//!
//! Hazards: `up` locks `users` while it builds two indexes on it; `down` drops the tables and the
//! columns, which loses every role, permission and grant.

use sea_orm_migration::{prelude::*, schema::*};

use crate::gatekeeper;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        gatekeeper::ensure(manager.get_connection()).await?;

        let rbac_columns = Table::alter()
            .table("users")
            .add_column(boolean("rbac_enabled").default(false))
            .add_column(string_len_null("default_role", 50))
            .add_column(timestamp_with_time_zone_null("last_rbac_sync"))
            .to_owned();
        manager.alter_table(rbac_columns).await?;
        for table in
            [roles(), permissions(), role_permissions(), user_roles(), resource_access_control()]
        {
            manager.create_table(table).await?;
        }
        for (table, column) in INDEXED {
            manager.create_index(index(table, column)).await?;
        }
        for table in ["roles", "permissions"] {
            manager.create_index(index(table, "name").unique().to_owned()).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in
            ["resource_access_control", "user_roles", "role_permissions", "permissions", "roles"]
        {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        for name in ["ix_users_default_role", "ix_users_rbac_enabled"] {
            manager.drop_index(Index::drop().name(name).to_owned()).await?;
        }
        let rbac_columns = Table::alter()
            .table("users")
            .drop_column("last_rbac_sync")
            .drop_column("default_role")
            .drop_column("rbac_enabled")
            .to_owned();
        manager.alter_table(rbac_columns).await
    }
}

/// Table and column of each plain index.
const INDEXED: [(&str, &str); 24] = [
    ("users", "default_role"),
    ("users", "rbac_enabled"),
    ("roles", "is_active"),
    ("roles", "is_system_role"),
    ("roles", "level"),
    ("permissions", "is_active"),
    ("permissions", "operation"),
    ("permissions", "resource_type"),
    ("permissions", "scope"),
    ("role_permissions", "expires_at"),
    ("role_permissions", "is_active"),
    ("user_roles", "context_id"),
    ("user_roles", "context_type"),
    ("user_roles", "expires_at"),
    ("user_roles", "is_active"),
    ("user_roles", "role_id"),
    ("user_roles", "user_id"),
    ("resource_access_control", "expires_at"),
    ("resource_access_control", "is_active"),
    ("resource_access_control", "permission_level"),
    ("resource_access_control", "resource_id"),
    ("resource_access_control", "resource_type"),
    ("resource_access_control", "subject_id"),
    ("resource_access_control", "subject_type"),
];

fn index(table: &'static str, column: &'static str) -> IndexCreateStatement {
    Index::create().name(format!("ix_{table}_{column}")).table(table).col(column).to_owned()
}

fn foreign_key(
    table: &'static str,
    column: &'static str,
    to: &'static str,
) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(format!("{table}_{column}_fkey"))
        .from(table, column)
        .to(to, "id")
        .to_owned()
}

fn now_by_default(column: &'static str) -> ColumnDef {
    timestamp_with_time_zone_null(column).default(Expr::current_timestamp()).to_owned()
}

fn roles() -> TableCreateStatement {
    Table::create()
        .table("roles")
        .col(pk_uuid("id"))
        .col(string_len("name", 100))
        .col(text_null("description"))
        .col(integer("level").default(0))
        .col(uuid_null("parent_role_id"))
        .col(boolean("is_system_role").default(false))
        .col(boolean("is_active").default(true))
        .col(now_by_default("created_at"))
        .col(now_by_default("updated_at"))
        .col(json_null("metadata"))
        .foreign_key(&mut foreign_key("roles", "parent_role_id", "roles"))
        .to_owned()
}

fn permissions() -> TableCreateStatement {
    Table::create()
        .table("permissions")
        .col(pk_uuid("id"))
        .col(string_len("name", 100))
        .col(string_len("resource_type", 50))
        .col(string_len("operation", 50))
        .col(string_len("scope", 50).default("own"))
        .col(json_null("conditions"))
        .col(boolean("is_active").default(true))
        .col(now_by_default("created_at"))
        .col(now_by_default("updated_at"))
        .col(json_null("metadata"))
        .to_owned()
}

fn role_permissions() -> TableCreateStatement {
    Table::create()
        .table("role_permissions")
        .col(uuid("role_id"))
        .col(uuid("permission_id"))
        .col(now_by_default("granted_at"))
        .col(uuid_null("granted_by"))
        .col(boolean("is_active").default(true))
        .col(json_null("conditions"))
        .col(timestamp_with_time_zone_null("expires_at"))
        .primary_key(
            Index::create().name("role_permissions_pkey").col("role_id").col("permission_id"),
        )
        .foreign_key(&mut foreign_key("role_permissions", "granted_by", "users"))
        .foreign_key(&mut foreign_key("role_permissions", "permission_id", "permissions"))
        .foreign_key(&mut foreign_key("role_permissions", "role_id", "roles"))
        .to_owned()
}

fn user_roles() -> TableCreateStatement {
    Table::create()
        .table("user_roles")
        .col(pk_uuid("id"))
        .col(uuid("user_id"))
        .col(uuid("role_id"))
        .col(string_len_null("context_type", 50))
        .col(string_len_null("context_id", 255))
        .col(now_by_default("assigned_at"))
        .col(uuid_null("assigned_by"))
        .col(timestamp_with_time_zone_null("expires_at"))
        .col(boolean("is_active").default(true))
        .col(json_null("conditions"))
        .col(json_null("metadata"))
        .foreign_key(&mut foreign_key("user_roles", "assigned_by", "users"))
        .foreign_key(&mut foreign_key("user_roles", "role_id", "roles"))
        .foreign_key(&mut foreign_key("user_roles", "user_id", "users"))
        .to_owned()
}

fn resource_access_control() -> TableCreateStatement {
    Table::create()
        .table("resource_access_control")
        .col(pk_uuid("id"))
        .col(string_len("resource_type", 50))
        .col(string_len("resource_id", 255))
        .col(string_len("subject_type", 50).default("user"))
        .col(string_len("subject_id", 255))
        .col(string_len("permission_level", 50))
        .col(now_by_default("granted_at"))
        .col(uuid_null("granted_by"))
        .col(timestamp_with_time_zone_null("expires_at"))
        .col(boolean("is_active").default(true))
        .col(json_null("conditions"))
        .col(json_null("metadata"))
        .foreign_key(&mut foreign_key("resource_access_control", "granted_by", "users"))
        .to_owned()
}
