//! The lineage of the `ecs` database: the migrations of both submodules in one order.

use sea_orm_migration::prelude::*;
use sql_migration::*;

pub use crate::ecs::migrations::seeds;
use crate::{ecs, naming};

/// Applies and reverts the migrations of `ecs` and `naming` as one lineage.
#[derive(Debug)]
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        let mut rust = ecs::migrations::migrations();
        rust.extend(naming::migrations::migrations());
        in_order(SQL_MIGRATIONS, rust)
    }
}

/// The migrations that are SQL files, oldest first, whatever submodule they are about.
pub const SQL_MIGRATIONS: &[SqlMigration] = &[];

/// The Alembic revision that stands for a migration in the `alembic_version` of a database that
/// Alembic ran, as (migration, revision) in lineage order; adoption finds its place by it.
pub const ALEMBIC_REVISIONS: &[(&str, &str)] = &[
    ("m20250920_210854_add_naming_configuration_tables", "183c8980160f"),
    ("m20250920_215024_initial_ecs_schema", "b16020be0286"),
    ("m20250920_220202_add_initial_data", "cc04580c04ef"),
    ("m20250920_221051_add_complete_race_data", "9f94d908afb9"),
    ("m20250921_093355_populate_base_names", "22ebdcff71c4"),
    ("m20250921_171200_fix_success_advisor_8_spirit_to_lion", "fc949a6025ca"),
];

/// Hazards of migrations in Rust that were looked at and let pass: migration, hazard, reason.
pub const ALLOWED_HAZARDS: &[(&str, &str, &str)] = &[];
/// Alembic revisions that only granted privileges, as (revision, the one at whose point of the
/// lineage it stands); a live database can carry them, alone or beside another.
pub const ALEMBIC_ALIASES: &[(&str, &str)] =
    &[("fix_permissions_001", "22ebdcff71c4"), ("auto_fix_permissions_002", "22ebdcff71c4")];

/// The checksum of each migration, `<migration> <digest>` a line: what tells that one was edited
/// after it ran. `cargo xtask checksums` writes them.
pub const CHECKSUMS: &str = include_str!("../checksums.txt");

/// What is dangerous in each migration on a database that is in use, for whoever migrates one
/// without a throw-away database at hand. `cargo xtask checksums` writes it.
pub const HAZARDS: &str = include_str!("../hazards.txt");

/// The tables at head: what a database of unknown origin is recognised by.
pub const TABLES: &[&str] = &[
    "ability_traits",
    "agent_achievements",
    "agent_domain_expertise",
    "agent_interactions",
    "agent_positions",
    "agent_specializations",
    "agent_workflow_preferences",
    "agents",
    "knowledge_base_entries",
    "naming_components",
    "naming_config",
    "naming_spirits",
    "performance_metrics",
    "personality_traits",
    "physical_traits",
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn names(migrations: &[Box<dyn MigrationTrait>]) -> Vec<&str> {
        migrations.iter().map(|migration| migration.name()).collect()
    }

    #[test]
    fn each_list_ascends_without_duplicates() {
        for migrations in [
            ecs::migrations::migrations(),
            naming::migrations::migrations(),
            Migrator::migrations(),
        ] {
            let names = names(&migrations);
            for pair in names.windows(2) {
                assert!(pair[0] < pair[1], "`{}` stands before `{}`", pair[0], pair[1]);
            }
        }
    }

    #[test]
    fn lineage_begins_with_what_alembic_ran() {
        let migrations = Migrator::migrations();
        let alembic: Vec<&str> = ALEMBIC_REVISIONS.iter().map(|(name, _)| *name).collect();
        assert_eq!(names(&migrations).get(..alembic.len()), Some(alembic.as_slice()));
    }

    #[test]
    fn a_revision_names_one_migration() {
        let revisions: HashSet<&str> =
            ALEMBIC_REVISIONS.iter().map(|(_, revision)| *revision).collect();
        assert_eq!(revisions.len(), ALEMBIC_REVISIONS.len());
    }
}
