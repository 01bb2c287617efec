//! circle_of_foreign_keys.
//!
//! - Creates the table `people`.
//! - Creates the table `teams`.
//!
//! Reversible, at a price: `down` loses the rows of `people` and `teams`.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let people = Table::create()
            .table("people")
            .col(integer("id").primary_key())
            .col(integer_null("team_id"))
            .to_owned();
        manager.create_table(people).await?;

        let teams = Table::create()
            .table("teams")
            .col(integer("id").primary_key())
            .col(integer_null("lead_id"))
            .foreign_key(
                ForeignKey::create()
                    .name("teams_lead_id_fkey")
                    .from("teams", "lead_id")
                    .to("people", "id")
                    .on_delete(ForeignKeyAction::SetNull),
            )
            .to_owned();
        manager.create_table(teams).await?;

        let people_team_id_fkey = ForeignKey::create()
            .name("people_team_id_fkey")
            .from("people", "team_id")
            .to("teams", "id")
            .on_delete(ForeignKeyAction::SetNull)
            .to_owned();
        manager.create_foreign_key(people_team_id_fkey).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let people =
            Table::alter().table("people").drop_constraint("people_team_id_fkey").to_owned();
        manager.alter_table(people).await?;

        let teams = Table::alter().table("teams").drop_constraint("teams_lead_id_fkey").to_owned();
        manager.alter_table(teams).await?;

        manager.drop_table(Table::drop().table("people").to_owned()).await?;
        manager.drop_table(Table::drop().table("teams").to_owned()).await
    }
}
