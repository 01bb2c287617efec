//! Change the names.
//!
//! - Renames the table `naming_config` to `naming_settings`.
//! - Renames `weight` of `naming_components` to `likelihood`.
//! - Adds the label `shy` to `moodkind`.
//! - Drops the table `agent_achievements`.
//! - Requires `style` of `agents`.
//!
//! `up` loses the rows of `agent_achievements`; `down` does not bring that back.
//!
//! Hazards: `up` fails where `style` of `agents` is null.

use sea_orm_migration::{
    prelude::{extension::postgres::Type, *},
    schema::*,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let naming_settings = Table::rename().table("naming_config", "naming_settings").to_owned();
        manager.rename_table(naming_settings).await?;

        let naming_components = Table::alter()
            .table("naming_components")
            .rename_column("weight", "likelihood")
            .to_owned();
        manager.alter_table(naming_components).await?;

        manager.alter_type(Type::alter().name("moodkind").add_value("shy").before("bold")).await?;
        manager.drop_table(Table::drop().table("agent_achievements").to_owned()).await?;

        let agents = Table::alter()
            .table("agents")
            .modify_column(ColumnDef::new("style").not_null())
            .to_owned();
        manager.alter_table(agents).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();

        let naming_config = Table::rename().table("naming_settings", "naming_config").to_owned();
        manager.rename_table(naming_config).await?;

        let naming_components = Table::alter()
            .table("naming_components")
            .rename_column("likelihood", "weight")
            .to_owned();
        manager.alter_table(naming_components).await?;

        connection
            .execute_unprepared(
                "ALTER TYPE moodkind RENAME TO moodkind__old;
                 CREATE TYPE moodkind AS ENUM ('calm', 'bold');
                 ALTER TABLE ONLY agent_moods ALTER COLUMN kind DROP DEFAULT;
                 ALTER TABLE agent_moods ALTER COLUMN kind TYPE moodkind
                     USING kind::text::moodkind;
                 ALTER TABLE ONLY agent_moods ALTER COLUMN kind SET DEFAULT 'calm'::moodkind;
                 DROP TYPE moodkind__old",
            )
            .await?;

        let agent_achievements = Table::create()
            .table("agent_achievements")
            .col(pk_uuid("id"))
            .col(uuid("agent_id"))
            .col(string_len("achievement_name", 255))
            .col(text_null("achievement_description"))
            .col(timestamp_with_time_zone_null("achieved_at").default(Expr::current_timestamp()))
            .foreign_key(
                ForeignKey::create()
                    .name("agent_achievements_agent_id_fkey")
                    .from("agent_achievements", "agent_id")
                    .to("agents", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .to_owned();
        manager.create_table(agent_achievements).await?;

        let agents =
            Table::alter().table("agents").modify_column(ColumnDef::new("style").null()).to_owned();
        manager.alter_table(agents).await
    }
}
