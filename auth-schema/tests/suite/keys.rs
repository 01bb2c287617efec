//! Keys and their logs are written and read through the entities, enums included.

use auth_schema::{
    Migrator,
    entities::{
        enums::{PgpKeyStatus, PgpKeyType, SshKeyStatus, SshKeyType, SshKeyUsage},
        pgp_key_access_logs, pgp_keys, ssh_key_rotation_logs, ssh_keys,
    },
};
use schema_testing::{TestDatabase, lineage};
use sea_orm::{ActiveValue::Set, Iterable, entity::prelude::*};

fn pgp_key(number: u32, key_type: PgpKeyType, status: PgpKeyStatus) -> pgp_keys::ActiveModel {
    pgp_keys::ActiveModel {
        id: Set(Uuid::from_u128(number.into())),
        key_id: Set(format!("{number:016X}")),
        fingerprint: Set(format!("{number:040X}")),
        short_fingerprint: Set(format!("{number:08X}")),
        key_type: Set(key_type),
        key_length: Set(4096),
        algorithm: Set("RSA".to_owned()),
        user_id: Set("reynard".to_owned()),
        email: Set("reynard@example.org".to_owned()),
        name: Set("Reynard".to_owned()),
        public_key_armored: Set("-----BEGIN PGP PUBLIC KEY BLOCK-----".to_owned()),
        status: Set(status),
        ..Default::default()
    }
}

#[tokio::test]
async fn a_pgp_key_of_every_type_and_status_is_read_as_it_was_written() -> Result<(), DbErr> {
    let database = lineage::migrated::<Migrator>("auth").await;
    for (number, (key_type, status)) in (1..).zip(PgpKeyType::iter().zip(PgpKeyStatus::iter())) {
        let written = pgp_key(number, key_type, status).insert(database.connection()).await?;
        let read = pgp_keys::Entity::find()
            .filter(pgp_keys::Column::KeyType.eq(key_type))
            .filter(pgp_keys::Column::Status.eq(status))
            .one(database.connection())
            .await?;
        assert_eq!(read, Some(written));
    }
    assert_eq!(pgp_keys::Entity::find().count(database.connection()).await?, 5);
    Ok(())
}

#[tokio::test]
async fn an_ssh_key_and_its_rotation_are_read_as_they_were_written() -> Result<(), DbErr> {
    let database = lineage::migrated::<Migrator>("auth").await;
    let key = ssh_keys::ActiveModel {
        id: Set(Uuid::from_u128(1)),
        key_id: Set("key".to_owned()),
        fingerprint: Set("SHA256:abc".to_owned()),
        public_key_hash: Set("0".repeat(64)),
        key_type: Set(SshKeyType::Ed25519),
        key_length: Set(256),
        algorithm: Set("ssh-ed25519".to_owned()),
        user_id: Set("reynard".to_owned()),
        email: Set("reynard@example.org".to_owned()),
        name: Set("Reynard".to_owned()),
        public_key_openssh: Set("ssh-ed25519 AAAA".to_owned()),
        status: Set(SshKeyStatus::Active),
        usage: Set(SshKeyUsage::Signing),
        ..Default::default()
    };
    let key = key.insert(database.connection()).await?;
    assert_eq!(ssh_keys::Entity::find().all(database.connection()).await?, [key]);

    let rotation = ssh_key_rotation_logs::ActiveModel {
        id: Set(Uuid::from_u128(2)),
        new_key_id: Set("key".to_owned()),
        user_id: Set("reynard".to_owned()),
        rotation_type: Set("manual".to_owned()),
        initiated_by: Set("reynard".to_owned()),
        ..Default::default()
    };
    let rotation = rotation.insert(database.connection()).await?;
    assert_eq!(rotation.completed_at, None);
    Ok(())
}

#[tokio::test]
async fn a_log_entry_outlives_its_key() -> Result<(), DbErr> {
    let database = lineage::migrated::<Migrator>("auth").await;
    let key = pgp_key(1, PgpKeyType::Rsa, PgpKeyStatus::Active);
    let key = key.insert(database.connection()).await?;
    let entry = pgp_key_access_logs::ActiveModel {
        id: Set(Uuid::from_u128(2)),
        key_id: Set(key.key_id.clone()),
        user_id: Set("reynard".to_owned()),
        operation: Set("sign".to_owned()),
        success: Set(true),
        ..Default::default()
    };
    entry.insert(database.connection()).await?;
    key.delete(database.connection()).await?;
    assert_eq!(pgp_key_access_logs::Entity::find().count(database.connection()).await?, 1);
    Ok(())
}

async fn refused(database: &TestDatabase, key: pgp_keys::ActiveModel, constraint: &str) {
    let error = key.insert(database.connection()).await.expect_err("a duplicate").to_string();
    assert!(error.contains(constraint), "{error}");
}

#[tokio::test]
async fn two_keys_share_neither_id_nor_fingerprint() -> Result<(), DbErr> {
    let database = lineage::migrated::<Migrator>("auth").await;
    let key = |number| pgp_key(number, PgpKeyType::Rsa, PgpKeyStatus::Active);
    key(1).insert(database.connection()).await?;
    let same_id = pgp_keys::ActiveModel { key_id: key(1).key_id, ..key(2) };
    refused(&database, same_id, "pgp_keys_key_id_key").await;
    let same_print = pgp_keys::ActiveModel { fingerprint: key(1).fingerprint, ..key(2) };
    refused(&database, same_print, "pgp_keys_fingerprint_key").await;
    Ok(())
}
