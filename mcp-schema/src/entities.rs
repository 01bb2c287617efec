//! The tables of the mcp database, one module each.

#![expect(
    missing_docs,
    reason = "a column is documented where its name does not say what it holds"
)]

pub mod enums;
pub mod tool_categories;
pub mod tool_config_history;
pub mod tool_configuration;
pub mod tools;
