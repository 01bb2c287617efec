//! The tool registry.

use sea_orm_migration::{prelude::*, schema::*};

/// The tables, each after those that it refers to.
pub(super) const NAMES: &[&str] =
    &["tool_categories", "tools", "tool_config_history", "tool_configuration"];

pub(super) fn tables() -> Vec<TableCreateStatement> {
    vec![tool_categories(), tools(), tool_config_history(), tool_configuration()]
}

pub(super) fn indexes() -> Vec<IndexCreateStatement> {
    let index = |table: &'static str, column: &'static str| {
        Index::create().name(format!("ix_{table}_{column}")).table(table).col(column).to_owned()
    };
    vec![
        index("tool_categories", "id"),
        index("tool_categories", "name").unique().to_owned(),
        index("tools", "id"),
        index("tools", "name").unique().to_owned(),
        index("tools", "enabled"),
        index("tool_config_history", "id"),
        index("tool_configuration", "id"),
    ]
}

fn tool_categories() -> TableCreateStatement {
    Table::create()
        .table("tool_categories")
        .col(pk_uuid("id"))
        .col(string_len("name", 50))
        .col(string_len("display_name", 100))
        .col(text_null("description"))
        .col(string_len_null("icon", 50))
        .col(string_len_null("color", 7))
        .col(integer_null("sort_order"))
        .col(boolean_null("is_active"))
        .col(time_of("created_at"))
        .col(time_of("updated_at"))
        .to_owned()
}

fn tools() -> TableCreateStatement {
    Table::create()
        .table("tools")
        .col(pk_uuid("id"))
        .col(string_len("name", 100))
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
        .col(time_of("created_at"))
        .col(time_of("updated_at"))
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
        .col(time_of("created_at"))
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
        .col(time_of("last_updated"))
        .col(boolean("auto_sync_enabled"))
        .col(integer("default_timeout"))
        .col(integer("max_concurrent_tools"))
        .col(integer("cache_ttl_seconds"))
        .col(json_null("settings"))
        .col(time_of("created_at"))
        .col(time_of("updated_at"))
        .to_owned()
}

fn time_of(event: &'static str) -> ColumnDef {
    timestamp_with_time_zone_null(event).default(Func::cust("now")).take()
}
