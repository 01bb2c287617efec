//! Notes of the main database and their tags.

use main_schema::entities::{agents, notebooks, notes, tags};
use sea_orm::{QueryOrder, TransactionSession, TransactionTrait, prelude::*};

/// The handle of the agent who wrote the notes.
pub const AUTHOR: &str = "fox-prime-13";

/// Inserts an agent with a notebook of two notes and their tags.
///
/// # Errors
///
/// Any error of the database.
pub async fn insert<C>(db: &C) -> Result<(), DbErr>
where
    C: ConnectionTrait + TransactionTrait,
{
    if agents::Entity::find_by_agent_id(AUTHOR).one(db).await?.is_some() {
        return Ok(());
    }
    let transaction = db.begin().await?;
    let author = agents::ActiveModel::builder()
        .set_id(Uuid::new_v4())
        .set_agent_id(AUTHOR)
        .set_name("Vixen-Prime-13")
        .insert(&transaction)
        .await?;
    let river = tag(author.id, "river", "#3366cc").insert(&transaction).await?;
    let hunt = tag(author.id, "hunt", "#cc6633").insert(&transaction).await?;
    notebooks::ActiveModel::builder()
        .set_id(Uuid::new_v4())
        .set_agent_id(author.id)
        .set_title("Field notes")
        .set_color("#336699")
        .set_is_public(false)
        .set_is_archived(false)
        .add_note(
            note(author.id, "Tracks", "An otter, going downstream.")
                .add_tag(river.clone())
                .add_tag(hunt),
        )
        .add_note(note(author.id, "Water level", "Two paws up since Monday.").add_tag(river))
        .insert(&transaction)
        .await?;
    transaction.commit().await
}

fn tag(agent_id: Uuid, name: &str, color: &str) -> tags::ActiveModelEx {
    tags::ActiveModel::builder()
        .set_id(Uuid::new_v4())
        .set_agent_id(agent_id)
        .set_name(name)
        .set_color(color)
}

fn note(agent_id: Uuid, title: &str, content: &str) -> notes::ActiveModelEx {
    notes::ActiveModel::builder()
        .set_id(Uuid::new_v4())
        .set_agent_id(agent_id)
        .set_title(title)
        .set_content(content)
        .set_content_type("markdown")
        .set_is_favorite(false)
        .set_is_archived(false)
}

/// Loads the notes of an agent with their tags, by title.
///
/// # Errors
///
/// Any error of the database.
pub async fn with_tags(
    db: &impl ConnectionTrait,
    agent_id: &str,
) -> Result<Vec<notes::ModelEx>, DbErr> {
    let Some(author) = agents::Entity::find_by_agent_id(agent_id).one(db).await? else {
        return Ok(Vec::new());
    };
    notes::Entity::load()
        .filter(notes::COLUMN.agent_id.eq(author.id))
        .order_by_asc(notes::COLUMN.title)
        .with(tags::Entity)
        .all(db)
        .await
}
