//! Creates `ssh_keys` with a log of each use and of each rotation, and the enums of a key's type,
//! status and usage.
//!
//! Hazard: `down` drops all three tables, which loses every key, private halves included, and both
//! logs.

use sea_orm_migration::{
    prelude::{extension::postgres::Type, *},
    schema::*,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let key_type = ["rsa", "ed25519", "ecdsa", "dsa"];
        manager
            .create_type(Type::create().as_enum("sshkeytype").values(key_type).to_owned())
            .await?;
        let key_status = ["active", "inactive", "revoked", "expired", "pending"];
        manager
            .create_type(Type::create().as_enum("sshkeystatus").values(key_status).to_owned())
            .await?;
        let key_usage = ["authentication", "signing", "encryption", "multipurpose"];
        manager
            .create_type(Type::create().as_enum("sshkeyusage").values(key_usage).to_owned())
            .await?;

        manager.create_table(ssh_keys()).await?;
        manager.create_table(ssh_key_access_logs()).await?;
        manager.create_table(ssh_key_rotation_logs()).await?;
        for (table, column) in INDEXED {
            manager.create_index(index(table, column)).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["ssh_key_rotation_logs", "ssh_key_access_logs", "ssh_keys"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        for name in ["sshkeyusage", "sshkeystatus", "sshkeytype"] {
            manager.drop_type(Type::drop().name(name).to_owned()).await?;
        }
        Ok(())
    }
}

/// Table and column of each plain index.
const INDEXED: [(&str, &str); 15] = [
    ("ssh_keys", "email"),
    ("ssh_keys", "fingerprint"),
    ("ssh_keys", "is_primary"),
    ("ssh_keys", "is_revoked"),
    ("ssh_keys", "key_id"),
    ("ssh_keys", "public_key_hash"),
    ("ssh_keys", "status"),
    ("ssh_keys", "user_id"),
    ("ssh_key_access_logs", "key_id"),
    ("ssh_key_access_logs", "operation"),
    ("ssh_key_access_logs", "success"),
    ("ssh_key_access_logs", "user_id"),
    ("ssh_key_rotation_logs", "new_key_id"),
    ("ssh_key_rotation_logs", "old_key_id"),
    ("ssh_key_rotation_logs", "user_id"),
];

fn index(table: &'static str, column: &'static str) -> IndexCreateStatement {
    Index::create().name(format!("ix_{table}_{column}")).table(table).col(column).to_owned()
}

fn ssh_keys() -> TableCreateStatement {
    Table::create()
        .table("ssh_keys")
        .col(pk_uuid("id"))
        .col(string_len_uniq("key_id", 255))
        .col(string_len_uniq("fingerprint", 255))
        .col(string_len("public_key_hash", 64))
        .col(custom("key_type", "sshkeytype"))
        .col(integer("key_length"))
        .col(string_len("algorithm", 50))
        .col(string_len_null("comment", 255))
        .col(string_len("user_id", 255))
        .col(string_len("email", 255))
        .col(string_len("name", 255))
        .col(text("public_key_openssh"))
        .col(text_null("private_key_openssh"))
        .col(string_len_null("passphrase_hash", 255))
        .col(custom("status", "sshkeystatus"))
        .col(custom("usage", "sshkeyusage"))
        .col(timestamp_with_time_zone_default_now("created_at"))
        .col(timestamp_with_time_zone_null("expires_at"))
        .col(timestamp_with_time_zone_null("last_used"))
        .col(integer_null("usage_count"))
        .col(boolean_null("is_primary"))
        .col(boolean_null("auto_rotate"))
        .col(integer_null("rotation_schedule_days"))
        .col(integer_null("trust_level"))
        .col(boolean_null("is_revoked"))
        .col(text_null("revocation_reason"))
        .col(timestamp_with_time_zone_null("revoked_at"))
        .col(string_len_null("revoked_by", 255))
        .col(text_null("allowed_hosts"))
        .col(text_null("allowed_commands"))
        .col(text_null("source_restrictions"))
        .col(string_len_null("force_command", 255))
        .col(text_null("key_metadata"))
        .col(text_null("notes"))
        .col(timestamp_with_time_zone_null("updated_at").default(Expr::current_timestamp()))
        .to_owned()
}

fn ssh_key_access_logs() -> TableCreateStatement {
    Table::create()
        .table("ssh_key_access_logs")
        .col(pk_uuid("id"))
        .col(string_len("key_id", 255))
        .col(string_len("user_id", 255))
        .col(string_len("operation", 100))
        .col(boolean("success"))
        .col(text_null("error_message"))
        .col(string_len_null("ip_address", 45))
        .col(text_null("user_agent"))
        .col(string_len_null("request_id", 255))
        .col(string_len_null("target_host", 255))
        .col(string_len_null("target_user", 255))
        .col(text_null("command_executed"))
        .col(boolean_null("admin_action"))
        .col(string_len_null("admin_user_id", 255))
        .col(string_len_null("target_user_id", 255))
        .col(timestamp_with_time_zone_default_now("created_at"))
        .to_owned()
}

fn ssh_key_rotation_logs() -> TableCreateStatement {
    Table::create()
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
        .to_owned()
}
