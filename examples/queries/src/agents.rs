//! Two agents of the ecs database, the traits of one, and what they said to each other.

use ecs_schema::ecs::entities::{
    ability_traits, agent_interactions, agents, personality_traits, physical_traits,
};
use sea_orm::{Set, TransactionSession, TransactionTrait, prelude::*};

/// The handle of the agent that has traits.
pub const FOX: &str = "fox-prime-13";

/// Inserts both agents with all that hangs on them.
///
/// # Errors
///
/// Any error of the database.
pub async fn insert<C>(db: &C) -> Result<(), DbErr>
where
    C: ConnectionTrait + TransactionTrait,
{
    if agents::Entity::find_by_agent_id(FOX).one(db).await?.is_some() {
        return Ok(());
    }
    let transaction = db.begin().await?;
    let fox = fox().insert(&transaction).await?;
    let otter = otter().insert(&transaction).await?;
    let said = [
        interaction(fox.id, otter.id, "greeting", "Race you to the river?"),
        interaction(otter.id, fox.id, "reply", "You would only get wet."),
    ];
    agent_interactions::Entity::insert_many(said).exec_without_returning(&transaction).await?;
    transaction.commit().await
}

/// The agent and its traits, which are inserted with it.
fn fox() -> agents::ActiveModelEx {
    agents::ActiveModel::builder()
        .set_id(Uuid::new_v4())
        .set_agent_id(FOX)
        .set_name("Vixen-Prime-13")
        .set_spirit("fox")
        .set_style("foundation")
        .add_personality_trait(
            personality_traits::ActiveModel::builder()
                .set_id(Uuid::new_v4())
                .set_trait_name("cunning")
                .set_trait_value(0.9),
        )
        .add_physical_trait(
            physical_traits::ActiveModel::builder()
                .set_id(Uuid::new_v4())
                .set_trait_name("speed")
                .set_trait_value(0.8),
        )
        .add_ability_trait(
            ability_traits::ActiveModel::builder()
                .set_id(Uuid::new_v4())
                .set_trait_name("strategist")
                .set_trait_value(0.7),
        )
}

fn otter() -> agents::ActiveModelEx {
    agents::ActiveModel::builder()
        .set_id(Uuid::new_v4())
        .set_agent_id("otter-guard-8")
        .set_name("Splash-Guard-8")
        .set_spirit("otter")
        .set_style("exo")
}

fn interaction(
    sender: Uuid,
    receiver: Uuid,
    interaction_type: &str,
    message: &str,
) -> agent_interactions::ActiveModel {
    agent_interactions::ActiveModel {
        id: Set(Uuid::new_v4()),
        sender_id: Set(sender),
        receiver_id: Set(receiver),
        interaction_type: Set(interaction_type.to_owned()),
        message: Set(Some(message.to_owned())),
        ..Default::default()
    }
}

/// Loads an agent with its traits and its interactions of both directions, each with the agent at
/// the other end.
///
/// # Errors
///
/// Any error of the database.
pub async fn with_traits_and_interactions(
    db: &impl ConnectionTrait,
    agent_id: &str,
) -> Result<Option<agents::ModelEx>, DbErr> {
    use agent_interactions::Relation::{Receiver, Sender};
    use agents::Relation::{ReceivedInteractions, SentInteractions};

    agents::Entity::load()
        .filter_by_agent_id(agent_id)
        .with(personality_traits::Entity)
        .with(physical_traits::Entity)
        .with(ability_traits::Entity)
        // Both lead to the same table, so the table's name would not say which is meant.
        .with((SentInteractions, Receiver))
        .with((ReceivedInteractions, Sender))
        .one(db)
        .await
}
