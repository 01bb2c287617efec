//! Creates `agents` and the tables that hang on it: traits, skills, positions, interactions,
//! measurements.
//!
//! Reversible, at a price: `down` drops the tables, and every agent with them.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(agents()).await?;
        manager.create_index(agents_index("active")).await?;
        manager.create_index(agents_index("agent_id").unique().to_owned()).await?;
        manager.create_index(agents_index("spirit")).await?;

        for table in [
            trait_table("ability_traits", "uq_agent_ability_trait"),
            agent_achievements(),
            agent_domain_expertise(),
            agent_interactions(),
            agent_positions(),
            agent_specializations(),
            agent_workflow_preferences(),
            knowledge_base_entries(),
            performance_metrics(),
            trait_table("personality_traits", "uq_agent_personality_trait"),
            trait_table("physical_traits", "uq_agent_physical_trait"),
        ] {
            manager.create_table(table).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // `agents` last: the others refer to it.
        for table in [
            "physical_traits",
            "personality_traits",
            "performance_metrics",
            "knowledge_base_entries",
            "agent_workflow_preferences",
            "agent_specializations",
            "agent_positions",
            "agent_interactions",
            "agent_domain_expertise",
            "agent_achievements",
            "ability_traits",
            "agents",
        ] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

fn agents() -> TableCreateStatement {
    Table::create()
        .table("agents")
        .col(pk_uuid("id"))
        .col(string_len("agent_id", 255))
        .col(string_len("name", 255))
        .col(string_len("spirit", 100))
        .col(string_len("style", 100))
        .col(integer_null("generation"))
        .col(boolean_null("active"))
        .col(time_of_writing("created_at"))
        .col(time_of_writing("updated_at"))
        .col(time_of_writing("last_activity"))
        .to_owned()
}

fn agents_index(column: &'static str) -> IndexCreateStatement {
    Index::create().name(format!("ix_agents_{column}")).table("agents").col(column).to_owned()
}

fn trait_table(table: &'static str, unique_key: &'static str) -> TableCreateStatement {
    table_of_agent(table, uuid("agent_id"))
        .col(string_len("trait_name", 100))
        .col(double("trait_value"))
        .col(time_of_writing("created_at"))
        .col(time_of_writing("updated_at"))
        .index(&mut unique_per_agent(unique_key, "trait_name"))
        .to_owned()
}

fn agent_achievements() -> TableCreateStatement {
    table_of_agent("agent_achievements", uuid("agent_id"))
        .col(string_len("achievement_name", 255))
        .col(text_null("achievement_description"))
        .col(time_of_writing("achieved_at"))
        .to_owned()
}

fn agent_domain_expertise() -> TableCreateStatement {
    table_of_agent("agent_domain_expertise", uuid("agent_id"))
        .col(string_len("domain", 255))
        .col(double_null("expertise_level"))
        .col(time_of_writing("created_at"))
        .index(&mut unique_per_agent("uq_agent_domain", "domain"))
        .to_owned()
}

fn agent_interactions() -> TableCreateStatement {
    Table::create()
        .table("agent_interactions")
        .col(pk_uuid("id"))
        .col(uuid("sender_id"))
        .col(uuid("receiver_id"))
        .col(string_len("interaction_type", 100))
        .col(text_null("message"))
        .col(double_null("energy_level"))
        .col(time_of_writing("created_at"))
        .foreign_key(&mut key_to_agents("agent_interactions", "sender_id"))
        .foreign_key(&mut key_to_agents("agent_interactions", "receiver_id"))
        .to_owned()
}

fn agent_positions() -> TableCreateStatement {
    table_of_agent("agent_positions", uuid_uniq("agent_id"))
        .col(double_null("x"))
        .col(double_null("y"))
        .col(double_null("target_x"))
        .col(double_null("target_y"))
        .col(double_null("velocity_x"))
        .col(double_null("velocity_y"))
        .col(double_null("movement_speed"))
        .col(time_of_writing("created_at"))
        .col(time_of_writing("updated_at"))
        .to_owned()
}

fn agent_specializations() -> TableCreateStatement {
    table_of_agent("agent_specializations", uuid("agent_id"))
        .col(string_len("specialization", 255))
        .col(double_null("proficiency"))
        .col(time_of_writing("created_at"))
        .index(&mut unique_per_agent("uq_agent_specialization", "specialization"))
        .to_owned()
}

fn agent_workflow_preferences() -> TableCreateStatement {
    table_of_agent("agent_workflow_preferences", uuid("agent_id"))
        .col(string_len("preference_name", 100))
        .col(boolean_null("preference_value"))
        .col(time_of_writing("created_at"))
        .col(time_of_writing("updated_at"))
        .index(&mut unique_per_agent("uq_agent_workflow_preference", "preference_name"))
        .to_owned()
}

fn knowledge_base_entries() -> TableCreateStatement {
    table_of_agent("knowledge_base_entries", uuid("agent_id"))
        .col(string_len("domain", 255))
        .col(string_len("skill", 255))
        .col(double("proficiency_level"))
        .col(timestamp_with_time_zone_null("last_updated"))
        .col(timestamp_with_time_zone_null("created_at"))
        .to_owned()
}

fn performance_metrics() -> TableCreateStatement {
    table_of_agent("performance_metrics", uuid("agent_id"))
        .col(string_len("metric_name", 255))
        .col(double("metric_value"))
        .col(timestamp_with_time_zone_null("timestamp"))
        .col(json_null("metric_metadata"))
        .col(timestamp_with_time_zone_null("created_at"))
        .to_owned()
}

/// A table whose rows belong to an agent and go with it.
fn table_of_agent(table: &'static str, agent_id: ColumnDef) -> TableCreateStatement {
    Table::create()
        .table(table)
        .col(pk_uuid("id"))
        .col(agent_id)
        .foreign_key(&mut key_to_agents(table, "agent_id"))
        .to_owned()
}

fn key_to_agents(table: &'static str, column: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(format!("{table}_{column}_fkey"))
        .from(table, column)
        .to("agents", "id")
        .on_delete(ForeignKeyAction::Cascade)
        .to_owned()
}

fn unique_per_agent(name: &'static str, column: &'static str) -> IndexCreateStatement {
    Index::create().unique().name(name).col("agent_id").col(column).to_owned()
}

/// A nullable time that defaults to that of the transaction which writes the row.
fn time_of_writing(column: &'static str) -> ColumnDef {
    timestamp_with_time_zone_null(column).default(Expr::current_timestamp()).to_owned()
}
