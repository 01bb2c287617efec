//! Creates `pgp_keys` with a log of each use and of each rotation, and the enums of a key's type
//! and status.
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
        let key_type = ["rsa", "dsa", "elgamal", "ecdsa", "eddsa"];
        manager
            .create_type(Type::create().as_enum("pgpkeytype").values(key_type).to_owned())
            .await?;
        let key_status = ["active", "inactive", "revoked", "expired", "pending"];
        manager
            .create_type(Type::create().as_enum("pgpkeystatus").values(key_status).to_owned())
            .await?;

        manager.create_table(pgp_keys()).await?;
        manager.create_table(pgp_key_access_logs()).await?;
        manager.create_table(pgp_key_rotation_logs()).await?;
        for (table, column) in INDEXED {
            manager.create_index(index(table, column)).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["pgp_key_rotation_logs", "pgp_key_access_logs", "pgp_keys"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        manager.drop_type(Type::drop().name("pgpkeystatus").to_owned()).await?;
        manager.drop_type(Type::drop().name("pgpkeytype").to_owned()).await
    }
}

/// Table and column of each plain index.
const INDEXED: [(&str, &str); 15] = [
    ("pgp_keys", "email"),
    ("pgp_keys", "fingerprint"),
    ("pgp_keys", "is_primary"),
    ("pgp_keys", "is_revoked"),
    ("pgp_keys", "key_id"),
    ("pgp_keys", "short_fingerprint"),
    ("pgp_keys", "status"),
    ("pgp_keys", "user_id"),
    ("pgp_key_access_logs", "key_id"),
    ("pgp_key_access_logs", "operation"),
    ("pgp_key_access_logs", "success"),
    ("pgp_key_access_logs", "user_id"),
    ("pgp_key_rotation_logs", "new_key_id"),
    ("pgp_key_rotation_logs", "old_key_id"),
    ("pgp_key_rotation_logs", "user_id"),
];

fn index(table: &'static str, column: &'static str) -> IndexCreateStatement {
    Index::create().name(format!("ix_{table}_{column}")).table(table).col(column).to_owned()
}

fn pgp_keys() -> TableCreateStatement {
    Table::create()
        .table("pgp_keys")
        .col(pk_uuid("id"))
        .col(string_len_uniq("key_id", 16))
        .col(string_len_uniq("fingerprint", 40))
        .col(string_len("short_fingerprint", 8))
        .col(custom("key_type", "pgpkeytype"))
        .col(integer("key_length"))
        .col(string_len("algorithm", 50))
        .col(string_len("user_id", 255))
        .col(string_len("email", 255))
        .col(string_len("name", 255))
        .col(text("public_key_armored"))
        .col(text_null("private_key_armored"))
        .col(string_len_null("passphrase_hash", 255))
        .col(custom("status", "pgpkeystatus"))
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
        .col(text_null("key_metadata"))
        .col(text_null("notes"))
        .col(timestamp_with_time_zone_null("updated_at").default(Expr::current_timestamp()))
        .to_owned()
}

fn pgp_key_access_logs() -> TableCreateStatement {
    Table::create()
        .table("pgp_key_access_logs")
        .col(pk_uuid("id"))
        .col(string_len("key_id", 16))
        .col(string_len("user_id", 255))
        .col(string_len("operation", 100))
        .col(boolean("success"))
        .col(text_null("error_message"))
        .col(string_len_null("ip_address", 45))
        .col(text_null("user_agent"))
        .col(string_len_null("request_id", 255))
        .col(boolean_null("admin_action"))
        .col(string_len_null("admin_user_id", 255))
        .col(string_len_null("target_user_id", 255))
        .col(timestamp_with_time_zone_default_now("created_at"))
        .to_owned()
}

fn pgp_key_rotation_logs() -> TableCreateStatement {
    Table::create()
        .table("pgp_key_rotation_logs")
        .col(pk_uuid("id"))
        .col(string_len_null("old_key_id", 16))
        .col(string_len("new_key_id", 16))
        .col(string_len("user_id", 255))
        .col(string_len("rotation_type", 50))
        .col(text_null("reason"))
        .col(string_len("initiated_by", 255))
        .col(boolean_null("old_key_expired"))
        .col(boolean_null("old_key_revoked"))
        .col(boolean_null("migration_completed"))
        .col(timestamp_with_time_zone_default_now("started_at"))
        .col(timestamp_with_time_zone_null("completed_at"))
        .col(text_null("rotation_metadata"))
        .to_owned()
}
