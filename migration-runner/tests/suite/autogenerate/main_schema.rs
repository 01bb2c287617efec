//! The story of `main`: triggers and views stand on some of what is changed.

use super::story::{Round, Story};

pub(super) const STORY: Story = Story {
    schema: "main",
    rows: "
        INSERT INTO agents (id, agent_id, name)
            VALUES ('00000000-0000-0000-0000-000000000001', 'fox', 'Fox');
        INSERT INTO todos (id, title, completed, priority, agent_id)
            SELECT '00000000-0000-0000-0000-000000000002', 'Dig', false, 'low', id FROM agents;
        INSERT INTO datasets (name, created_by) VALUES ('den', 'fox');
        INSERT INTO files (dataset_id, path, file_type, modality, size, hash, mime_type, page_count,
                           author)
            SELECT id, 'a.txt', 'txt', 'text', 3, 'h', 'text/plain', 1, 'fox' FROM datasets",
    grow: Round {
        message: "Grow the notes",
        options: &[],
        written: &[("entities/note_reviews.rs", REVIEWS)],
        removed: &[],
        renamed: &[],
        edited: &[
            (
                "entities.rs",
                &[("pub mod note_tags;", "pub mod note_reviews;\npub mod note_tags;")],
            ),
            (
                "entities/notes.rs",
                &[(
                    "    #[sea_orm(has_many)]\n    pub attachments",
                    "    #[sea_orm(column_type = \"String(StringLen::N(10))\", default_value = \"en\")]
    pub language: String,
    #[sea_orm(has_many)]
    pub reviews: HasMany<super::note_reviews::Entity>,
    #[sea_orm(has_many)]\n    pub attachments",
                )],
            ),
            (
                "entities/todos.rs",
                &[
                    (
                        "    pub due_date",
                        "    #[sea_orm(column_type = \"JsonBinary\", default_value = \"{}\")]
    pub details: Json,
    #[sea_orm(default_value = false)]
    pub is_recurring: bool,
    #[sea_orm(column_type = \"Array(ColumnType::Text.into())\", default_value = \"{}\")]
    pub steps: Vec<String>,
    #[sea_orm(indexed)]
    pub due_date",
                    ),
                    (
                        "#[sea_orm(column_type = \"String(StringLen::N(10))\")]\n    pub priority",
                        "#[sea_orm(column_type = \"String(StringLen::N(20))\")]\n    pub priority",
                    ),
                    (
                        "#[sea_orm(column_type = \"String(StringLen::N(255))\")]\n    pub title",
                        "#[sea_orm(column_type = \"Text\")]\n    pub title",
                    ),
                ],
            ),
            (
                "entities/files.rs",
                &[
                    ("pub page_count: Option<i32>", "pub page_count: Option<i64>"),
                    (
                        "#[sea_orm(column_type = \"String(StringLen::N(100))\")]\n    pub mime_type",
                        "#[sea_orm(column_type = \"String(StringLen::N(255))\")]\n    pub mime_type",
                    ),
                    (
                        "#[sea_orm(indexed, column_type = \"String(StringLen::N(20))\")]
    pub modality",
                        "#[sea_orm(column_type = \"String(StringLen::N(20))\")]\n    pub modality",
                    ),
                ],
            ),
            (
                "entities/datasets.rs",
                &[
                    (
                        "#[sea_orm(indexed, column_type = \"String(StringLen::N(255))\")]
    pub created_by: String",
                        "#[sea_orm(indexed, column_type = \"String(StringLen::N(255))\", nullable)]
    pub created_by: Option<String>",
                    ),
                    ("pub total_files: Option<i32>", "pub total_files: i32"),
                    (
                        "indexed, unique_key = \"name_version\", column_type",
                        "indexed, column_type",
                    ),
                    ("        unique_key = \"name_version\",\n", ""),
                ],
            ),
            (
                "entities/notebooks.rs",
                &[
                    (
                        "#[sea_orm(column_type = \"String(StringLen::N(255))\")]\n    pub title",
                        "#[sea_orm(unique_key = \"shelf\", column_type = \"String(StringLen::N(255))\")]
    pub title",
                    ),
                    ("    pub agent_id", "    #[sea_orm(unique_key = \"shelf\")]\n    pub agent_id"),
                ],
            ),
        ],
    },
    change: Round {
        message: "Change the notes",
        options: &[
            "--rename",
            "notes.content_type=format",
            "--rename",
            "files.author=creator",
            "--rename",
            "note_collaborations=note_shares",
        ],
        written: &[],
        removed: &["entities/note_versions.rs"],
        renamed: &[("entities/note_collaborations.rs", "entities/note_shares.rs")],
        edited: &[
            (
                "entities.rs",
                &[
                    ("pub mod note_versions;\n", ""),
                    ("pub mod note_collaborations;\n", ""),
                    ("pub mod note_tags;", "pub mod note_shares;\npub mod note_tags;"),
                ],
            ),
            (
                "entities/note_shares.rs",
                &[("table_name = \"note_collaborations\"", "table_name = \"note_shares\"")],
            ),
            (
                "entities/note_reviews.rs",
                &[(
                    "    #[sea_orm(string_value = \"weak\")]",
                    "    #[sea_orm(string_value = \"fair\")]\n    Fair,
    #[sea_orm(string_value = \"weak\")]",
                )],
            ),
            (
                "entities/agents.rs",
                &[
                    (
                        "    #[sea_orm(has_many)]
    pub note_versions: HasMany<super::note_versions::Entity>,\n",
                        "",
                    ),
                    ("super::note_collaborations::Entity", "super::note_shares::Entity"),
                ],
            ),
            (
                "entities/notes.rs",
                &[
                    ("pub content_type: String", "pub format: String"),
                    (
                        "    #[sea_orm(has_many)]
    pub versions: HasMany<super::note_versions::Entity>,\n",
                        "",
                    ),
                    ("super::note_collaborations::Entity", "super::note_shares::Entity"),
                ],
            ),
            ("entities/files.rs", &[("pub author: Option", "pub creator: Option")]),
            (
                "entities/datasets.rs",
                &[(
                    "#[sea_orm(indexed, column_type = \"String(StringLen::N(255))\", nullable)]
    pub created_by: Option<String>",
                    "#[sea_orm(indexed, column_type = \"String(StringLen::N(255))\")]
    pub created_by: String",
                )],
            ),
        ],
    },
};

const REVIEWS: &str = r#"//! `note_reviews`: one row per review of a note.

use sea_orm::entity::prelude::*;

/// What a reviewer thinks of a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Enum", enum_name = "reviewverdict")]
pub enum ReviewVerdict {
    #[sea_orm(string_value = "strong")]
    Strong,
    #[sea_orm(string_value = "weak")]
    Weak,
}

/// What an agent thinks of a note.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "note_reviews")]
pub struct Model {
    #[sea_orm(
        primary_key,
        auto_increment = false,
        default_expr = "Expr::cust(\"gen_random_uuid()\")"
    )]
    pub id: Uuid,
    #[sea_orm(unique_key = "note_agent")]
    pub note_id: Uuid,
    #[sea_orm(indexed, unique_key = "note_agent")]
    pub agent_id: Uuid,
    pub verdict: ReviewVerdict,
    #[sea_orm(column_type = "Decimal(Some((5, 2)))", default_expr = "Expr::cust(\"0.5\")")]
    pub score: Decimal,
    #[sea_orm(column_type = "Array(ColumnType::Text.into())", default_value = "{}")]
    pub topics: Option<Vec<String>>,
    #[sea_orm(column_type = "JsonBinary", default_value = "{}")]
    pub details: Json,
    #[sea_orm(default_expr = "Expr::cust(\"now()\")")]
    pub created_at: DateTimeWithTimeZone,
    #[sea_orm(belongs_to, from = "note_id", to = "id", on_delete = "Cascade")]
    pub note: BelongsTo<super::notes::Entity>,
    #[sea_orm(belongs_to, from = "agent_id", to = "id", on_delete = "Cascade")]
    pub agent: BelongsTo<super::agents::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
"#;
