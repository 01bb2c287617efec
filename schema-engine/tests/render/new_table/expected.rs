//! new_table.
//!
//! - Creates the type `mood`.
//! - Creates the table `members`.
//! - Creates the table `teams`.
//!
//! Reversible, at a price: `down` loses the rows of `members` and `teams`.

use sea_orm_migration::{
    prelude::{extension::postgres::Type, *},
    schema::*,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mood = Type::create().as_enum("mood").values(["good", "bad"]).to_owned();
        manager.create_type(mood).await?;

        let members = Table::create()
            .table("members")
            .col(integer("team_id"))
            .col(uuid("user_id"))
            .col(custom("mood", "mood").default("good"))
            .col(decimal_len("rate", 10, 2).default(0))
            .col(timestamp_with_time_zone("joined_at").default(Expr::cust("now()")))
            .col(json_binary_null("settings"))
            .col(custom_null("tags", "text[]"))
            .primary_key(Index::create().name("members_pkey").col("team_id").col("user_id"))
            .foreign_key(
                ForeignKey::create()
                    .name("members_user_id_fkey")
                    .from("members", "user_id")
                    .to("users", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .to_owned();
        manager.create_table(members).await?;

        let ix_members_user_id =
            Index::create().name("ix_members_user_id").table("members").col("user_id").to_owned();
        manager.create_index(ix_members_user_id).await?;

        let teams = Table::create()
            .table("teams")
            .col(pk_auto("id"))
            .col(string_len("name", 100))
            .col(integer_null("parent"))
            .foreign_key(
                ForeignKey::create()
                    .name("teams_parent_fkey")
                    .from("teams", "parent")
                    .to("teams", "id"),
            )
            .to_owned();
        manager.create_table(teams).await?;

        let teams_name_key =
            Index::create().unique().name("teams_name_key").table("teams").col("name").to_owned();
        manager.create_index(teams_name_key).await?;

        let members_team_id_fkey = ForeignKey::create()
            .name("members_team_id_fkey")
            .from("members", "team_id")
            .to("teams", "id")
            .on_delete(ForeignKeyAction::Cascade)
            .to_owned();
        manager.create_foreign_key(members_team_id_fkey).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("members").to_owned()).await?;
        manager.drop_table(Table::drop().table("teams").to_owned()).await?;
        manager.drop_type(Type::drop().name("mood").to_owned()).await
    }
}
