//! The enum of `tool_categories`.

use sea_orm::entity::prelude::*;

/// The name of a category, which the server knows at compile time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Enum", enum_name = "toolcategoryenum")]
pub enum ToolCategory {
    #[sea_orm(string_value = "AGENT")]
    Agent,
    #[sea_orm(string_value = "CHARACTER")]
    Character,
    #[sea_orm(string_value = "ECS")]
    Ecs,
    #[sea_orm(string_value = "SOCIAL")]
    Social,
    #[sea_orm(string_value = "LINTING")]
    Linting,
    #[sea_orm(string_value = "FORMATTING")]
    Formatting,
    #[sea_orm(string_value = "SEARCH")]
    Search,
    #[sea_orm(string_value = "VISUALIZATION")]
    Visualization,
    #[sea_orm(string_value = "SECURITY")]
    Security,
    #[sea_orm(string_value = "UTILITY")]
    Utility,
    #[sea_orm(string_value = "VERSION")]
    Version,
    #[sea_orm(string_value = "VSCODE")]
    VsCode,
    #[sea_orm(string_value = "PLAYWRIGHT")]
    Playwright,
    #[sea_orm(string_value = "MONOLITH")]
    Monolith,
    #[sea_orm(string_value = "MANAGEMENT")]
    Management,
    #[sea_orm(string_value = "SECRETS")]
    Secrets,
    #[sea_orm(string_value = "RESEARCH")]
    Research,
    #[sea_orm(string_value = "EMAIL")]
    Email,
    #[sea_orm(string_value = "GIT")]
    Git,
}
