//! Change the tools.
//!
//! - Renames the table `tool_notes` to `tool_remarks`.
//! - Renames `priority` of `tools` to `urgency`.
//! - Drops the index `tool_categories_display_name_key`.
//! - Drops the index `tool_notes_tool_id_place_key`.
//! - Adds the label `FORGE` to `toolcategoryenum`.
//! - Drops the table `tool_config_history`.
//! - Requires `description` of `tools`.
//! - Creates the index `tool_remarks_tool_id_key`.
//!
//! `up` loses the rows of `tool_config_history`; `down` does not bring that back.
//!
//! Hazards: `up` fails where `description` of `tools` is null; it fails on duplicates and keeps
//! everybody from writing `tool_remarks` for a while.

use sea_orm_migration::{
    prelude::{extension::postgres::Type, *},
    schema::*,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tool_remarks = Table::rename().table("tool_notes", "tool_remarks").to_owned();
        manager.rename_table(tool_remarks).await?;

        let tools = Table::alter().table("tools").rename_column("priority", "urgency").to_owned();
        manager.alter_table(tools).await?;

        let tool_categories_display_name_key =
            Index::drop().name("tool_categories_display_name_key").to_owned();
        manager.drop_index(tool_categories_display_name_key).await?;

        manager.drop_index(Index::drop().name("tool_notes_tool_id_place_key").to_owned()).await?;

        let toolcategoryenum =
            Type::alter().name("toolcategoryenum").add_value("FORGE").before("GIT");
        manager.alter_type(toolcategoryenum).await?;

        manager.drop_table(Table::drop().table("tool_config_history").to_owned()).await?;

        let tools = Table::alter()
            .table("tools")
            .modify_column(ColumnDef::new("description").not_null())
            .to_owned();
        manager.alter_table(tools).await?;

        let tool_remarks_tool_id_key = Index::create()
            .unique()
            .name("tool_remarks_tool_id_key")
            .table("tool_remarks")
            .col("tool_id")
            .to_owned();
        manager.create_index(tool_remarks_tool_id_key).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();

        let tool_notes = Table::rename().table("tool_remarks", "tool_notes").to_owned();
        manager.rename_table(tool_notes).await?;

        let tools = Table::alter().table("tools").rename_column("urgency", "priority").to_owned();
        manager.alter_table(tools).await?;

        manager.drop_index(Index::drop().name("tool_remarks_tool_id_key").to_owned()).await?;

        connection
            .execute_unprepared(
                "ALTER TYPE toolcategoryenum RENAME TO toolcategoryenum__old;
                 CREATE TYPE toolcategoryenum AS ENUM ('AGENT', 'CHARACTER', 'ECS', 'SOCIAL',
                     'LINTING', 'FORMATTING', 'SEARCH', 'VISUALIZATION', 'SECURITY', 'UTILITY',
                     'VERSION', 'VSCODE', 'PLAYWRIGHT', 'MONOLITH', 'MANAGEMENT', 'SECRETS',
                     'RESEARCH', 'EMAIL', 'GIT');
                 ALTER TABLE tool_categories ALTER COLUMN name TYPE toolcategoryenum
                     USING name::text::toolcategoryenum;
                 DROP TYPE toolcategoryenum__old",
            )
            .await?;

        let tool_config_history = Table::create()
            .table("tool_config_history")
            .col(pk_uuid("id"))
            .col(uuid("tool_id"))
            .col(string_len("change_type", 20))
            .col(json_null("old_values"))
            .col(json_null("new_values"))
            .col(string_len_null("changed_by", 100))
            .col(text_null("change_reason"))
            .col(timestamp_with_time_zone_null("created_at").default(Expr::cust("now()")))
            .foreign_key(
                ForeignKey::create()
                    .name("tool_config_history_tool_id_fkey")
                    .from("tool_config_history", "tool_id")
                    .to("tools", "id"),
            )
            .to_owned();
        manager.create_table(tool_config_history).await?;

        let idx_tool_history_change_type = Index::create()
            .name("idx_tool_history_change_type")
            .table("tool_config_history")
            .col("change_type")
            .to_owned();
        manager.create_index(idx_tool_history_change_type).await?;

        let idx_tool_history_tool_created = Index::create()
            .name("idx_tool_history_tool_created")
            .table("tool_config_history")
            .col("tool_id")
            .col("created_at")
            .to_owned();
        manager.create_index(idx_tool_history_tool_created).await?;

        let tools = Table::alter()
            .table("tools")
            .modify_column(ColumnDef::new("description").null())
            .to_owned();
        manager.alter_table(tools).await?;

        let tool_categories_display_name_key = Index::create()
            .unique()
            .name("tool_categories_display_name_key")
            .table("tool_categories")
            .col("display_name")
            .to_owned();
        manager.create_index(tool_categories_display_name_key).await?;

        let tool_notes_tool_id_place_key = Index::create()
            .unique()
            .name("tool_notes_tool_id_place_key")
            .table("tool_notes")
            .col("tool_id")
            .col("place")
            .to_owned();
        manager.create_index(tool_notes_tool_id_place_key).await
    }
}
