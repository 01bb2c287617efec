//! `create --autogenerate`: entities are edited in a copy of the checkout, and the migration that
//! is written compiles, runs, and leaves nothing to do.

mod scratch;

use self::scratch::{Scratch, edit};
use crate::meddle::execute;

const ENTITIES: &str = "mcp-schema/src/entities";

/// The row that every migration has to carry along.
const ROW: &str = "
    INSERT INTO tools (id, name, category_id, enabled, description, version, is_system_tool,
                       execution_type, timeout_seconds)
        SELECT '00000000-0000-0000-0000-000000000001', 'blame', id, true, 'Who', '1', false, 'sync', 5
          FROM tool_categories WHERE name = 'GIT';
    UPDATE tools SET max_concurrent = 1;";

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

/// Columns with defaults, other types, a wider text, null allowed and forbidden, indexes and unique
/// sets that come and go, and a table with a relation.
fn grow(scratch: &Scratch) {
    let length = |length: u8| {
        format!("#[sea_orm(column_type = \"String(StringLen::N({length}))\")]\n    pub version")
    };
    scratch.edit(&format!("{ENTITIES}/tools.rs"), &[
        edit("#[sea_orm(unique, column_type = \"String(StringLen::N(100))\")]", "#[sea_orm(column_type = \"String(StringLen::N(100))\")]"),
        edit("    #[sea_orm(indexed)]\n    pub enabled", "    pub enabled"),
        edit("#[sea_orm(column_type = \"Text\")]\n    pub description: String", "#[sea_orm(column_type = \"Text\", nullable)]\n    pub description: Option<String>"),
        edit(&length(20), &length(50)),
        edit("#[sea_orm(column_type = \"String(StringLen::N(20))\")]\n    pub execution_type", "#[sea_orm(indexed, column_type = \"String(StringLen::N(20))\")]\n    pub execution_type"),
        edit("pub timeout_seconds: Option<i32>", "pub timeout_seconds: Option<i64>"),
        edit("pub max_concurrent: Option<i32>,", "#[sea_orm(default_value = 1)]\n    pub max_concurrent: i32,
    #[sea_orm(column_type = \"String(StringLen::N(20))\", default_value = \"low\")]
    pub priority: String,
    #[sea_orm(default_value = 0)]
    pub calls: i64,"),
        edit("    pub history: HasMany<super::tool_config_history::Entity>,", "    pub history: HasMany<super::tool_config_history::Entity>,
    #[sea_orm(has_many)]
    pub notes: HasMany<super::tool_notes::Entity>,"),
    ]);
    scratch.edit(
        &format!("{ENTITIES}/tool_categories.rs"),
        &[edit(
            "#[sea_orm(column_type = \"String(StringLen::N(100))\")]\n    pub display_name",
            "#[sea_orm(unique, column_type = \"String(StringLen::N(100))\")]\n    pub display_name",
        )],
    );
    scratch.write(&format!("{ENTITIES}/tool_notes.rs"), NOTES);
    scratch.edit(
        "mcp-schema/src/entities.rs",
        &[edit("pub mod tools;", "pub mod tool_notes;\npub mod tools;")],
    );
}

/// New names, a label more, what was allowed forbidden again, and a table less.
fn change(scratch: &Scratch) {
    scratch.edit(&format!("{ENTITIES}/tools.rs"), &[
        edit("#[sea_orm(column_type = \"Text\", nullable)]\n    pub description: Option<String>", "#[sea_orm(column_type = \"Text\")]\n    pub description: String"),
        edit("pub priority: String", "pub urgency: String"),
        edit("    #[sea_orm(has_many)]\n    pub history: HasMany<super::tool_config_history::Entity>,\n", ""),
        edit("HasMany<super::tool_notes::Entity>", "HasMany<super::tool_remarks::Entity>"),
    ]);
    scratch.edit(
        &format!("{ENTITIES}/tool_categories.rs"),
        &[edit("unique, column_type", "column_type")],
    );
    scratch.edit(&format!("{ENTITIES}/enums.rs"), &[edit(
        "    #[sea_orm(string_value = \"GIT\")]",
        "    #[sea_orm(string_value = \"FORGE\")]\n    Forge,\n    #[sea_orm(string_value = \"GIT\")]",
    )]);
    for file in ["tool_notes", "tool_config_history"] {
        scratch.remove(&format!("{ENTITIES}/{file}.rs"));
    }
    let remarks = NOTES
        .replace("tool_notes", "tool_remarks")
        .replace("    #[sea_orm(unique_key = \"place\")]\n    pub place", "    pub place");
    scratch.write(&format!("{ENTITIES}/tool_remarks.rs"), &remarks);
    scratch.edit(
        "mcp-schema/src/entities.rs",
        &[
            edit("pub mod tool_config_history;\n", ""),
            edit("pub mod tool_notes;", "pub mod tool_remarks;"),
        ],
    );
}

#[test]
fn what_is_generated_compiles_runs_and_leaves_nothing_to_do() {
    let scratch = Scratch::of_checkout();
    scratch.run(&["migrate", "mcp"]).expect_success();
    execute(scratch.folder(), "mcp", ROW);

    for (round, make, options) in [
        ("Grow the tools", grow as fn(&Scratch), &[][..]),
        (
            "Change the tools",
            change,
            &["--rename", "tool_notes=tool_remarks", "--rename", "tools.priority=urgency"],
        ),
    ] {
        make(&scratch);
        scratch.build();
        let differs = scratch.run(&["check", "mcp"]);
        assert_eq!(differs.status, 3, "{differs:#?}");
        let words = [&["create", "mcp", "--autogenerate", "--message", round], options].concat();
        let said = scratch.run(&words).expect_success().to_owned();
        scratch
            .compare(&format!("autogenerate-{}.rs", round.replace(' ', "-").to_lowercase()), &said);

        scratch.build();
        scratch.run(&["check", "mcp"]).expect_success();
        scratch.run(&["migrate", "mcp"]).expect_success();
        scratch.run(&["diff", "mcp"]).expect_success();
        let again = scratch.run(&["create", "mcp", "--autogenerate", "--message", "Nothing"]);
        assert!(again.expect_success().contains("nothing is written"), "{again:#?}");
    }
    scratch.checksum("mcp");
    scratch.run(&["verify", "mcp"]).expect_success();
    scratch.run(&["rollback", "mcp", "-n", "2"]).expect_success();
    scratch.run(&["diff", "mcp"]).expect_success();
}
