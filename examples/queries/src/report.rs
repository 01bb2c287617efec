//! Calls every insert and every query, and writes down what was found.

use ecs_schema::ecs::entities::{agent_interactions, agents as ecs_agents};
use mcp_schema::entities::enums::ToolCategory;
use sea_orm::DbErr;

use crate::{Databases, accounts, agents, embeddings, notes, tools};

/// Inserts what is missing, asks for it through relations, and gives a line for each thing found.
///
/// # Errors
///
/// Any error of a database, for example where one is not at head.
pub async fn run(databases: &Databases) -> Result<Vec<String>, DbErr> {
    accounts::insert(&databases.auth).await?;
    agents::insert(&databases.ecs).await?;
    notes::insert(&databases.main).await?;
    embeddings::insert(&databases.main).await?;
    tools::insert(&databases.mcp).await?;

    let mut lines = of_account(databases).await?;
    lines.extend(of_agent(databases).await?);
    lines.extend(of_notes(databases).await?);
    lines.extend(of_embeddings(databases).await?);
    lines.extend(of_tools(databases).await?);
    Ok(lines)
}

async fn of_account(databases: &Databases) -> Result<Vec<String>, DbErr> {
    let mut lines = Vec::new();
    if let Some(user) = accounts::with_roles(&databases.auth, accounts::USERNAME).await? {
        for role in &user.roles {
            let permissions = sorted(role.permissions.iter().map(|permission| &permission.name));
            lines.push(format!("auth: {} as {} may {permissions}", user.username, role.name));
        }
    }
    lines.sort();
    Ok(lines)
}

async fn of_agent(databases: &Databases) -> Result<Vec<String>, DbErr> {
    let mut lines = Vec::new();
    if let Some(agent) = agents::with_traits_and_interactions(&databases.ecs, agents::FOX).await? {
        let personality =
            agent.personality_traits.iter().map(|it| (&it.trait_name, it.trait_value));
        let physical = agent.physical_traits.iter().map(|it| (&it.trait_name, it.trait_value));
        let ability = agent.ability_traits.iter().map(|it| (&it.trait_name, it.trait_value));
        let traits = personality.chain(physical).chain(ability);
        let traits = sorted(traits.map(|(name, value)| format!("{name} {value}")));
        lines.push(format!("ecs: {} has {traits}", agent.name));
        for sent in &agent.sent_interactions {
            lines.push(format!("ecs: to {}", said(sent.receiver.as_ref(), sent)));
        }
        for received in &agent.received_interactions {
            lines.push(format!("ecs: from {}", said(received.sender.as_ref(), received)));
        }
    }
    Ok(lines)
}

/// The agent at the other end of an interaction, and what was said.
fn said(other: Option<&ecs_agents::ModelEx>, said: &agent_interactions::ModelEx) -> String {
    let name = other.map_or("somebody", |other| &other.name);
    format!("{name}: {}", said.message.as_deref().unwrap_or("nothing"))
}

async fn of_notes(databases: &Databases) -> Result<Vec<String>, DbErr> {
    let notes = notes::with_tags(&databases.main, notes::AUTHOR).await?;
    let lines = notes.iter().map(|note| {
        let tags = sorted(note.tags.iter().map(|tag| &tag.name));
        format!("main: the note `{}` is tagged {tags}", note.title)
    });
    Ok(lines.collect())
}

async fn of_embeddings(databases: &Databases) -> Result<Vec<String>, DbErr> {
    let wanted = embeddings::vector([1.0, 0.0]);
    let nearest = embeddings::nearest(&databases.main, wanted, 2).await?;
    let lines =
        nearest.iter().map(|near| format!("main: {} is {:.2} away", near.path, near.distance));
    Ok(lines.collect())
}

async fn of_tools(databases: &Databases) -> Result<Vec<String>, DbErr> {
    let mut lines = Vec::new();
    if let Some(category) = tools::of_category(&databases.mcp, ToolCategory::Search).await? {
        for tool in &category.tools {
            let changes = sorted(tool.history.iter().map(|change| &change.change_type));
            lines.push(format!("mcp: {} has {}, {changes}", category.display_name, tool.name));
        }
    }
    Ok(lines)
}

fn sorted(words: impl Iterator<Item = impl ToString>) -> String {
    let mut words: Vec<String> = words.map(|word| word.to_string()).collect();
    words.sort();
    words.join(", ")
}
