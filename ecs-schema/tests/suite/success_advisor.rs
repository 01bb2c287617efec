//! One agent's spirit is corrected to lion, found by its id or by its name.

use ecs_schema::Migrator;
use schema_testing::{TestDatabase, lineage};
use sea_orm::DbErr;
use sea_orm_migration::MigratorTrait;

/// `agent_id`, name and spirit before, after `up`, and after `down`.
const CASES: [(&str, &str, &str, &str, &str); 7] = [
    (ID, "Advisor", "lizard", "lion", "lizard"),
    (ID, "Advisor", "fox", "fox", "fox"),
    // It cannot be told from an agent that `up` changed.
    (ID, "Advisor", "lion", "lion", "lizard"),
    (ID, "Success-Advisor-8", "fox", "lion", "lizard"),
    ("another", "Success-Advisor-8", "wolf", "lion", "lion"),
    ("another", "Success-Advisor-8", "lion", "lion", "lion"),
    ("another", "Advisor", "lizard", "lizard", "lizard"),
];
const ID: &str = "permanent-release-manager-success-advisor-8";

const LONG_AGO: &str = "2020-01-01 00:00:00+00";

/// The spirit of the only agent, and whether the row was written since it was inserted.
async fn spirit(database: &TestDatabase) -> String {
    let select = format!(
        "SELECT spirit || CASE updated_at WHEN '{LONG_AGO}' THEN '' ELSE ' changed' END FROM agents"
    );
    database.text(&select).await
}

fn expected(from: &str, to: &str) -> String {
    if from == to { to.to_owned() } else { format!("{to} changed") }
}

#[tokio::test]
async fn the_agent_becomes_a_lion_and_only_its_id_turns_it_back() -> Result<(), DbErr> {
    let database = lineage::stopped_after::<Migrator>("ecs", 5).await;
    for (agent_id, name, before, after, back) in CASES {
        database
            .execute(&format!(
                "INSERT INTO agents (id, agent_id, name, spirit, style, updated_at)
                 VALUES (gen_random_uuid(), '{agent_id}', '{name}', '{before}', 'exo', '{LONG_AGO}')"
            ))
            .await;
        let case = format!("{agent_id} {name} {before}");

        Migrator::up(database.connection(), Some(1)).await?;
        assert_eq!(spirit(&database).await, expected(before, after), "{case}");

        database.execute(&format!("UPDATE agents SET updated_at = '{LONG_AGO}'")).await;
        Migrator::down(database.connection(), Some(1)).await?;
        assert_eq!(spirit(&database).await, expected(after, back), "{case}");
        database.execute("DELETE FROM agents").await;
    }
    Ok(())
}

#[tokio::test]
async fn among_many_agents_only_the_one_meant_changes() -> Result<(), DbErr> {
    let database = lineage::stopped_after::<Migrator>("ecs", 5).await;
    database
        .execute(&format!(
            "INSERT INTO agents (id, agent_id, name, spirit, style)
             SELECT gen_random_uuid(), 'agent-' || i, 'Agent ' || i, 'lizard', 'exo'
             FROM generate_series(1, 9) AS i
             UNION ALL SELECT gen_random_uuid(), '{ID}', 'Advisor', 'lizard', 'exo'"
        ))
        .await;
    Migrator::up(database.connection(), Some(1)).await?;
    let lions = database.texts("SELECT agent_id FROM agents WHERE spirit = 'lion'").await;
    assert_eq!(lions, [ID]);
    Migrator::down(database.connection(), Some(1)).await?;
    let lizards = "SELECT count(*)::text FROM agents WHERE spirit = 'lizard'";
    assert_eq!(database.text(lizards).await, "10");
    Ok(())
}
