//! One module a table; each primary key is a UUID that whoever inserts the row chooses.

#![expect(
    missing_docs,
    reason = "a column whose name says all needs no comment, nor does generated code"
)]

pub mod ability_traits;
pub mod agent_achievements;
pub mod agent_domain_expertise;
pub mod agent_interactions;
pub mod agent_positions;
pub mod agent_specializations;
pub mod agent_workflow_preferences;
pub mod agents;
pub mod knowledge_base_entries;
pub mod performance_metrics;
pub mod personality_traits;
pub mod physical_traits;
