//! Grow the notes.
//!
//! - Drops the index `idx_files_modality`.
//! - Drops the constraint `datasets_name_version_key`.
//! - Creates the type `reviewverdict`.
//! - Creates the table `note_reviews`.
//! - Adds `language` to `notes`.
//! - Adds `details`, `is_recurring` and `steps` to `todos`.
//! - Lets `created_by` of `datasets` be null.
//! - Requires `total_files` of `datasets`.
//! - Changes `mime_type` of `files` from `character varying(100)` to `character varying(255)`.
//! - Changes `page_count` of `files` from `integer` to `bigint`.
//! - Changes `title` of `todos` from `character varying(255)` to `text`.
//! - Changes `priority` of `todos` from `character varying(10)` to `character varying(20)`.
//! - Creates the index `notebooks_title_agent_id_key`.
//! - Creates the index `ix_todos_due_date`.
//!
//! Reversible, at a price: `down` loses the rows of `note_reviews`, and what `language` of `notes`
//! holds, and what `details`, `is_recurring` and `steps` of `todos` hold.
//!
//! Hazards: `up` fails where `total_files` of `datasets` is null; it writes all of `files` anew,
//! which nobody can use meanwhile; it fails on duplicates and keeps everybody from writing
//! `notebooks` for a while; it keeps everybody from writing `todos` for a while.

use sea_orm_migration::{
    prelude::{extension::postgres::Type, *},
    schema::*,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        connection.execute_unprepared("DROP VIEW file_details").await?;
        manager.drop_index(Index::drop().name("idx_files_modality").to_owned()).await?;

        let datasets = Table::alter()
            .table("datasets")
            .drop_constraint("datasets_name_version_key")
            .to_owned();
        manager.alter_table(datasets).await?;

        let reviewverdict =
            Type::create().as_enum("reviewverdict").values(["strong", "weak"]).to_owned();
        manager.create_type(reviewverdict).await?;

        let note_reviews = Table::create()
            .table("note_reviews")
            .col(uuid("id").default(Expr::cust("gen_random_uuid()")).primary_key())
            .col(uuid("note_id"))
            .col(uuid("agent_id"))
            .col(custom("verdict", "reviewverdict"))
            .col(decimal_len("score", 5, 2).default(0.5))
            .col(custom_null("topics", "text[]").default("{}"))
            .col(json_binary("details").default("{}"))
            .col(timestamp_with_time_zone("created_at").default(Expr::cust("now()")))
            .foreign_key(
                ForeignKey::create()
                    .name("note_reviews_agent_id_fkey")
                    .from("note_reviews", "agent_id")
                    .to("agents", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .foreign_key(
                ForeignKey::create()
                    .name("note_reviews_note_id_fkey")
                    .from("note_reviews", "note_id")
                    .to("notes", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .to_owned();
        manager.create_table(note_reviews).await?;

        let ix_note_reviews_agent_id = Index::create()
            .name("ix_note_reviews_agent_id")
            .table("note_reviews")
            .col("agent_id")
            .to_owned();
        manager.create_index(ix_note_reviews_agent_id).await?;

        let note_reviews_note_id_agent_id_key = Index::create()
            .unique()
            .name("note_reviews_note_id_agent_id_key")
            .table("note_reviews")
            .col("note_id")
            .col("agent_id")
            .to_owned();
        manager.create_index(note_reviews_note_id_agent_id_key).await?;

        let notes = Table::alter()
            .table("notes")
            .add_column(string_len("language", 10).default("en"))
            .to_owned();
        manager.alter_table(notes).await?;

        let todos = Table::alter()
            .table("todos")
            .add_column(json_binary("details").default("{}"))
            .add_column(boolean("is_recurring").default(false))
            .add_column(custom("steps", "text[]").default("{}"))
            .to_owned();
        manager.alter_table(todos).await?;

        let datasets = Table::alter()
            .table("datasets")
            .modify_column(ColumnDef::new("created_by").null())
            .modify_column(ColumnDef::new("total_files").not_null())
            .to_owned();
        manager.alter_table(datasets).await?;

        let files = Table::alter()
            .table("files")
            .modify_column(ColumnDef::new("mime_type").string_len(255))
            .modify_column(ColumnDef::new("page_count").big_integer())
            .to_owned();
        manager.alter_table(files).await?;

        let todos = Table::alter()
            .table("todos")
            .modify_column(ColumnDef::new("title").text())
            .modify_column(ColumnDef::new("priority").string_len(20))
            .to_owned();
        manager.alter_table(todos).await?;

        let notebooks_title_agent_id_key = Index::create()
            .unique()
            .name("notebooks_title_agent_id_key")
            .table("notebooks")
            .col("title")
            .col("agent_id")
            .to_owned();
        manager.create_index(notebooks_title_agent_id_key).await?;

        let ix_todos_due_date =
            Index::create().name("ix_todos_due_date").table("todos").col("due_date").to_owned();
        manager.create_index(ix_todos_due_date).await?;

        connection
            .execute_unprepared(
                "CREATE VIEW file_details (id, dataset_id, path, file_type, modality, size, hash,
                     mime_type, metadata, created_at, updated_at, title, description, author,
                     language, encoding, dimensions, duration, bitrate, sample_rate, schema_info,
                     row_count, column_count, page_count, word_count, last_modified, checksum,
                     custom_metadata, dataset_name, dataset_version, embedding_count,
                     embedding_modalities, embedding_models) AS
                     SELECT f.id, f.dataset_id, f.path, f.file_type, f.modality, f.size, f.hash,
                     f.mime_type, f.metadata, f.created_at, f.updated_at, f.title, f.description,
                     f.author, f.language, f.encoding, f.dimensions, f.duration, f.bitrate,
                     f.sample_rate, f.schema_info, f.row_count, f.column_count, f.page_count,
                     f.word_count, f.last_modified, f.checksum, f.custom_metadata,
                     d.name AS dataset_name, d.version AS dataset_version,
                     count(e.id) AS embedding_count,
                     COALESCE(array_agg(DISTINCT e.modality) FILTER (WHERE (e.id IS NOT NULL)),
                     '{}'::character varying[]) AS embedding_modalities,
                     COALESCE(array_agg(DISTINCT e.model_id) FILTER (WHERE (e.id IS NOT NULL)),
                     '{}'::character varying[]) AS embedding_models
                     FROM ((files f
                     JOIN datasets d ON ((d.id = f.dataset_id)))
                     LEFT JOIN embeddings e ON ((e.file_id = f.id)))
                     GROUP BY f.id, d.id",
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        connection.execute_unprepared("DROP VIEW file_details").await?;
        manager.drop_index(Index::drop().name("notebooks_title_agent_id_key").to_owned()).await?;
        manager.drop_index(Index::drop().name("ix_todos_due_date").to_owned()).await?;
        manager.drop_table(Table::drop().table("note_reviews").to_owned()).await?;

        let notes = Table::alter().table("notes").drop_column("language").to_owned();
        manager.alter_table(notes).await?;

        let todos = Table::alter()
            .table("todos")
            .drop_column("details")
            .drop_column("is_recurring")
            .drop_column("steps")
            .to_owned();
        manager.alter_table(todos).await?;

        let datasets = Table::alter()
            .table("datasets")
            .modify_column(ColumnDef::new("created_by").not_null())
            .modify_column(ColumnDef::new("total_files").null())
            .to_owned();
        manager.alter_table(datasets).await?;

        let files = Table::alter()
            .table("files")
            .modify_column(ColumnDef::new("mime_type").string_len(100))
            .modify_column(ColumnDef::new("page_count").integer())
            .to_owned();
        manager.alter_table(files).await?;

        let todos = Table::alter()
            .table("todos")
            .modify_column(ColumnDef::new("title").string_len(255))
            .modify_column(ColumnDef::new("priority").string_len(10))
            .to_owned();
        manager.alter_table(todos).await?;

        connection
            .execute_unprepared(
                "ALTER TABLE datasets ADD CONSTRAINT datasets_name_version_key UNIQUE (name,
                     version)",
            )
            .await?;

        let idx_files_modality =
            Index::create().name("idx_files_modality").table("files").col("modality").to_owned();
        manager.create_index(idx_files_modality).await?;

        connection
            .execute_unprepared(
                "CREATE VIEW file_details (id, dataset_id, path, file_type, modality, size, hash,
                     mime_type, metadata, created_at, updated_at, title, description, author,
                     language, encoding, dimensions, duration, bitrate, sample_rate, schema_info,
                     row_count, column_count, page_count, word_count, last_modified, checksum,
                     custom_metadata, dataset_name, dataset_version, embedding_count,
                     embedding_modalities, embedding_models) AS
                     SELECT f.id, f.dataset_id, f.path, f.file_type, f.modality, f.size, f.hash,
                     f.mime_type, f.metadata, f.created_at, f.updated_at, f.title, f.description,
                     f.author, f.language, f.encoding, f.dimensions, f.duration, f.bitrate,
                     f.sample_rate, f.schema_info, f.row_count, f.column_count, f.page_count,
                     f.word_count, f.last_modified, f.checksum, f.custom_metadata,
                     d.name AS dataset_name, d.version AS dataset_version,
                     count(e.id) AS embedding_count,
                     COALESCE(array_agg(DISTINCT e.modality) FILTER (WHERE (e.id IS NOT NULL)),
                     '{}'::character varying[]) AS embedding_modalities,
                     COALESCE(array_agg(DISTINCT e.model_id) FILTER (WHERE (e.id IS NOT NULL)),
                     '{}'::character varying[]) AS embedding_models
                     FROM ((files f
                     JOIN datasets d ON ((d.id = f.dataset_id)))
                     LEFT JOIN embeddings e ON ((e.file_id = f.id)))
                     GROUP BY f.id, d.id",
            )
            .await?;

        manager.drop_type(Type::drop().name("reviewverdict").to_owned()).await
    }
}
