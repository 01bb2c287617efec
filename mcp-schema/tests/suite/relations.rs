//! Rows that belong together are loaded together.

use mcp_schema::{
    Migrator,
    entities::{enums::ToolCategory, tool_categories, tool_config_history, tools},
};
use schema_testing::{TestDatabase, lineage};
use sea_orm::{ActiveValue::Set, EntityLoaderTrait, entity::prelude::*};

/// A category of the seed with one tool, whose configuration changed twice.
async fn a_tool_with_a_history() -> Result<(TestDatabase, Uuid), DbErr> {
    let database = lineage::migrated::<Migrator>("mcp").await;
    let connection = database.connection();
    let category = tool_categories::Entity::find()
        .filter(tool_categories::Column::Name.eq(ToolCategory::Git))
        .one(connection)
        .await?
        .expect("a category of the seed");
    let tool = tools::ActiveModel {
        id: Set(Uuid::from_u128(1)),
        name: Set("git_log".to_owned()),
        category_id: Set(category.id),
        enabled: Set(true),
        description: Set("Shows the commits.".to_owned()),
        version: Set("1.0.0".to_owned()),
        is_system_tool: Set(false),
        execution_type: Set("sync".to_owned()),
        ..Default::default()
    };
    let tool = tool.insert(connection).await?;
    for (id, change) in [(2, "created"), (3, "updated")] {
        let entry = tool_config_history::ActiveModel {
            id: Set(Uuid::from_u128(id)),
            tool_id: Set(tool.id),
            change_type: Set(change.to_owned()),
            ..Default::default()
        };
        entry.insert(connection).await?;
    }
    Ok((database, tool.id))
}

#[tokio::test]
async fn a_tool_knows_its_category_and_its_history() -> Result<(), DbErr> {
    let (database, tool) = a_tool_with_a_history().await?;
    let tool = tools::Entity::load()
        .filter_by_id(tool)
        .with(tool_categories::Entity)
        .with(tool_config_history::Entity)
        .one(database.connection())
        .await?
        .unwrap();
    assert_eq!(tool.category.unwrap().name, ToolCategory::Git);
    let mut changes: Vec<_> = tool.history.iter().map(|entry| &*entry.change_type).collect();
    changes.sort_unstable();
    assert_eq!(changes, ["created", "updated"]);
    Ok(())
}

#[tokio::test]
async fn a_category_knows_its_tools_down_to_their_history() -> Result<(), DbErr> {
    let (database, _) = a_tool_with_a_history().await?;
    let categories = tool_categories::Entity::load()
        .with((tools::Entity, tool_config_history::Entity))
        .all(database.connection())
        .await?;
    let (with, without): (Vec<_>, Vec<_>) =
        categories.into_iter().partition(|category| !category.tools.is_empty());
    assert_eq!((with.len(), without.len()), (1, 18));
    assert_eq!(with[0].tools[0].name, "git_log");
    assert_eq!(with[0].tools[0].history.len(), 2);
    Ok(())
}

#[tokio::test]
async fn a_history_entry_knows_its_tool() -> Result<(), DbErr> {
    let (database, tool) = a_tool_with_a_history().await?;
    let entry = tool_config_history::Entity::load()
        .filter_by_id(Uuid::from_u128(3))
        .with(tools::Entity)
        .one(database.connection())
        .await?
        .unwrap();
    assert_eq!(entry.tool.unwrap().id, tool);
    Ok(())
}

#[tokio::test]
async fn a_category_with_tools_cannot_be_deleted() -> Result<(), DbErr> {
    let (database, tool) = a_tool_with_a_history().await?;
    let error = database.refuse("DELETE FROM tool_categories WHERE name = 'GIT'").await;
    assert!(error.to_string().contains("tools_category_id_fkey"), "{error}");
    let error = database.refuse(&format!("DELETE FROM tools WHERE id = '{tool}'")).await;
    assert!(error.to_string().contains("tool_config_history_tool_id_fkey"), "{error}");
    Ok(())
}
