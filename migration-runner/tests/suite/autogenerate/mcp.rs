//! The story of `mcp`, whose enum gets a label.

use super::story::{Round, Story};

pub(super) const STORY: Story = Story {
    schema: "mcp",
    rows: "
        INSERT INTO tools (id, name, category_id, enabled, description, version, is_system_tool,
                           execution_type, timeout_seconds, max_concurrent)
            SELECT '00000000-0000-0000-0000-000000000001', 'blame', id, true, 'Who', '1', false,
                   'sync', 5, 1
              FROM tool_categories WHERE name = 'GIT'",
    grow: Round {
        message: "Grow the tools",
        options: &[],
        written: &[("entities/tool_notes.rs", NOTES)],
        removed: &[],
        renamed: &[],
        edited: &[
            ("entities.rs", &[("pub mod tools;", "pub mod tool_notes;\npub mod tools;")]),
            (
                "entities/tools.rs",
                &[
                    (
                        "#[sea_orm(unique, column_type = \"String(StringLen::N(100))\")]",
                        "#[sea_orm(column_type = \"String(StringLen::N(100))\")]",
                    ),
                    ("    #[sea_orm(indexed)]\n    pub enabled", "    pub enabled"),
                    (
                        "#[sea_orm(column_type = \"Text\")]\n    pub description: String",
                        "#[sea_orm(column_type = \"Text\", nullable)]
    pub description: Option<String>",
                    ),
                    (
                        "#[sea_orm(column_type = \"String(StringLen::N(20))\")]\n    pub version",
                        "#[sea_orm(column_type = \"String(StringLen::N(50))\")]\n    pub version",
                    ),
                    (
                        "#[sea_orm(column_type = \"String(StringLen::N(20))\")]
    pub execution_type",
                        "#[sea_orm(indexed, column_type = \"String(StringLen::N(20))\")]
    pub execution_type",
                    ),
                    ("pub timeout_seconds: Option<i32>", "pub timeout_seconds: Option<i64>"),
                    (
                        "pub max_concurrent: Option<i32>,",
                        "#[sea_orm(default_value = 1)]
    pub max_concurrent: i32,
    #[sea_orm(column_type = \"String(StringLen::N(20))\", default_value = \"low\")]
    pub priority: String,
    #[sea_orm(default_value = 0)]
    pub calls: i64,",
                    ),
                    (
                        "    pub history: HasMany<super::tool_config_history::Entity>,",
                        "    pub history: HasMany<super::tool_config_history::Entity>,
    #[sea_orm(has_many)]
    pub notes: HasMany<super::tool_notes::Entity>,",
                    ),
                ],
            ),
            (
                "entities/tool_categories.rs",
                &[(
                    "#[sea_orm(column_type = \"String(StringLen::N(100))\")]\n    pub display_name",
                    "#[sea_orm(unique, column_type = \"String(StringLen::N(100))\")]
    pub display_name",
                )],
            ),
        ],
    },
    change: Round {
        message: "Change the tools",
        options: &["--rename", "tool_notes=tool_remarks", "--rename", "tools.priority=urgency"],
        written: &[],
        removed: &["entities/tool_config_history.rs"],
        renamed: &[("entities/tool_notes.rs", "entities/tool_remarks.rs")],
        edited: &[
            (
                "entities.rs",
                &[
                    ("pub mod tool_config_history;\n", ""),
                    ("pub mod tool_notes;", "pub mod tool_remarks;"),
                ],
            ),
            (
                "entities/tools.rs",
                &[
                    (
                        "#[sea_orm(column_type = \"Text\", nullable)]
    pub description: Option<String>",
                        "#[sea_orm(column_type = \"Text\")]\n    pub description: String",
                    ),
                    ("pub priority: String", "pub urgency: String"),
                    (
                        "    #[sea_orm(has_many)]
    pub history: HasMany<super::tool_config_history::Entity>,\n",
                        "",
                    ),
                    ("HasMany<super::tool_notes::Entity>", "HasMany<super::tool_remarks::Entity>"),
                ],
            ),
            ("entities/tool_categories.rs", &[("unique, column_type", "column_type")]),
            (
                "entities/enums.rs",
                &[(
                    "    #[sea_orm(string_value = \"GIT\")]",
                    "    #[sea_orm(string_value = \"FORGE\")]\n    Forge,
    #[sea_orm(string_value = \"GIT\")]",
                )],
            ),
            (
                "entities/tool_remarks.rs",
                &[
                    ("table_name = \"tool_notes\"", "table_name = \"tool_remarks\""),
                    ("    #[sea_orm(unique_key = \"place\")]\n    pub place", "    pub place"),
                ],
            ),
        ],
    },
};

const NOTES: &str = r#"//! `tool_notes`: one row per note on a tool.

use sea_orm::entity::prelude::*;

/// What a note is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Enum", enum_name = "notekind")]
pub enum NoteKind {
    #[sea_orm(string_value = "hint")]
    Hint,
    #[sea_orm(string_value = "warning")]
    Warning,
}

/// A note on a tool.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tool_notes")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i32,
    #[sea_orm(unique_key = "place")]
    pub tool_id: Uuid,
    #[sea_orm(unique_key = "place")]
    pub place: i16,
    #[sea_orm(default_value = "hint")]
    pub kind: NoteKind,
    #[sea_orm(column_type = "Text")]
    pub note: String,
    #[sea_orm(indexed, default_expr = "Expr::current_timestamp()")]
    pub created_at: DateTimeWithTimeZone,
    #[sea_orm(belongs_to, from = "tool_id", to = "id", on_delete = "Cascade")]
    pub tool: BelongsTo<super::tools::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
"#;
