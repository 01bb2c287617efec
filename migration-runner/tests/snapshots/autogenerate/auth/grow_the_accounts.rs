//! Grow the accounts.
//!
//! - Drops the index `ix_ssh_keys_fingerprint`.
//! - Drops the index `ix_users_default_role`.
//! - Drops the constraint `ssh_keys_fingerprint_key`.
//! - Creates the type `devicekind`.
//! - Creates the table `user_devices`.
//! - Adds `logins` to `users`.
//! - Changes `scope` of `permissions` from `character varying(50)` to `character varying(80)`.
//! - Changes `key_length` of `ssh_keys` from `integer` to `smallint`.
//! - Lets `name` of `ssh_keys` be null.
//! - Changes `usage_count` of `ssh_keys` from `integer` to `bigint`.
//! - Requires `is_primary` of `ssh_keys`.
//! - Gives `is_primary` of `ssh_keys` a default.
//! - Changes `default_role` of `users` from `character varying(50)` to `character varying(100)`.
//! - Creates the index `ssh_keys_public_key_hash_key`.
//! - Creates the index `ix_users_last_rbac_sync`.
//!
//! Reversible, at a price: `down` loses the rows of `user_devices` and what `logins` of `users`
//! holds.
//!
//! Hazards: `up` writes all of `ssh_keys` anew, which nobody can use meanwhile; it fails where
//! `is_primary` of `ssh_keys` is null; it fails on duplicates and keeps everybody from writing
//! `ssh_keys` for a while; it keeps everybody from writing `users` for a while.

use sea_orm_migration::{
    prelude::{extension::postgres::Type, *},
    schema::*,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name("ix_ssh_keys_fingerprint").to_owned()).await?;
        manager.drop_index(Index::drop().name("ix_users_default_role").to_owned()).await?;

        let ssh_keys =
            Table::alter().table("ssh_keys").drop_constraint("ssh_keys_fingerprint_key").to_owned();
        manager.alter_table(ssh_keys).await?;

        let devicekind =
            Type::create().as_enum("devicekind").values(["laptop", "phone"]).to_owned();
        manager.create_type(devicekind).await?;

        let user_devices = Table::create()
            .table("user_devices")
            .col(uuid("user_id"))
            .col(small_integer("place"))
            .col(custom("kind", "devicekind").default("laptop"))
            .col(string_len("token_hash", 64))
            .col(uuid_null("ssh_key_id"))
            .col(timestamp_with_time_zone_null("seen_at"))
            .primary_key(Index::create().name("user_devices_pkey").col("user_id").col("place"))
            .foreign_key(
                ForeignKey::create()
                    .name("user_devices_ssh_key_id_fkey")
                    .from("user_devices", "ssh_key_id")
                    .to("ssh_keys", "id")
                    .on_delete(ForeignKeyAction::SetNull),
            )
            .foreign_key(
                ForeignKey::create()
                    .name("user_devices_user_id_fkey")
                    .from("user_devices", "user_id")
                    .to("users", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .to_owned();
        manager.create_table(user_devices).await?;

        let ix_user_devices_seen_at = Index::create()
            .name("ix_user_devices_seen_at")
            .table("user_devices")
            .col("seen_at")
            .to_owned();
        manager.create_index(ix_user_devices_seen_at).await?;

        let user_devices_token_hash_key = Index::create()
            .unique()
            .name("user_devices_token_hash_key")
            .table("user_devices")
            .col("token_hash")
            .to_owned();
        manager.create_index(user_devices_token_hash_key).await?;

        let users =
            Table::alter().table("users").add_column(integer("logins").default(0)).to_owned();
        manager.alter_table(users).await?;

        let permissions = Table::alter()
            .table("permissions")
            .modify_column(ColumnDef::new("scope").string_len(80))
            .to_owned();
        manager.alter_table(permissions).await?;

        let ssh_keys = Table::alter()
            .table("ssh_keys")
            .modify_column(ColumnDef::new("key_length").small_integer())
            .modify_column(ColumnDef::new("name").null())
            .modify_column(ColumnDef::new("usage_count").big_integer())
            .modify_column(ColumnDef::new("is_primary").not_null().default(false))
            .to_owned();
        manager.alter_table(ssh_keys).await?;

        let users = Table::alter()
            .table("users")
            .modify_column(ColumnDef::new("default_role").string_len(100))
            .to_owned();
        manager.alter_table(users).await?;

        let ssh_keys_public_key_hash_key = Index::create()
            .unique()
            .name("ssh_keys_public_key_hash_key")
            .table("ssh_keys")
            .col("public_key_hash")
            .to_owned();
        manager.create_index(ssh_keys_public_key_hash_key).await?;

        let ix_users_last_rbac_sync = Index::create()
            .name("ix_users_last_rbac_sync")
            .table("users")
            .col("last_rbac_sync")
            .to_owned();
        manager.create_index(ix_users_last_rbac_sync).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        manager.drop_index(Index::drop().name("ssh_keys_public_key_hash_key").to_owned()).await?;
        manager.drop_index(Index::drop().name("ix_users_last_rbac_sync").to_owned()).await?;
        manager.drop_table(Table::drop().table("user_devices").to_owned()).await?;
        manager.alter_table(Table::alter().table("users").drop_column("logins").to_owned()).await?;

        let permissions = Table::alter()
            .table("permissions")
            .modify_column(ColumnDef::new("scope").string_len(50))
            .to_owned();
        manager.alter_table(permissions).await?;

        let ssh_keys = Table::alter()
            .table("ssh_keys")
            .modify_column(ColumnDef::new("key_length").integer())
            .modify_column(ColumnDef::new("name").not_null())
            .modify_column(ColumnDef::new("usage_count").integer())
            .modify_column(ColumnDef::new("is_primary").null())
            .to_owned();
        manager.alter_table(ssh_keys).await?;

        connection
            .execute_unprepared("ALTER TABLE ONLY ssh_keys ALTER COLUMN is_primary DROP DEFAULT")
            .await?;

        let users = Table::alter()
            .table("users")
            .modify_column(ColumnDef::new("default_role").string_len(50))
            .to_owned();
        manager.alter_table(users).await?;

        connection
            .execute_unprepared(
                "ALTER TABLE ssh_keys
                     ADD CONSTRAINT ssh_keys_fingerprint_key UNIQUE (fingerprint)",
            )
            .await?;

        let ix_ssh_keys_fingerprint = Index::create()
            .name("ix_ssh_keys_fingerprint")
            .table("ssh_keys")
            .col("fingerprint")
            .to_owned();
        manager.create_index(ix_ssh_keys_fingerprint).await?;

        let ix_users_default_role = Index::create()
            .name("ix_users_default_role")
            .table("users")
            .col("default_role")
            .to_owned();
        manager.create_index(ix_users_default_role).await?;

        manager.drop_type(Type::drop().name("devicekind").to_owned()).await
    }
}
