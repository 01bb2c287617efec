//! Rows that belong together are loaded together.

use ecs_schema::{
    Migrator,
    ecs::entities::{
        ability_traits, agent_achievements, agent_domain_expertise, agent_interactions,
        agent_positions, agent_specializations, agent_workflow_preferences, agents,
        knowledge_base_entries, performance_metrics, personality_traits, physical_traits,
    },
};
use schema_testing::{TestDatabase, lineage};
use sea_orm::{ActiveValue::Set, EntityLoaderTrait, entity::prelude::*};

const FOX: Uuid = Uuid::from_u128(1);
const WOLF: Uuid = Uuid::from_u128(2);

/// A fox with a row in every table that hangs on it, and a wolf that it has spoken to twice and
/// that has answered once.
async fn fox_and_wolf() -> Result<TestDatabase, DbErr> {
    let database = lineage::migrated::<Migrator>("ecs").await;
    for (id, agent_id) in [(FOX, "fox"), (WOLF, "wolf")] {
        let agent = agents::ActiveModel {
            id: Set(id),
            agent_id: Set(agent_id.to_owned()),
            name: Set(agent_id.to_owned()),
            spirit: Set(agent_id.to_owned()),
            style: Set("exo".to_owned()),
            ..Default::default()
        };
        agent.insert(database.connection()).await?;
    }
    for (table, columns, values) in [
        ("ability_traits", "trait_name, trait_value", "'stealth', 0.5"),
        ("agent_achievements", "achievement_name", "'first'"),
        ("agent_domain_expertise", "domain", "'woods'"),
        ("agent_positions", "x, y", "1, 2"),
        ("agent_specializations", "specialization", "'tracking'"),
        ("agent_workflow_preferences", "preference_name", "'alone'"),
        ("knowledge_base_entries", "domain, skill, proficiency_level", "'woods', 'paths', 0.9"),
        ("performance_metrics", "metric_name, metric_value", "'speed', 3"),
        ("personality_traits", "trait_name, trait_value", "'cunning', 1"),
        ("physical_traits", "trait_name, trait_value", "'size', 0.2"),
    ] {
        let insert = format!(
            "INSERT INTO {table} (id, agent_id, {columns})
             VALUES (gen_random_uuid(), '{FOX}', {values})"
        );
        database.execute(&insert).await;
    }
    for (id, sender, receiver) in [(10, FOX, WOLF), (11, FOX, WOLF), (12, WOLF, FOX)] {
        let interaction = agent_interactions::ActiveModel {
            id: Set(Uuid::from_u128(id)),
            sender_id: Set(sender),
            receiver_id: Set(receiver),
            interaction_type: Set("talk".to_owned()),
            ..Default::default()
        };
        interaction.insert(database.connection()).await?;
    }
    Ok(database)
}

#[tokio::test]
async fn an_agent_knows_what_hangs_on_it() -> Result<(), DbErr> {
    let database = fox_and_wolf().await?;
    let fox = agents::Entity::load()
        .filter_by_id(FOX)
        .with(ability_traits::Entity)
        .with(agent_achievements::Entity)
        .with(agent_domain_expertise::Entity)
        .with(agent_positions::Entity)
        .with(agent_specializations::Entity)
        .with(agent_workflow_preferences::Entity)
        .with(knowledge_base_entries::Entity)
        .with(performance_metrics::Entity)
        .with(personality_traits::Entity)
        .with(physical_traits::Entity)
        .one(database.connection())
        .await?
        .unwrap();
    assert_eq!(fox.ability_traits[0].trait_name, "stealth");
    assert_eq!(fox.achievements[0].achievement_name, "first");
    assert_eq!(fox.domain_expertise[0].domain, "woods");
    assert_eq!(fox.specializations[0].specialization, "tracking");
    assert_eq!(fox.workflow_preferences[0].preference_name, "alone");
    assert_eq!(fox.knowledge_base_entries[0].skill, "paths");
    assert_eq!(fox.performance_metrics[0].metric_name, "speed");
    assert_eq!(fox.personality_traits[0].trait_name, "cunning");
    assert_eq!(fox.physical_traits[0].trait_name, "size");
    assert_eq!(fox.position.as_ref().and_then(|position| position.y), Some(2.0));
    Ok(())
}

#[tokio::test]
async fn an_agent_without_a_position_has_none() -> Result<(), DbErr> {
    let database = fox_and_wolf().await?;
    let wolf = agents::Entity::load()
        .filter_by_id(WOLF)
        .with(agent_positions::Entity)
        .with(physical_traits::Entity)
        .one(database.connection())
        .await?
        .unwrap();
    assert!(wolf.position.is_not_found());
    assert!(wolf.physical_traits.is_loaded() && wolf.physical_traits.is_empty());
    Ok(())
}

#[tokio::test]
async fn a_position_and_a_trait_know_their_agent() -> Result<(), DbErr> {
    let database = fox_and_wolf().await?;
    let position = agent_positions::Entity::load()
        .with(agents::Entity)
        .one(database.connection())
        .await?
        .unwrap();
    assert_eq!(position.agent.unwrap().id, FOX);
    let ability =
        ability_traits::Entity::load().with(agents::Entity).one(database.connection()).await?;
    assert_eq!(ability.unwrap().agent.unwrap().id, FOX);
    Ok(())
}

#[tokio::test]
async fn who_spoke_is_told_from_who_was_spoken_to() -> Result<(), DbErr> {
    let database = fox_and_wolf().await?;
    let fox = agents::Entity::load()
        .filter_by_id(FOX)
        .with(agents::Relation::SentInteractions)
        .with(agents::Relation::ReceivedInteractions)
        .one(database.connection())
        .await?
        .unwrap();
    assert_eq!((fox.sent_interactions.len(), fox.received_interactions.len()), (2, 1));

    let answer = agent_interactions::Entity::load()
        .filter_by_id(Uuid::from_u128(12))
        .with(agent_interactions::Relation::Sender)
        .with(agent_interactions::Relation::Receiver)
        .one(database.connection())
        .await?
        .unwrap();
    assert_eq!((answer.sender.unwrap().id, answer.receiver.unwrap().id), (WOLF, FOX));
    Ok(())
}

#[tokio::test]
async fn an_agent_takes_what_hangs_on_it_along() -> Result<(), DbErr> {
    let database = fox_and_wolf().await?;
    agents::Entity::delete_by_id(FOX).exec(database.connection()).await?;
    let tables = database.texts("SELECT table_name::text FROM information_schema.columns
                                 WHERE table_schema = 'public' AND column_name IN ('agent_id', 'sender_id')
                                     AND table_name <> 'agents'").await;
    assert_eq!(tables.len(), 11);
    for table in tables {
        let count = format!("SELECT count(*)::text FROM {table}");
        assert_eq!(database.text(&count).await, "0", "{table}");
    }
    assert_eq!(agents::Entity::find().count(database.connection()).await?, 1);
    Ok(())
}
