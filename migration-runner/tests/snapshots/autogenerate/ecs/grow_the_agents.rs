//! Grow the agents.
//!
//! - Drops the index `ix_naming_components_component_type`.
//! - Drops the constraint `uq_agent_specialization`.
//! - Creates the type `moodkind`.
//! - Creates the table `agent_moods`.
//! - Adds `acceleration` and `floor` to `agent_positions`.
//! - Changes `x` of `agent_positions` from `double precision` to `real`.
//! - Lets `style` of `agents` be null.
//! - Changes `generation` of `agents` from `integer` to `bigint`.
//! - Changes `emoji` of `naming_spirits` from `character varying(10)` to `character varying(40)`.
//! - Requires `enabled` of `naming_spirits`.
//! - Gives `enabled` of `naming_spirits` a default.
//! - Creates the index `ix_agent_interactions_sender_id`.
//! - Creates the index `knowledge_base_entries_agent_id_domain_key`.
//!
//! `up` loses what `x` of `agent_positions` held beyond its new type, which `down` does not bring
//! back; `down` loses the rows of `agent_moods`, and what `acceleration` and `floor` of
//! `agent_positions` hold.
//!
//! Hazards: `up` writes all of `agent_positions` and `agents` anew, which nobody can use meanwhile;
//! it fails where `enabled` of `naming_spirits` is null; it keeps everybody from writing
//! `agent_interactions` for a while; it fails on duplicates and keeps everybody from writing
//! `knowledge_base_entries` for a while.

use sea_orm_migration::{
    prelude::{extension::postgres::Type, *},
    schema::*,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let ix_naming_components_component_type =
            Index::drop().name("ix_naming_components_component_type").to_owned();
        manager.drop_index(ix_naming_components_component_type).await?;

        let agent_specializations = Table::alter()
            .table("agent_specializations")
            .drop_constraint("uq_agent_specialization")
            .to_owned();
        manager.alter_table(agent_specializations).await?;

        let moodkind = Type::create().as_enum("moodkind").values(["calm", "bold"]).to_owned();
        manager.create_type(moodkind).await?;

        let agent_moods = Table::create()
            .table("agent_moods")
            .col(big_pk_auto("id"))
            .col(uuid("agent_id"))
            .col(custom("kind", "moodkind").default("calm"))
            .col(double("intensity").default(0.25))
            .foreign_key(
                ForeignKey::create()
                    .name("agent_moods_agent_id_fkey")
                    .from("agent_moods", "agent_id")
                    .to("agents", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .to_owned();
        manager.create_table(agent_moods).await?;

        let agent_moods_agent_id_key = Index::create()
            .unique()
            .name("agent_moods_agent_id_key")
            .table("agent_moods")
            .col("agent_id")
            .to_owned();
        manager.create_index(agent_moods_agent_id_key).await?;

        let ix_agent_moods_kind =
            Index::create().name("ix_agent_moods_kind").table("agent_moods").col("kind").to_owned();
        manager.create_index(ix_agent_moods_kind).await?;

        let agent_positions = Table::alter()
            .table("agent_positions")
            .add_column(double("acceleration").default(0.5))
            .add_column(small_integer("floor").default(-1))
            .modify_column(ColumnDef::new("x").float())
            .to_owned();
        manager.alter_table(agent_positions).await?;

        let agents = Table::alter()
            .table("agents")
            .modify_column(ColumnDef::new("style").null())
            .modify_column(ColumnDef::new("generation").big_integer())
            .to_owned();
        manager.alter_table(agents).await?;

        let naming_spirits = Table::alter()
            .table("naming_spirits")
            .modify_column(ColumnDef::new("emoji").string_len(40))
            .modify_column(ColumnDef::new("enabled").not_null().default(true))
            .to_owned();
        manager.alter_table(naming_spirits).await?;

        let ix_agent_interactions_sender_id = Index::create()
            .name("ix_agent_interactions_sender_id")
            .table("agent_interactions")
            .col("sender_id")
            .to_owned();
        manager.create_index(ix_agent_interactions_sender_id).await?;

        let knowledge_base_entries_agent_id_domain_key = Index::create()
            .unique()
            .name("knowledge_base_entries_agent_id_domain_key")
            .table("knowledge_base_entries")
            .col("agent_id")
            .col("domain")
            .to_owned();
        manager.create_index(knowledge_base_entries_agent_id_domain_key).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();

        let ix_agent_interactions_sender_id =
            Index::drop().name("ix_agent_interactions_sender_id").to_owned();
        manager.drop_index(ix_agent_interactions_sender_id).await?;

        let knowledge_base_entries_agent_id_domain_key =
            Index::drop().name("knowledge_base_entries_agent_id_domain_key").to_owned();
        manager.drop_index(knowledge_base_entries_agent_id_domain_key).await?;

        manager.drop_table(Table::drop().table("agent_moods").to_owned()).await?;

        let agent_positions = Table::alter()
            .table("agent_positions")
            .drop_column("acceleration")
            .drop_column("floor")
            .modify_column(ColumnDef::new("x").double())
            .to_owned();
        manager.alter_table(agent_positions).await?;

        let agents = Table::alter()
            .table("agents")
            .modify_column(ColumnDef::new("style").not_null())
            .modify_column(ColumnDef::new("generation").integer())
            .to_owned();
        manager.alter_table(agents).await?;

        let naming_spirits = Table::alter()
            .table("naming_spirits")
            .modify_column(ColumnDef::new("emoji").string_len(10))
            .modify_column(ColumnDef::new("enabled").null())
            .to_owned();
        manager.alter_table(naming_spirits).await?;

        connection
            .execute_unprepared(
                "ALTER TABLE ONLY naming_spirits ALTER COLUMN enabled DROP DEFAULT;
                 ALTER TABLE agent_specializations
                     ADD CONSTRAINT uq_agent_specialization UNIQUE (agent_id, specialization)",
            )
            .await?;

        let ix_naming_components_component_type = Index::create()
            .name("ix_naming_components_component_type")
            .table("naming_components")
            .col("component_type")
            .to_owned();
        manager.create_index(ix_naming_components_component_type).await?;

        manager.drop_type(Type::drop().name("moodkind").to_owned()).await
    }
}
