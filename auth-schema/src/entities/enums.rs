//! The enums of the PGP and SSH key tables.

use sea_orm::entity::prelude::*;

/// Where a PGP key is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Enum", enum_name = "pgpkeystatus")]
pub enum PgpKeyStatus {
    #[sea_orm(string_value = "active")]
    Active,
    #[sea_orm(string_value = "inactive")]
    Inactive,
    #[sea_orm(string_value = "revoked")]
    Revoked,
    #[sea_orm(string_value = "expired")]
    Expired,
    #[sea_orm(string_value = "pending")]
    Pending,
}

/// The algorithm family of a PGP key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Enum", enum_name = "pgpkeytype")]
pub enum PgpKeyType {
    #[sea_orm(string_value = "rsa")]
    Rsa,
    #[sea_orm(string_value = "dsa")]
    Dsa,
    #[sea_orm(string_value = "elgamal")]
    ElGamal,
    #[sea_orm(string_value = "ecdsa")]
    EcDsa,
    #[sea_orm(string_value = "eddsa")]
    EdDsa,
}

/// Where an SSH key is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Enum", enum_name = "sshkeystatus")]
pub enum SshKeyStatus {
    #[sea_orm(string_value = "active")]
    Active,
    #[sea_orm(string_value = "inactive")]
    Inactive,
    #[sea_orm(string_value = "revoked")]
    Revoked,
    #[sea_orm(string_value = "expired")]
    Expired,
    #[sea_orm(string_value = "pending")]
    Pending,
}

/// The algorithm family of an SSH key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Enum", enum_name = "sshkeytype")]
pub enum SshKeyType {
    #[sea_orm(string_value = "rsa")]
    Rsa,
    #[sea_orm(string_value = "ed25519")]
    Ed25519,
    #[sea_orm(string_value = "ecdsa")]
    EcDsa,
    #[sea_orm(string_value = "dsa")]
    Dsa,
}

/// What an SSH key is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Enum", enum_name = "sshkeyusage")]
pub enum SshKeyUsage {
    #[sea_orm(string_value = "authentication")]
    Authentication,
    #[sea_orm(string_value = "signing")]
    Signing,
    #[sea_orm(string_value = "encryption")]
    Encryption,
    #[sea_orm(string_value = "multipurpose")]
    Multipurpose,
}
