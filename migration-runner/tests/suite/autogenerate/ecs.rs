//! The story of `ecs`: its two modules are one schema, and a migration goes into either.

use super::story::{Round, Story};

pub(super) const STORY: Story = Story {
    schema: "ecs",
    rows: "
        INSERT INTO agents (id, agent_id, name, spirit, style, generation)
            VALUES ('00000000-0000-0000-0000-000000000001', 'fox', 'Fox', 'fox', 'plain', 3);
        INSERT INTO agent_achievements (id, agent_id, achievement_name)
            SELECT '00000000-0000-0000-0000-000000000002', id, 'Dug' FROM agents;
        INSERT INTO agent_positions (id, agent_id, x, y)
            SELECT '00000000-0000-0000-0000-000000000003', id, 0.5, 2 FROM agents",
    grow: Round {
        message: "Grow the agents",
        options: &[],
        written: &[("ecs/entities/agent_moods.rs", MOODS)],
        removed: &[],
        renamed: &[],
        edited: &[
            (
                "ecs/entities.rs",
                &[("pub mod agent_positions;", "pub mod agent_moods;\npub mod agent_positions;")],
            ),
            (
                "ecs/entities/agents.rs",
                &[
                    (
                        "#[sea_orm(column_type = \"String(StringLen::N(100))\")]\n    pub style: String",
                        "#[sea_orm(column_type = \"String(StringLen::N(100))\", nullable)]
    pub style: Option<String>",
                    ),
                    ("pub generation: Option<i32>", "pub generation: Option<i64>"),
                    (
                        "    #[sea_orm(has_one)]\n    pub position",
                        "    #[sea_orm(has_one)]\n    pub mood: HasOne<super::agent_moods::Entity>,
    #[sea_orm(has_one)]\n    pub position",
                    ),
                ],
            ),
            (
                "ecs/entities/agent_positions.rs",
                &[
                    ("pub x: Option<f64>", "pub x: Option<f32>"),
                    (
                        "    pub movement_speed: Option<f64>,",
                        "    pub movement_speed: Option<f64>,
    #[sea_orm(default_value = 0.5)]
    pub acceleration: f64,
    #[sea_orm(default_value = -1)]
    pub floor: i16,",
                    ),
                ],
            ),
            (
                "ecs/entities/agent_interactions.rs",
                &[("    pub sender_id", "    #[sea_orm(indexed)]\n    pub sender_id")],
            ),
            (
                "ecs/entities/knowledge_base_entries.rs",
                &[
                    ("    pub agent_id", "    #[sea_orm(unique_key = \"skill\")]\n    pub agent_id"),
                    (
                        "#[sea_orm(column_type = \"String(StringLen::N(255))\")]\n    pub domain",
                        "#[sea_orm(unique_key = \"skill\", column_type = \"String(StringLen::N(255))\")]
    pub domain",
                    ),
                ],
            ),
            (
                "ecs/entities/agent_specializations.rs",
                &[
                    ("    #[sea_orm(unique_key = \"agent_specialization\")]\n", ""),
                    ("unique_key = \"agent_specialization\", column_type", "column_type"),
                ],
            ),
            (
                "naming/entities/naming_components.rs",
                &[("        indexed,\n        unique_key", "        unique_key")],
            ),
            (
                "naming/entities/naming_spirits.rs",
                &[
                    ("StringLen::N(10)", "StringLen::N(40)"),
                    (
                        "#[sea_orm(indexed)]\n    pub enabled: Option<bool>",
                        "#[sea_orm(indexed, default_value = true)]\n    pub enabled: bool",
                    ),
                ],
            ),
        ],
    },
    change: Round {
        message: "Change the names",
        options: &[
            "--module",
            "naming",
            "--rename",
            "naming_config=naming_settings",
            "--rename",
            "naming_components.weight=likelihood",
        ],
        written: &[],
        removed: &["ecs/entities/agent_achievements.rs"],
        renamed: &[("naming/entities/naming_config.rs", "naming/entities/naming_settings.rs")],
        edited: &[
            ("ecs/entities.rs", &[("pub mod agent_achievements;\n", "")]),
            (
                "ecs/entities/agents.rs",
                &[
                    (
                        "    #[sea_orm(has_many)]
    pub achievements: HasMany<super::agent_achievements::Entity>,\n",
                        "",
                    ),
                    (
                        "#[sea_orm(column_type = \"String(StringLen::N(100))\", nullable)]
    pub style: Option<String>",
                        "#[sea_orm(column_type = \"String(StringLen::N(100))\")]\n    pub style: String",
                    ),
                ],
            ),
            (
                "ecs/entities/agent_moods.rs",
                &[(
                    "    #[sea_orm(string_value = \"bold\")]",
                    "    #[sea_orm(string_value = \"shy\")]\n    Shy,
    #[sea_orm(string_value = \"bold\")]",
                )],
            ),
            (
                "naming/entities.rs",
                &[
                    ("pub mod naming_config;\n", ""),
                    ("pub mod naming_spirits;", "pub mod naming_settings;\npub mod naming_spirits;"),
                ],
            ),
            (
                "naming/entities/naming_settings.rs",
                &[("table_name = \"naming_config\"", "table_name = \"naming_settings\"")],
            ),
            (
                "naming/entities/naming_components.rs",
                &[("pub weight: Option<f64>", "pub likelihood: Option<f64>")],
            ),
        ],
    },
};

const MOODS: &str = r#"//! `agent_moods`: one row per agent that is in a mood.

use sea_orm::entity::prelude::*;

/// How an agent feels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Enum", enum_name = "moodkind")]
pub enum MoodKind {
    #[sea_orm(string_value = "calm")]
    Calm,
    #[sea_orm(string_value = "bold")]
    Bold,
}

/// The mood of an agent.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "agent_moods")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(unique)]
    pub agent_id: Uuid,
    #[sea_orm(indexed, default_value = "calm")]
    pub kind: MoodKind,
    #[sea_orm(default_value = 0.25)]
    pub intensity: f64,
    #[sea_orm(belongs_to, from = "agent_id", to = "id", on_delete = "Cascade")]
    pub agent: BelongsTo<super::agents::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
"#;
