//! Grow the tools.
//!
//! - Drops the index `ix_tools_enabled`.
//! - Drops the index `ix_tools_name`.
//! - Drops the constraint `tools_name_key`.
//! - Creates the type `notekind`.
//! - Creates the table `tool_notes`.
//! - Adds `priority` and `calls` to `tools`.
//! - Lets `description` of `tools` be null.
//! - Changes `version` of `tools` from `character varying(20)` to `character varying(50)`.
//! - Changes `timeout_seconds` of `tools` from `integer` to `bigint`.
//! - Requires `max_concurrent` of `tools`.
//! - Gives `max_concurrent` of `tools` a default.
//! - Creates the index `tool_categories_display_name_key`.
//! - Creates the index `ix_tools_execution_type`.
//!
//! Reversible, at a price: `down` loses the rows of `tool_notes`, and what `priority` and `calls`
//! of `tools` hold.
//!
//! Hazards: `up` writes all of `tools` anew, which nobody can use meanwhile; it fails where
//! `max_concurrent` of `tools` is null; it fails on duplicates and keeps everybody from writing
//! `tool_categories` for a while; it keeps everybody from writing `tools` for a while.

use sea_orm_migration::{
    prelude::{extension::postgres::Type, *},
    schema::*,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name("ix_tools_enabled").to_owned()).await?;
        manager.drop_index(Index::drop().name("ix_tools_name").to_owned()).await?;

        let tools = Table::alter().table("tools").drop_constraint("tools_name_key").to_owned();
        manager.alter_table(tools).await?;

        let notekind = Type::create().as_enum("notekind").values(["hint", "warning"]).to_owned();
        manager.create_type(notekind).await?;

        let tool_notes = Table::create()
            .table("tool_notes")
            .col(pk_auto("id"))
            .col(uuid("tool_id"))
            .col(small_integer("place"))
            .col(custom("kind", "notekind").default("hint"))
            .col(text("note"))
            .col(timestamp_with_time_zone_default_now("created_at"))
            .foreign_key(
                ForeignKey::create()
                    .name("tool_notes_tool_id_fkey")
                    .from("tool_notes", "tool_id")
                    .to("tools", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .to_owned();
        manager.create_table(tool_notes).await?;

        let ix_tool_notes_created_at = Index::create()
            .name("ix_tool_notes_created_at")
            .table("tool_notes")
            .col("created_at")
            .to_owned();
        manager.create_index(ix_tool_notes_created_at).await?;

        let tool_notes_tool_id_place_key = Index::create()
            .unique()
            .name("tool_notes_tool_id_place_key")
            .table("tool_notes")
            .col("tool_id")
            .col("place")
            .to_owned();
        manager.create_index(tool_notes_tool_id_place_key).await?;

        let tools = Table::alter()
            .table("tools")
            .add_column(string_len("priority", 20).default("low"))
            .add_column(big_integer("calls").default(0))
            .modify_column(ColumnDef::new("description").null())
            .modify_column(ColumnDef::new("version").string_len(50))
            .modify_column(ColumnDef::new("timeout_seconds").big_integer())
            .modify_column(ColumnDef::new("max_concurrent").not_null().default(1))
            .to_owned();
        manager.alter_table(tools).await?;

        let tool_categories_display_name_key = Index::create()
            .unique()
            .name("tool_categories_display_name_key")
            .table("tool_categories")
            .col("display_name")
            .to_owned();
        manager.create_index(tool_categories_display_name_key).await?;

        let ix_tools_execution_type = Index::create()
            .name("ix_tools_execution_type")
            .table("tools")
            .col("execution_type")
            .to_owned();
        manager.create_index(ix_tools_execution_type).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();

        let tool_categories_display_name_key =
            Index::drop().name("tool_categories_display_name_key").to_owned();
        manager.drop_index(tool_categories_display_name_key).await?;

        manager.drop_index(Index::drop().name("ix_tools_execution_type").to_owned()).await?;
        manager.drop_table(Table::drop().table("tool_notes").to_owned()).await?;

        let tools = Table::alter()
            .table("tools")
            .drop_column("priority")
            .drop_column("calls")
            .modify_column(ColumnDef::new("description").not_null())
            .modify_column(ColumnDef::new("version").string_len(20))
            .modify_column(ColumnDef::new("timeout_seconds").integer())
            .modify_column(ColumnDef::new("max_concurrent").null())
            .to_owned();
        manager.alter_table(tools).await?;

        connection
            .execute_unprepared(
                "ALTER TABLE ONLY tools ALTER COLUMN max_concurrent DROP DEFAULT;
                 ALTER TABLE tools ADD CONSTRAINT tools_name_key UNIQUE (name)",
            )
            .await?;

        let ix_tools_enabled =
            Index::create().name("ix_tools_enabled").table("tools").col("enabled").to_owned();
        manager.create_index(ix_tools_enabled).await?;

        let ix_tools_name =
            Index::create().name("ix_tools_name").table("tools").col("name").to_owned();
        manager.create_index(ix_tools_name).await?;

        manager.drop_type(Type::drop().name("notekind").to_owned()).await
    }
}
