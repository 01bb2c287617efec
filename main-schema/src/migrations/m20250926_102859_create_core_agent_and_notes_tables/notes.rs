//! Agents and what belongs to them.

use sea_orm_migration::{prelude::*, schema::*};

/// The tables, each after those that it refers to.
pub(super) const NAMES: &[&str] = &[
    "agents",
    "notebooks",
    "notes",
    "todos",
    "tags",
    "note_tags",
    "note_versions",
    "note_collaborations",
    "note_attachments",
    "todo_tags",
    "ai_metadata",
];

pub(super) fn tables() -> Vec<TableCreateStatement> {
    vec![
        agents(),
        notebooks(),
        notes(),
        todos(),
        tags(),
        note_tags(),
        note_versions(),
        note_collaborations(),
        note_attachments(),
        todo_tags(),
        ai_metadata(),
    ]
}

pub(super) fn indexes() -> Vec<IndexCreateStatement> {
    let agents = |column: &str| {
        let name = format!("ix_agents_{column}");
        Index::create().name(name).table("agents").col(column.to_owned()).to_owned()
    };
    vec![
        agents("agent_id").unique().to_owned(),
        agents("email").unique().to_owned(),
        agents("spirit"),
        agents("active"),
    ]
}

fn agents() -> TableCreateStatement {
    Table::create()
        .table("agents")
        .col(pk_uuid("id"))
        .col(string_len("agent_id", 255))
        .col(string_len("name", 255))
        .col(string_len_null("email", 255))
        .col(string_len_null("spirit", 100))
        .col(string_len_null("style", 100))
        .col(string_len_null("generation", 50))
        .col(boolean_null("active"))
        .col(boolean_null("is_system_agent"))
        .col(text_null("preferences"))
        .col(time_of("created_at"))
        .col(time_of("updated_at"))
        .col(time_of("last_activity"))
        .to_owned()
}

fn notebooks() -> TableCreateStatement {
    Table::create()
        .table("notebooks")
        .col(pk_uuid("id"))
        .col(string_len("title", 255))
        .col(text_null("description"))
        .col(string_len("color", 7))
        .col(boolean("is_public"))
        .col(boolean("is_archived"))
        .col(time_of("created_at"))
        .col(time_of("updated_at"))
        .col(uuid("agent_id"))
        .foreign_key(&mut cascade("notebooks", "agent_id", "agents"))
        .to_owned()
}

fn notes() -> TableCreateStatement {
    Table::create()
        .table("notes")
        .col(pk_uuid("id"))
        .col(string_len("title", 255))
        .col(text("content"))
        .col(string_len("content_type", 20))
        .col(boolean("is_favorite"))
        .col(boolean("is_archived"))
        .col(time_of("created_at"))
        .col(time_of("updated_at"))
        .col(uuid("notebook_id"))
        .col(uuid("agent_id"))
        .foreign_key(&mut cascade("notes", "notebook_id", "notebooks"))
        .foreign_key(&mut cascade("notes", "agent_id", "agents"))
        .to_owned()
}

fn todos() -> TableCreateStatement {
    Table::create()
        .table("todos")
        .col(pk_uuid("id"))
        .col(string_len("title", 255))
        .col(text_null("description"))
        .col(boolean("completed"))
        .col(string_len("priority", 10))
        .col(timestamp_with_time_zone_null("due_date"))
        .col(timestamp_with_time_zone_null("completed_at"))
        .col(time_of("created_at"))
        .col(time_of("updated_at"))
        .col(uuid("agent_id"))
        .foreign_key(&mut cascade("todos", "agent_id", "agents"))
        .to_owned()
}

fn tags() -> TableCreateStatement {
    Table::create()
        .table("tags")
        .col(pk_uuid("id"))
        .col(string_len("name", 100))
        .col(string_len("color", 7))
        .col(time_of("created_at"))
        .col(uuid("agent_id"))
        .index(Index::create().unique().name("uq_tag_name_agent").col("name").col("agent_id"))
        .foreign_key(&mut cascade("tags", "agent_id", "agents"))
        .to_owned()
}

fn note_tags() -> TableCreateStatement {
    Table::create()
        .table("note_tags")
        .col(uuid("note_id"))
        .col(uuid("tag_id"))
        .primary_key(Index::create().col("note_id").col("tag_id"))
        .foreign_key(&mut cascade("note_tags", "note_id", "notes"))
        .foreign_key(&mut cascade("note_tags", "tag_id", "tags"))
        .to_owned()
}

fn note_versions() -> TableCreateStatement {
    Table::create()
        .table("note_versions")
        .col(pk_uuid("id"))
        .col(string_len("title", 255))
        .col(text("content"))
        .col(string_len("content_type", 20))
        .col(integer("version_number"))
        .col(string_len_null("change_summary", 500))
        .col(time_of("created_at"))
        .col(uuid("note_id"))
        .col(uuid("agent_id"))
        .foreign_key(&mut cascade("note_versions", "note_id", "notes"))
        .foreign_key(&mut cascade("note_versions", "agent_id", "agents"))
        .to_owned()
}

fn note_collaborations() -> TableCreateStatement {
    Table::create()
        .table("note_collaborations")
        .col(pk_uuid("id"))
        .col(string_len("permission", 20))
        .col(time_of("created_at"))
        .col(uuid("note_id"))
        .col(uuid("collaborator_id"))
        .index(
            Index::create()
                .unique()
                .name("uq_note_collaboration")
                .col("note_id")
                .col("collaborator_id"),
        )
        .foreign_key(&mut cascade("note_collaborations", "note_id", "notes"))
        .foreign_key(&mut cascade("note_collaborations", "collaborator_id", "agents"))
        .to_owned()
}

fn note_attachments() -> TableCreateStatement {
    Table::create()
        .table("note_attachments")
        .col(pk_uuid("id"))
        .col(string_len("filename", 255))
        .col(string_len("file_path", 500))
        .col(integer("file_size"))
        .col(string_len("mime_type", 100))
        .col(time_of("created_at"))
        .col(uuid("note_id"))
        .foreign_key(&mut cascade("note_attachments", "note_id", "notes"))
        .to_owned()
}

fn todo_tags() -> TableCreateStatement {
    Table::create()
        .table("todo_tags")
        .col(uuid("todo_id"))
        .col(uuid("tag_id"))
        .primary_key(Index::create().col("todo_id").col("tag_id"))
        .foreign_key(&mut cascade("todo_tags", "todo_id", "todos"))
        .foreign_key(&mut cascade("todo_tags", "tag_id", "tags"))
        .to_owned()
}

fn ai_metadata() -> TableCreateStatement {
    Table::create()
        .table("ai_metadata")
        .col(pk_uuid("id"))
        .col(string_len("entity_type", 20))
        .col(uuid("entity_id"))
        .col(string_len("ai_type", 50))
        .col(json("ai_data"))
        .col(double_null("confidence_score"))
        .col(string_len_null("model_used", 100))
        .col(time_of("created_at"))
        .col(uuid("agent_id"))
        .foreign_key(&mut cascade("ai_metadata", "agent_id", "agents"))
        .to_owned()
}

fn time_of(event: &'static str) -> ColumnDef {
    timestamp_with_time_zone_null(event).default(Expr::current_timestamp()).take()
}

fn cascade(
    table: &'static str,
    column: &'static str,
    to: &'static str,
) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(format!("{table}_{column}_fkey"))
        .from(table, column)
        .to(to, "id")
        .on_delete(ForeignKeyAction::Cascade)
        .to_owned()
}
