//! Change the notes.
//!
//! - Renames the table `note_collaborations` to `note_shares`.
//! - Renames `content_type` of `notes` to `format`.
//! - Renames `author` of `files` to `creator`.
//! - Adds the label `fair` to `reviewverdict`.
//! - Drops the table `note_versions`.
//! - Requires `created_by` of `datasets`.
//!
//! `up` loses the rows of `note_versions`; `down` does not bring that back.
//!
//! Hazards: `up` fails where `created_by` of `datasets` is null.

use sea_orm_migration::{
    prelude::{extension::postgres::Type, *},
    schema::*,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let note_shares = Table::rename().table("note_collaborations", "note_shares").to_owned();
        manager.rename_table(note_shares).await?;

        let notes =
            Table::alter().table("notes").rename_column("content_type", "format").to_owned();
        manager.alter_table(notes).await?;

        let files = Table::alter().table("files").rename_column("author", "creator").to_owned();
        manager.alter_table(files).await?;

        let reviewverdict = Type::alter().name("reviewverdict").add_value("fair").before("weak");
        manager.alter_type(reviewverdict).await?;

        manager.drop_table(Table::drop().table("note_versions").to_owned()).await?;

        let datasets = Table::alter()
            .table("datasets")
            .modify_column(ColumnDef::new("created_by").not_null())
            .to_owned();
        manager.alter_table(datasets).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();

        let note_collaborations =
            Table::rename().table("note_shares", "note_collaborations").to_owned();
        manager.rename_table(note_collaborations).await?;

        let notes =
            Table::alter().table("notes").rename_column("format", "content_type").to_owned();
        manager.alter_table(notes).await?;

        let files = Table::alter().table("files").rename_column("creator", "author").to_owned();
        manager.alter_table(files).await?;

        connection
            .execute_unprepared(
                "ALTER TYPE reviewverdict RENAME TO reviewverdict__old;
                 CREATE TYPE reviewverdict AS ENUM ('strong', 'weak');
                 ALTER TABLE note_reviews ALTER COLUMN verdict TYPE reviewverdict
                     USING verdict::text::reviewverdict;
                 DROP TYPE reviewverdict__old",
            )
            .await?;

        let note_versions = Table::create()
            .table("note_versions")
            .col(pk_uuid("id"))
            .col(string_len("title", 255))
            .col(text("content"))
            .col(string_len("content_type", 20))
            .col(integer("version_number"))
            .col(string_len_null("change_summary", 500))
            .col(timestamp_with_time_zone_null("created_at").default(Expr::current_timestamp()))
            .col(uuid("note_id"))
            .col(uuid("agent_id"))
            .foreign_key(
                ForeignKey::create()
                    .name("note_versions_agent_id_fkey")
                    .from("note_versions", "agent_id")
                    .to("agents", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .foreign_key(
                ForeignKey::create()
                    .name("note_versions_note_id_fkey")
                    .from("note_versions", "note_id")
                    .to("notes", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .to_owned();
        manager.create_table(note_versions).await?;

        let datasets = Table::alter()
            .table("datasets")
            .modify_column(ColumnDef::new("created_by").null())
            .to_owned();
        manager.alter_table(datasets).await
    }
}
