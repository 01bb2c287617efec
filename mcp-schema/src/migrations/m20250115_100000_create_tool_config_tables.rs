//! Creates `tools` with `tool_categories` and `tool_config_history`, the enum of category names,
//! and `tool_configuration`; adds one category for each name and the default configuration.
//!
//! Hazard: `down` drops all four tables, which loses every tool, its settings and its history.

use sea_orm_migration::{
    prelude::{extension::postgres::Type, *},
    schema::*,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let names = CATEGORIES.map(|category| category.0);
        manager
            .create_type(Type::create().as_enum("toolcategoryenum").values(names).to_owned())
            .await?;

        for table in [tool_categories(), tools(), tool_config_history(), tool_configuration()] {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }

        manager.execute(insert_categories()).await?;
        manager.execute(insert_configuration()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["tool_configuration", "tool_config_history", "tools", "tool_categories"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        manager.drop_type(Type::drop().name("toolcategoryenum").to_owned()).await
    }
}

/// Name, display name, description, icon and colour, in the order in which they are shown.
pub(super) const CATEGORIES: [(&str, &str, &str, &str, &str); 19] = [
    ("AGENT", "Agent Tools", "Manage agents and their lives.", "🤖", "#FF6B6B"),
    ("CHARACTER", "Character Tools", "Create characters and work with them.", "👤", "#4ECDC4"),
    ("ECS", "ECS World Tools", "Look into the ECS world and act in it.", "🌍", "#45B7D1"),
    ("SOCIAL", "Social Tools", "Let agents talk to each other.", "👥", "#96CEB4"),
    ("LINTING", "Linting Tools", "Find mistakes in code and text.", "🔍", "#FFEAA7"),
    ("FORMATTING", "Formatting Tools", "Lay code and text out.", "✨", "#DDA0DD"),
    ("SEARCH", "Search Tools", "Find files, code and text.", "🔎", "#98D8C8"),
    ("VISUALIZATION", "Visualization Tools", "Draw diagrams and charts.", "📊", "#F7DC6F"),
    ("SECURITY", "Security Tools", "Find vulnerabilities.", "🔒", "#BB8FCE"),
    ("UTILITY", "Utility Tools", "Help with small everyday tasks.", "🛠️", "#85C1E9"),
    ("VERSION", "Version Tools", "Tell the versions of installed software.", "📋", "#F8C471"),
    ("VSCODE", "VS Code Tools", "Talk to the editor.", "💻", "#82E0AA"),
    ("PLAYWRIGHT", "Playwright Tools", "Drive a web browser.", "🎭", "#F1948A"),
    ("MONOLITH", "Monolith Detection", "Find files that have grown too large.", "🏗️", "#D7BDE2"),
    ("MANAGEMENT", "Management Tools", "Switch tools on and off.", "⚙️", "#A9DFBF"),
    ("SECRETS", "Secrets Tools", "Read and keep secrets.", "🔐", "#F9E79F"),
    ("RESEARCH", "Research Tools", "Find and read publications.", "📚", "#AED6F1"),
    ("EMAIL", "Email Tools", "Read and send e-mail.", "📧", "#D5DBDB"),
    ("GIT", "Git Tools", "Work with Git repositories.", "🌿", "#FADBD8"),
];

fn tool_categories() -> TableCreateStatement {
    Table::create()
        .table("tool_categories")
        .col(pk_uuid("id"))
        .col(custom("name", "toolcategoryenum").unique_key())
        .col(string_len("display_name", 100))
        .col(text_null("description"))
        .col(string_len_null("icon", 50))
        .col(string_len_null("color", 7))
        .col(integer_null("sort_order"))
        .col(boolean_null("is_active"))
        .col(now_by_default("created_at"))
        .col(now_by_default("updated_at"))
        .to_owned()
}

fn tools() -> TableCreateStatement {
    Table::create()
        .table("tools")
        .col(pk_uuid("id"))
        .col(string_len_uniq("name", 100))
        .col(uuid("category_id"))
        .col(boolean("enabled"))
        .col(text("description"))
        .col(json_null("dependencies"))
        .col(json_null("config"))
        .col(string_len("version", 20))
        .col(boolean("is_system_tool"))
        .col(string_len("execution_type", 20))
        .col(integer_null("timeout_seconds"))
        .col(integer_null("max_concurrent"))
        .col(now_by_default("created_at"))
        .col(now_by_default("updated_at"))
        .foreign_key(
            ForeignKey::create()
                .name("tools_category_id_fkey")
                .from("tools", "category_id")
                .to("tool_categories", "id"),
        )
        .to_owned()
}

fn tool_config_history() -> TableCreateStatement {
    Table::create()
        .table("tool_config_history")
        .col(pk_uuid("id"))
        .col(uuid("tool_id"))
        .col(string_len("change_type", 20))
        .col(json_null("old_values"))
        .col(json_null("new_values"))
        .col(string_len_null("changed_by", 100))
        .col(text_null("change_reason"))
        .col(now_by_default("created_at"))
        .foreign_key(
            ForeignKey::create()
                .name("tool_config_history_tool_id_fkey")
                .from("tool_config_history", "tool_id")
                .to("tools", "id"),
        )
        .to_owned()
}

fn tool_configuration() -> TableCreateStatement {
    Table::create()
        .table("tool_configuration")
        .col(pk_uuid("id"))
        .col(string_len("version", 20))
        .col(now_by_default("last_updated"))
        .col(boolean("auto_sync_enabled"))
        .col(integer("default_timeout"))
        .col(integer("max_concurrent_tools"))
        .col(integer("cache_ttl_seconds"))
        .col(json_null("settings"))
        .col(now_by_default("created_at"))
        .col(now_by_default("updated_at"))
        .to_owned()
}

fn now_by_default(column: &'static str) -> ColumnDef {
    timestamp_with_time_zone_null(column).default(Expr::cust("now()")).to_owned()
}

fn indexes() -> Vec<IndexCreateStatement> {
    let index = |name: &'static str, table: &'static str, columns: &[&'static str]| {
        let mut index = Index::create().name(name).table(table).to_owned();
        for column in columns {
            index.col(*column);
        }
        index
    };
    vec![
        index("ix_tool_categories_name", "tool_categories", &["name"]),
        index("ix_tools_enabled", "tools", &["enabled"]),
        index("ix_tools_name", "tools", &["name"]),
        index("idx_tools_category_enabled", "tools", &["category_id", "enabled"]),
        index("idx_tools_name_enabled", "tools", &["name", "enabled"]),
        index("idx_tool_history_change_type", "tool_config_history", &["change_type"]),
        index("idx_tool_history_tool_created", "tool_config_history", &["tool_id", "created_at"]),
    ]
}

pub(super) fn insert_categories() -> InsertStatement {
    let mut insert = Query::insert()
        .into_table("tool_categories")
        .columns([
            "id",
            "name",
            "display_name",
            "description",
            "icon",
            "color",
            "sort_order",
            "is_active",
        ])
        .to_owned();
    for ((name, display_name, description, icon, color), sort_order) in
        CATEGORIES.into_iter().zip(1..)
    {
        insert.values_panic([
            new_id(),
            Expr::val(name).as_enum("toolcategoryenum"),
            display_name.into(),
            description.into(),
            icon.into(),
            color.into(),
            Expr::val::<i32>(sort_order),
            true.into(),
        ]);
    }
    insert
}

fn insert_configuration() -> InsertStatement {
    let (columns, values): (Vec<_>, Vec<_>) = configuration().into_iter().unzip();
    Query::insert()
        .into_table("tool_configuration")
        .columns(columns)
        .values_panic(values)
        .to_owned()
}

pub(super) fn configuration() -> [(&'static str, Expr); 7] {
    [
        ("id", new_id()),
        ("version", "1.0.0".into()),
        ("auto_sync_enabled", true.into()),
        ("default_timeout", 30.into()),
        ("max_concurrent_tools", 10.into()),
        ("cache_ttl_seconds", 300.into()),
        ("settings", Expr::val("{}").cast_as("json")),
    ]
}

fn new_id() -> Expr {
    Expr::cust("gen_random_uuid()")
}
