//! A tool of the mcp database, its category, and what became of its configuration.

use mcp_schema::entities::{enums::ToolCategory, tool_categories, tool_config_history, tools};
use sea_orm::{TransactionTrait, prelude::*};

const TOOL: &str = "find_tracks";

/// Inserts the tool with the first line of its history, in a category that the migrations bring.
///
/// # Errors
///
/// [`DbErr::RecordNotFound`] where the category is missing, and any error of the database.
pub async fn insert<C>(db: &C) -> Result<(), DbErr>
where
    C: ConnectionTrait + TransactionTrait,
{
    if tools::Entity::find_by_name(TOOL).one(db).await?.is_some() {
        return Ok(());
    }
    let category = tool_categories::Entity::find_by_name(ToolCategory::Search)
        .one(db)
        .await?
        .ok_or_else(|| DbErr::RecordNotFound("the category of search tools".to_owned()))?;
    let tool = tools::ActiveModel::builder()
        .set_id(Uuid::new_v4())
        .set_name(TOOL)
        .set_category_id(category.id)
        .set_enabled(true)
        .set_description("Finds tracks in the field notes.")
        .set_version("1.0.0")
        .set_is_system_tool(false)
        .set_execution_type("sync")
        .add_history(
            tool_config_history::ActiveModel::builder()
                .set_id(Uuid::new_v4())
                .set_change_type("create")
                .set_changed_by(Some("vixen".to_owned())),
        );
    tool.insert(db).await.map(|_| ())
}

/// Loads a category with its tools and the history of each.
///
/// # Errors
///
/// Any error of the database.
pub async fn of_category(
    db: &impl ConnectionTrait,
    category: ToolCategory,
) -> Result<Option<tool_categories::ModelEx>, DbErr> {
    tool_categories::Entity::load()
        .filter_by_name(category)
        .with((tools::Entity, tool_config_history::Entity))
        .one(db)
        .await
}
