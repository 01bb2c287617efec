//! dropped_table.
//!
//! - Drops the view `v`.
//! - Drops the table `a`.
//!
//! `up` loses the rows of `a`; `down` does not bring that back.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared("DROP VIEW v").await?;
        manager.drop_table(Table::drop().table("a").to_owned()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();

        connection
            .execute_unprepared(
                "CREATE TABLE a (
                     id integer NOT NULL,
                     b integer,
                     CONSTRAINT a_b_check CHECK ((b > 0)),
                     CONSTRAINT a_pkey PRIMARY KEY (id)
                 );
                 COMMENT ON TABLE a IS 'it''s';
                 CREATE INDEX i ON a USING hash (b)",
            )
            .await?;

        let a_b_fkey =
            ForeignKey::create().name("a_b_fkey").from("a", "b").to("b", "id").to_owned();
        manager.create_foreign_key(a_b_fkey).await?;

        connection
            .execute_unprepared(
                "CREATE VIEW v (b) AS
                     SELECT b
                     FROM a",
            )
            .await?;
        Ok(())
    }
}
