//! The tables of the auth database, one module each.

#![expect(
    missing_docs,
    reason = "a column is documented where its name does not say what it holds"
)]

pub mod enums;
pub mod permissions;
pub mod pgp_key_access_logs;
pub mod pgp_key_rotation_logs;
pub mod pgp_keys;
pub mod resource_access_control;
pub mod role_permissions;
pub mod roles;
pub mod ssh_key_access_logs;
pub mod ssh_key_rotation_logs;
pub mod ssh_keys;
pub mod user_roles;
pub mod users;
