//! The story of `auth`: some of it is about `users`, which Gatekeeper manages, and an entity tells
//! a rename itself.

use super::story::{Round, Story};

pub(super) const STORY: Story = Story {
    schema: "auth",
    rows: "
        INSERT INTO users (id, username, password_hash, role, default_role, last_rbac_sync)
            VALUES ('00000000-0000-0000-0000-000000000001', 'fox', '', 'admin', 'admin', now());
        INSERT INTO ssh_keys (id, key_id, fingerprint, public_key_hash, key_type, key_length,
                              algorithm, comment, user_id, email, name, public_key_openssh, status,
                              usage, usage_count, is_primary)
            VALUES ('00000000-0000-0000-0000-000000000002', 'k', 'f', 'h', 'dsa', 1024, 'dsa', 'old',
                    'fox', 'fox@den', 'fox', 'ssh-dss', 'active', 'signing', 7, true)",
    grow: Round {
        message: "Grow the accounts",
        options: &[],
        written: &[("entities/user_devices.rs", DEVICES)],
        removed: &[],
        renamed: &[],
        edited: &[
            ("entities.rs", &[("pub mod user_roles;", "pub mod user_devices;\npub mod user_roles;")]),
            (
                "entities/users.rs",
                &[
                    (
                        "    pub last_rbac_sync: Option<DateTimeWithTimeZone>,",
                        "    #[sea_orm(indexed)]
    pub last_rbac_sync: Option<DateTimeWithTimeZone>,
    #[sea_orm(default_value = 0)]
    pub logins: i32,
    #[sea_orm(has_many)]
    pub devices: HasMany<super::user_devices::Entity>,",
                    ),
                    (
                        "#[sea_orm(indexed, column_type = \"String(StringLen::N(50))\", nullable)]
    pub default_role",
                        "#[sea_orm(column_type = \"String(StringLen::N(100))\", nullable)]
    pub default_role",
                    ),
                ],
            ),
            (
                "entities/permissions.rs",
                &[(
                    "column_type = \"String(StringLen::N(50))\", default_value = \"own\"",
                    "column_type = \"String(StringLen::N(80))\", default_value = \"own\"",
                )],
            ),
            (
                "entities/ssh_keys.rs",
                &[
                    (
                        "#[sea_orm(unique, column_type = \"String(StringLen::N(255))\")]
    pub fingerprint",
                        "#[sea_orm(column_type = \"String(StringLen::N(255))\")]\n    pub fingerprint",
                    ),
                    (
                        "#[sea_orm(indexed, column_type = \"String(StringLen::N(64))\")]",
                        "#[sea_orm(unique, column_type = \"String(StringLen::N(64))\")]",
                    ),
                    (
                        "#[sea_orm(column_type = \"String(StringLen::N(255))\")]
    pub name: String",
                        "#[sea_orm(column_type = \"String(StringLen::N(255))\", nullable)]
    pub name: Option<String>",
                    ),
                    ("pub usage_count: Option<i32>", "pub usage_count: Option<i64>"),
                    ("pub key_length: i32", "pub key_length: i16"),
                    (
                        "#[sea_orm(indexed)]\n    pub is_primary: Option<bool>",
                        "#[sea_orm(indexed, default_value = false)]\n    pub is_primary: bool",
                    ),
                ],
            ),
        ],
    },
    change: Round {
        message: "Change the accounts",
        options: &[
            "--rename",
            "ssh_keys.comment=label",
            "--rename",
            "ssh_key_access_logs=ssh_key_uses",
        ],
        written: &[],
        removed: &["entities/ssh_key_rotation_logs.rs"],
        renamed: &[("entities/ssh_key_access_logs.rs", "entities/ssh_key_uses.rs")],
        edited: &[
            (
                "entities.rs",
                &[
                    ("pub mod ssh_key_access_logs;\npub mod ssh_key_rotation_logs;\n", ""),
                    ("pub mod ssh_keys;", "pub mod ssh_key_uses;\npub mod ssh_keys;"),
                ],
            ),
            (
                "entities/users.rs",
                &[(
                    "    #[sea_orm(indexed)]\n    pub last_rbac_sync",
                    "    #[sea_orm(indexed, renamed_from = \"last_rbac_sync\")]\n    pub rbac_synced_at",
                )],
            ),
            (
                "entities/ssh_keys.rs",
                &[
                    (
                        "#[sea_orm(column_type = \"String(StringLen::N(255))\", nullable)]
    pub name: Option<String>",
                        "#[sea_orm(column_type = \"String(StringLen::N(255))\")]\n    pub name: String",
                    ),
                    ("pub comment: Option<String>", "pub label: Option<String>"),
                ],
            ),
            (
                "entities/ssh_key_uses.rs",
                &[("table_name = \"ssh_key_access_logs\"", "table_name = \"ssh_key_uses\"")],
            ),
            (
                "entities/user_devices.rs",
                &[(
                    "    #[sea_orm(string_value = \"phone\")]",
                    "    #[sea_orm(string_value = \"watch\")]\n    Watch,
    #[sea_orm(string_value = \"phone\")]",
                )],
            ),
            (
                "entities/enums.rs",
                &[(
                    "    #[sea_orm(string_value = \"multipurpose\")]\n    Multipurpose,",
                    "    #[sea_orm(string_value = \"multipurpose\")]\n    Multipurpose,
    #[sea_orm(string_value = \"deployment\")]\n    Deployment,",
                )],
            ),
        ],
    },
};

const DEVICES: &str = r#"//! `user_devices`: one row per device of a user.

use sea_orm::entity::prelude::*;

/// What a device is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Enum", enum_name = "devicekind")]
pub enum DeviceKind {
    #[sea_orm(string_value = "laptop")]
    Laptop,
    #[sea_orm(string_value = "phone")]
    Phone,
}

/// A device that a user logs in with.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "user_devices")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub place: i16,
    #[sea_orm(default_value = "laptop")]
    pub kind: DeviceKind,
    #[sea_orm(unique, column_type = "String(StringLen::N(64))")]
    pub token_hash: String,
    pub ssh_key_id: Option<Uuid>,
    #[sea_orm(indexed)]
    pub seen_at: Option<DateTimeWithTimeZone>,
    #[sea_orm(belongs_to, from = "user_id", to = "id", on_delete = "Cascade")]
    pub user: BelongsTo<super::users::Entity>,
    #[sea_orm(belongs_to, from = "ssh_key_id", to = "id", on_delete = "SetNull")]
    pub ssh_key: BelongsTo<Option<super::ssh_keys::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
"#;
