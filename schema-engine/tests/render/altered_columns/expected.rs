//! altered_columns.
//!
//! - Drops `e` of `a`.
//! - Adds `h` and `i` to `a`.
//! - Changes `b` of `a` from `character varying(9)` to `character varying(20)`.
//! - Requires `b` of `a`.
//! - Changes `c` of `a` from `integer` to `bigint`.
//! - Lets `c` of `a` be null.
//! - Changes the default of `d` of `a`.
//! - Changes `f` of `a` from `text` to `integer`.
//! - Gives `g` of `a` a default.
//!
//! `up` loses what `e` of `a` holds, which `down` does not bring back; `down` loses what `h` and
//! `i` of `a` hold.
//!
//! Hazards: `up` fails if `a` has rows, which have no `i`; it fails where `b` of `a` is null; it
//! writes all of `a` anew, which nobody can use meanwhile.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();

        let a = Table::alter()
            .table("a")
            .drop_column("e")
            .add_column(boolean("h").default(true))
            .add_column(uuid("i"))
            .modify_column(ColumnDef::new("b").string_len(20).not_null())
            .modify_column(ColumnDef::new("c").big_integer().null())
            .modify_column(ColumnDef::new("d").default("y"))
            .to_owned();
        manager.alter_table(a).await?;

        connection
            .execute_unprepared("ALTER TABLE a ALTER COLUMN f TYPE integer USING f::integer")
            .await?;

        let a = Table::alter()
            .table("a")
            .modify_column(ColumnDef::new("g").default(Expr::cust("gen_random_uuid()")))
            .to_owned();
        manager.alter_table(a).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();

        let a = Table::alter()
            .table("a")
            .drop_column("h")
            .drop_column("i")
            .add_column(integer_null("e"))
            .modify_column(ColumnDef::new("b").string_len(9).null())
            .modify_column(ColumnDef::new("c").integer().not_null())
            .modify_column(ColumnDef::new("d").default("x"))
            .modify_column(ColumnDef::new("f").text())
            .to_owned();
        manager.alter_table(a).await?;

        connection.execute_unprepared("ALTER TABLE ONLY a ALTER COLUMN g DROP DEFAULT").await?;
        Ok(())
    }
}
