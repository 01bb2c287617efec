//! Gives the agent Success-Advisor-8 the spirit lion: by its `agent_id` if its spirit is lizard, or
//! by its name.
//!
//! `down` gives lizard back to the `agent_id` alone, and only if its spirit is lion: what an agent
//! found by its name was before is not known. It cannot tell an agent that was lion before `up`,
//! and makes it lizard too.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const AGENT_ID: &str = "permanent-release-manager-success-advisor-8";
const NAME: &str = "Success-Advisor-8";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // An agent that is lion already has nothing to change, its `updated_at` included.
        let named = Expr::col("name").eq(NAME).and(Expr::col("spirit").ne("lion"));
        manager.execute(set_spirit("lion", has_agent_id_and_spirit("lizard").or(named))).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.execute(set_spirit("lizard", has_agent_id_and_spirit("lion"))).await
    }
}

fn has_agent_id_and_spirit(spirit: &'static str) -> Expr {
    Expr::col("agent_id").eq(AGENT_ID).and(Expr::col("spirit").eq(spirit))
}

fn set_spirit(spirit: &'static str, agents: Expr) -> UpdateStatement {
    Query::update()
        .table("agents")
        .value("spirit", spirit)
        .value("updated_at", Expr::current_timestamp())
        .and_where(agents)
        .to_owned()
}
