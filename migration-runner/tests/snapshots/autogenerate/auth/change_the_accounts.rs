//! Change the accounts.
//!
//! - Renames the table `ssh_key_access_logs` to `ssh_key_uses`.
//! - Renames `comment` of `ssh_keys` to `label`.
//! - Renames `last_rbac_sync` of `users` to `rbac_synced_at`.
//! - Adds the label `watch` to `devicekind`.
//! - Adds the label `deployment` to `sshkeyusage`.
//! - Drops the table `ssh_key_rotation_logs`.
//! - Requires `name` of `ssh_keys`.
//!
//! `up` loses the rows of `ssh_key_rotation_logs`; `down` does not bring that back.
//!
//! Hazards: `up` fails where `name` of `ssh_keys` is null.

use sea_orm_migration::{
    prelude::{extension::postgres::Type, *},
    schema::*,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let ssh_key_uses = Table::rename().table("ssh_key_access_logs", "ssh_key_uses").to_owned();
        manager.rename_table(ssh_key_uses).await?;

        let ssh_keys =
            Table::alter().table("ssh_keys").rename_column("comment", "label").to_owned();
        manager.alter_table(ssh_keys).await?;

        let users = Table::alter()
            .table("users")
            .rename_column("last_rbac_sync", "rbac_synced_at")
            .to_owned();
        manager.alter_table(users).await?;

        let devicekind = Type::alter().name("devicekind").add_value("watch").before("phone");
        manager.alter_type(devicekind).await?;

        manager.alter_type(Type::alter().name("sshkeyusage").add_value("deployment")).await?;
        manager.drop_table(Table::drop().table("ssh_key_rotation_logs").to_owned()).await?;

        let ssh_keys = Table::alter()
            .table("ssh_keys")
            .modify_column(ColumnDef::new("name").not_null())
            .to_owned();
        manager.alter_table(ssh_keys).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();

        let ssh_key_access_logs =
            Table::rename().table("ssh_key_uses", "ssh_key_access_logs").to_owned();
        manager.rename_table(ssh_key_access_logs).await?;

        let ssh_keys =
            Table::alter().table("ssh_keys").rename_column("label", "comment").to_owned();
        manager.alter_table(ssh_keys).await?;

        let users = Table::alter()
            .table("users")
            .rename_column("rbac_synced_at", "last_rbac_sync")
            .to_owned();
        manager.alter_table(users).await?;

        connection
            .execute_unprepared(
                "ALTER TYPE devicekind RENAME TO devicekind__old;
                 CREATE TYPE devicekind AS ENUM ('laptop', 'phone');
                 ALTER TABLE ONLY user_devices ALTER COLUMN kind DROP DEFAULT;
                 ALTER TABLE user_devices ALTER COLUMN kind TYPE devicekind
                     USING kind::text::devicekind;
                 ALTER TABLE ONLY user_devices ALTER COLUMN kind SET DEFAULT 'laptop'::devicekind;
                 DROP TYPE devicekind__old;
                 ALTER TYPE sshkeyusage RENAME TO sshkeyusage__old;
                 CREATE TYPE sshkeyusage AS ENUM ('authentication', 'signing', 'encryption',
                     'multipurpose');
                 ALTER TABLE ssh_keys ALTER COLUMN usage TYPE sshkeyusage
                     USING usage::text::sshkeyusage;
                 DROP TYPE sshkeyusage__old",
            )
            .await?;

        let ssh_key_rotation_logs = Table::create()
            .table("ssh_key_rotation_logs")
            .col(pk_uuid("id"))
            .col(string_len_null("old_key_id", 255))
            .col(string_len("new_key_id", 255))
            .col(string_len("user_id", 255))
            .col(string_len("rotation_type", 50))
            .col(text_null("reason"))
            .col(string_len("initiated_by", 255))
            .col(boolean_null("old_key_expired"))
            .col(boolean_null("old_key_revoked"))
            .col(boolean_null("migration_completed"))
            .col(boolean_null("authorized_keys_updated"))
            .col(text_null("target_hosts"))
            .col(timestamp_with_time_zone_default_now("started_at"))
            .col(timestamp_with_time_zone_null("completed_at"))
            .col(text_null("rotation_metadata"))
            .to_owned();
        manager.create_table(ssh_key_rotation_logs).await?;

        let ix_ssh_key_rotation_logs_new_key_id = Index::create()
            .name("ix_ssh_key_rotation_logs_new_key_id")
            .table("ssh_key_rotation_logs")
            .col("new_key_id")
            .to_owned();
        manager.create_index(ix_ssh_key_rotation_logs_new_key_id).await?;

        let ix_ssh_key_rotation_logs_old_key_id = Index::create()
            .name("ix_ssh_key_rotation_logs_old_key_id")
            .table("ssh_key_rotation_logs")
            .col("old_key_id")
            .to_owned();
        manager.create_index(ix_ssh_key_rotation_logs_old_key_id).await?;

        let ix_ssh_key_rotation_logs_user_id = Index::create()
            .name("ix_ssh_key_rotation_logs_user_id")
            .table("ssh_key_rotation_logs")
            .col("user_id")
            .to_owned();
        manager.create_index(ix_ssh_key_rotation_logs_user_id).await?;

        let ssh_keys = Table::alter()
            .table("ssh_keys")
            .modify_column(ColumnDef::new("name").null())
            .to_owned();
        manager.alter_table(ssh_keys).await
    }
}
