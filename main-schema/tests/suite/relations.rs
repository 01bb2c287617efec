//! Agents, notes, todos and tools are loaded with what belongs to them.

use main_schema::{
    Migrator,
    entities::{
        agents, ai_metadata, note_attachments, note_collaborations, note_tags, note_versions,
        notebooks, notes, tags, todo_tags, todos, tool_categories, tool_config_history, tools,
    },
};
use schema_testing::{TestDatabase, lineage};
use sea_orm::{ActiveValue::Set, EntityLoaderTrait, entity::prelude::*};

const FOX: Uuid = Uuid::from_u128(1);
const WOLF: Uuid = Uuid::from_u128(2);
const NOTE: Uuid = Uuid::from_u128(21);
const TODO: Uuid = Uuid::from_u128(31);
const TAG: Uuid = Uuid::from_u128(41);

/// The fox has a notebook with a note in two versions, attached to which is a file, shared with the
/// wolf; and a todo. Note and todo carry the same tag.
async fn fox_and_wolf() -> Result<TestDatabase, DbErr> {
    let database = lineage::migrated::<Migrator>("e2e").await;
    let connection = database.connection();
    for (id, name) in [(FOX, "fox"), (WOLF, "wolf")] {
        let agent = agents::ActiveModel {
            id: Set(id),
            agent_id: Set(name.to_owned()),
            name: Set(name.to_owned()),
            ..Default::default()
        };
        agent.insert(connection).await?;
    }
    database
        .execute(&format!(
            "INSERT INTO notebooks (id, title, color, is_public, is_archived, agent_id)
             VALUES (gen_random_uuid(), 'book', '#000000', false, false, '{FOX}');
             INSERT INTO notes (id, title, content, content_type, is_favorite, is_archived,
                                notebook_id, agent_id)
             SELECT '{NOTE}', 'note', '', 'markdown', false, false, id, agent_id FROM notebooks;
             INSERT INTO note_versions (id, title, content, content_type, version_number, note_id, agent_id)
             SELECT gen_random_uuid(), 'note', '', 'markdown', n, '{NOTE}', '{FOX}'
             FROM generate_series(1, 2) AS n;
             INSERT INTO note_attachments (id, filename, file_path, file_size, mime_type, note_id)
             VALUES (gen_random_uuid(), 'map.png', '/map.png', 1, 'image/png', '{NOTE}');
             INSERT INTO note_collaborations (id, permission, note_id, collaborator_id)
             VALUES (gen_random_uuid(), 'read', '{NOTE}', '{WOLF}');
             INSERT INTO todos (id, title, completed, priority, agent_id)
             VALUES ('{TODO}', 'todo', false, 'high', '{FOX}');
             INSERT INTO tags (id, name, color, agent_id) VALUES ('{TAG}', 'urgent', '#ff0000', '{FOX}')"
        ))
        .await;
    note_tags::ActiveModel { note_id: Set(NOTE), tag_id: Set(TAG) }.insert(connection).await?;
    todo_tags::ActiveModel { todo_id: Set(TODO), tag_id: Set(TAG) }.insert(connection).await?;
    let finding = ai_metadata::ActiveModel {
        id: Set(Uuid::from_u128(51)),
        entity_type: Set("note".to_owned()),
        entity_id: Set(NOTE),
        ai_type: Set("summary".to_owned()),
        ai_data: Set(Json::from(vec!["short"])),
        confidence_score: Set(Some(0.5)),
        agent_id: Set(FOX),
        ..Default::default()
    };
    finding.insert(connection).await?;
    Ok(database)
}

#[tokio::test]
async fn an_agent_knows_what_it_wrote_and_what_is_shared_with_it() -> Result<(), DbErr> {
    let database = fox_and_wolf().await?;
    let fox = agents::Entity::load()
        .filter_by_id(FOX)
        .with((notebooks::Entity, notes::Entity))
        .with(notes::Entity)
        .with(todos::Entity)
        .with(tags::Entity)
        .with(note_versions::Entity)
        .with(note_collaborations::Entity)
        .with(ai_metadata::Entity)
        .one(database.connection())
        .await?
        .unwrap();
    assert_eq!(fox.notebooks[0].notes[0].id, NOTE);
    assert_eq!((fox.notes[0].id, fox.todos[0].id, fox.tags[0].id), (NOTE, TODO, TAG));
    assert_eq!((fox.note_versions.len(), fox.collaborations.len()), (2, 0));
    assert_eq!(fox.ai_metadata[0].ai_data, Json::from(vec!["short"]));
    let wolf = agents::Entity::load()
        .filter_by_id(WOLF)
        .with((note_collaborations::Entity, notes::Entity))
        .one(database.connection())
        .await?
        .unwrap();
    assert_eq!(wolf.collaborations[0].note.as_ref().unwrap().id, NOTE);
    Ok(())
}

#[tokio::test]
async fn a_note_knows_its_notebook_and_all_that_hangs_on_it() -> Result<(), DbErr> {
    let database = fox_and_wolf().await?;
    let note = notes::Entity::load()
        .filter_by_id(NOTE)
        .with(notebooks::Entity)
        .with(agents::Entity)
        .with(note_versions::Entity)
        .with((note_collaborations::Entity, agents::Entity))
        .with(note_attachments::Entity)
        .with(tags::Entity)
        .one(database.connection())
        .await?
        .unwrap();
    assert_eq!(note.notebook.unwrap().title, "book");
    assert_eq!(note.agent.unwrap().id, FOX);
    assert_eq!(note.versions.len(), 2);
    assert_eq!(note.collaborations[0].collaborator.as_ref().unwrap().id, WOLF);
    assert_eq!(note.attachments[0].filename, "map.png");
    assert_eq!(note.tags[0].name, "urgent");
    Ok(())
}

#[tokio::test]
async fn a_tag_knows_notes_and_todos_through_their_tables_of_pairs() -> Result<(), DbErr> {
    let database = fox_and_wolf().await?;
    let tag = tags::Entity::load()
        .filter_by_id(TAG)
        .with(notes::Entity)
        .with(todos::Entity)
        .one(database.connection())
        .await?
        .unwrap();
    assert_eq!((tag.notes[0].id, tag.todos[0].id), (NOTE, TODO));
    let todo = todos::Entity::load()
        .filter_by_id(TODO)
        .with(tags::Entity)
        .with(agents::Entity)
        .one(database.connection())
        .await?
        .unwrap();
    assert_eq!((todo.tags[0].id, todo.agent.unwrap().id), (TAG, FOX));
    let pair = note_tags::Entity::load()
        .filter_by_id((NOTE, TAG))
        .with(notes::Entity)
        .with(tags::Entity)
        .one(database.connection())
        .await?
        .unwrap();
    assert_eq!((pair.note.unwrap().id, pair.tag.unwrap().id), (NOTE, TAG));
    Ok(())
}

#[tokio::test]
async fn an_agent_takes_what_it_wrote_along() -> Result<(), DbErr> {
    let database = fox_and_wolf().await?;
    agents::Entity::delete_by_id(FOX).exec(database.connection()).await?;
    for table in [
        "notebooks",
        "notes",
        "note_versions",
        "note_attachments",
        "note_collaborations",
        "todos",
        "tags",
        "note_tags",
        "todo_tags",
        "ai_metadata",
    ] {
        let count = format!("SELECT count(*)::text FROM {table}");
        assert_eq!(database.text(&count).await, "0", "{table}");
    }
    assert_eq!(agents::Entity::find().count(database.connection()).await?, 1);
    Ok(())
}

#[tokio::test]
async fn a_tool_knows_its_category_and_its_history() -> Result<(), DbErr> {
    let database = lineage::migrated::<Migrator>("e2e").await;
    database
        .execute(
            "INSERT INTO tool_categories (id, name, display_name)
             VALUES ('00000000-0000-0000-0000-000000000001', 'GIT', 'Git');
             INSERT INTO tools (id, name, category_id, enabled, description, version, is_system_tool,
                                execution_type)
             VALUES ('00000000-0000-0000-0000-000000000002', 'git_log',
                     '00000000-0000-0000-0000-000000000001', true, '', '1', false, 'sync');
             INSERT INTO tool_config_history (id, tool_id, change_type)
             VALUES (gen_random_uuid(), '00000000-0000-0000-0000-000000000002', 'created')",
        )
        .await;
    let tool = tools::Entity::load()
        .with(tool_categories::Entity)
        .with(tool_config_history::Entity)
        .one(database.connection())
        .await?
        .unwrap();
    assert_eq!(tool.category.unwrap().name, "GIT");
    assert_eq!(tool.config_history[0].change_type, "created");
    let category = tool_categories::Entity::load()
        .with((tools::Entity, tool_config_history::Entity))
        .one(database.connection())
        .await?
        .unwrap();
    assert_eq!(category.tools[0].config_history.len(), 1);
    let change = tool_config_history::Entity::load()
        .with(tools::Entity)
        .one(database.connection())
        .await?
        .unwrap();
    assert_eq!(change.tool.unwrap().name, "git_log");
    Ok(())
}
