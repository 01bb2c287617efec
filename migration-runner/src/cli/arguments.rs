//! What each command takes.

use clap::{Args, ValueEnum};
use schema_engine::hazard::Hazard;

use super::{Format, InShadow, Manners, Script, Where};

#[derive(Debug, Args)]
pub(crate) struct Migrate {
    /// Databases or groups [default: all]
    #[arg(value_name = "DATABASE")]
    pub(crate) databases: Vec<String>,
    /// End with this migration applied: its name, a prefix, its slug or its Alembic revision
    #[arg(long, value_name = "MIGRATION", conflicts_with = "num")]
    pub(crate) to: Option<String>,
    /// Apply at most so many
    #[arg(short, long, value_name = "N")]
    pub(crate) num: Option<usize>,
    /// Say what would run and write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    #[command(flatten)]
    pub(crate) script: Script,
    /// Apply a pending migration that is older than the newest applied one
    #[arg(long)]
    pub(crate) allow_out_of_order: bool,
    /// Agree to what loses data of a production database, by the name of the hazard
    #[arg(long, value_name = "HAZARD")]
    pub(crate) allow_hazard: Vec<Hazard>,
    #[command(flatten)]
    pub(crate) manners: Manners,
    #[command(flatten)]
    pub(crate) place: Where,
}

#[derive(Debug, Args)]
pub(crate) struct Rollback {
    /// Databases or groups
    #[arg(value_name = "DATABASE")]
    pub(crate) databases: Vec<String>,
    /// Keep this migration and revert what follows it; `base` reverts everything
    #[arg(long, value_name = "MIGRATION", conflicts_with = "num")]
    pub(crate) to: Option<String>,
    /// Revert so many [default: 1]
    #[arg(short, long, value_name = "N")]
    pub(crate) num: Option<usize>,
    /// Say what would run and write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    #[command(flatten)]
    pub(crate) script: Script,
    /// Agree to lose data of this production database, by the name it has on its server
    #[arg(long, value_name = "NAME")]
    pub(crate) yes_destroy: Option<String>,
    #[command(flatten)]
    pub(crate) manners: Manners,
    #[command(flatten)]
    pub(crate) place: Where,
}

/// What `fresh`, `refresh` and `reset` take.
#[derive(Debug, Args)]
pub(crate) struct Destructive {
    /// Databases or groups
    #[arg(value_name = "DATABASE")]
    pub(crate) databases: Vec<String>,
    /// Say what would run and write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Agree to lose data of this production database, by the name it has on its server
    #[arg(long, value_name = "NAME")]
    pub(crate) yes_destroy: Option<String>,
    #[command(flatten)]
    pub(crate) manners: Manners,
    #[command(flatten)]
    pub(crate) place: Where,
}

#[derive(Debug, Args)]
pub(crate) struct Adopt {
    /// The database
    #[arg(value_name = "DATABASE")]
    pub(crate) database: String,
    /// Run the SQL that mends what differs, in one transaction with the takeover
    #[arg(long)]
    pub(crate) mend: bool,
    /// Take the database over as it is, and write down what differs
    #[arg(long, conflicts_with = "mend")]
    pub(crate) accept_differences: bool,
    /// Agree that mending may lose data of this production database, by the name it has on its
    /// server
    #[arg(long, value_name = "NAME", requires = "mend")]
    pub(crate) yes_destroy: Option<String>,
    #[command(flatten)]
    pub(crate) shadow: InShadow,
    #[command(flatten)]
    pub(crate) manners: Manners,
    #[command(flatten)]
    pub(crate) place: Where,
}

#[derive(Debug, Args)]
pub(crate) struct Repair {
    /// The database
    #[arg(value_name = "DATABASE")]
    pub(crate) database: String,
    /// Go on behind the last statement that stands; a Rust migration runs again from its beginning
    #[arg(long)]
    pub(crate) finish: bool,
    /// Note that all of it stands: it counts as applied
    #[arg(long, conflicts_with = "finish")]
    pub(crate) mark_applied: bool,
    /// Note that nothing of it stands: it counts as not applied
    #[arg(long, conflicts_with_all = ["finish", "mark_applied"])]
    pub(crate) mark_not_applied: bool,
    #[command(flatten)]
    pub(crate) manners: Manners,
    #[command(flatten)]
    pub(crate) place: Where,
}

#[derive(Debug, Args)]
pub(crate) struct Status {
    /// Databases or groups [default: all]
    #[arg(value_name = "DATABASE")]
    pub(crate) databases: Vec<String>,
    /// Exit with 3 if anything is pending or wrong
    #[arg(long)]
    pub(crate) exit_code: bool,
    #[command(flatten)]
    pub(crate) place: Where,
}

#[derive(Debug, Args)]
pub(crate) struct History {
    /// Databases or groups [default: all]
    #[arg(value_name = "DATABASE")]
    pub(crate) databases: Vec<String>,
    /// List every run ever, failed ones and reverts included
    #[arg(long)]
    pub(crate) journal: bool,
    #[command(flatten)]
    pub(crate) place: Where,
}

#[derive(Debug, Args)]
pub(crate) struct Create {
    /// The database whose lineage it continues
    #[arg(value_name = "DATABASE")]
    pub(crate) database: String,
    /// What it does, in a few words: its name is made of them
    #[arg(short, long, value_name = "TEXT")]
    pub(crate) message: String,
    /// How it is to be written
    #[arg(long, value_name = "KIND", default_value = "rust")]
    pub(crate) kind: WrittenIn,
    /// Write what turns what the migrations make into what the entities say, to be read before it
    /// runs
    #[arg(long)]
    pub(crate) autogenerate: bool,
    /// A table, `old=new`, a column or a label, `table.old=new`, only has another name: nothing of
    /// it is lost
    #[arg(long = "rename", value_name = "OLD=NEW", requires = "autogenerate")]
    pub(crate) renames: Vec<String>,
    #[command(flatten)]
    pub(crate) shadow: InShadow,
    /// Put a Rust migration into this module of the schema [default: the one called like it, if
    /// it has modules]
    #[arg(long, value_name = "MODULE")]
    pub(crate) module: Option<String>,
    /// How to say what was written
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) output: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum WrittenIn {
    /// A type that issues statements
    Rust,
    /// A pair of SQL files, up and down
    Sql,
}

#[derive(Debug, Args)]
pub(crate) struct Checksums {
    /// Databases or groups [default: all]
    #[arg(value_name = "DATABASE")]
    pub(crate) databases: Vec<String>,
    /// Write nothing, and exit with 3 if one is stale
    #[arg(long)]
    pub(crate) check: bool,
    #[command(flatten)]
    pub(crate) shadow: InShadow,
}

#[derive(Debug, Args)]
pub(crate) struct Lint {
    /// Databases or groups [default: all]
    #[arg(value_name = "DATABASE")]
    pub(crate) databases: Vec<String>,
    /// Look at these migrations rather than at what is pending, whatever the tables hold
    #[arg(long, value_name = "MIGRATION")]
    pub(crate) migration: Vec<String>,
    #[command(flatten)]
    pub(crate) shadow: InShadow,
    #[command(flatten)]
    pub(crate) place: Where,
}

#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Databases or groups [default: all]
    #[arg(value_name = "DATABASE")]
    pub(crate) databases: Vec<String>,
    #[command(flatten)]
    pub(crate) shadow: InShadow,
    /// How to say what differs
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) output: Format,
}

#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// Databases or groups [default: all]
    #[arg(value_name = "DATABASE")]
    pub(crate) databases: Vec<String>,
    /// Compare the migrations with the entities instead, as `check` does
    #[arg(long)]
    pub(crate) entities: bool,
    #[command(flatten)]
    pub(crate) shadow: InShadow,
    #[command(flatten)]
    pub(crate) place: Where,
}

#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// Databases or groups [default: all]
    #[arg(value_name = "DATABASE")]
    pub(crate) databases: Vec<String>,
    #[command(flatten)]
    pub(crate) shadow: InShadow,
    #[command(flatten)]
    pub(crate) place: Where,
}

#[derive(Debug, Args)]
pub(crate) struct Setup {
    /// Databases or groups [default: all]
    #[arg(value_name = "DATABASE")]
    pub(crate) databases: Vec<String>,
    /// Set up their e2e twins too
    #[arg(long)]
    pub(crate) e2e: bool,
    /// Put back the rows that migrations brought and that are missing; what was changed stays
    #[arg(long)]
    pub(crate) seed_rows: bool,
    /// Let this role, an application's, use every table and sequence, now and later, but none of
    /// the tool's own tables
    #[arg(long, value_name = "ROLE")]
    pub(crate) app_role: Option<String>,
    #[command(flatten)]
    pub(crate) manners: Manners,
    #[command(flatten)]
    pub(crate) place: Where,
}

#[derive(Debug, Args)]
pub(crate) struct Doctor {
    /// Databases or groups [default: all]
    #[arg(value_name = "DATABASE")]
    pub(crate) databases: Vec<String>,
    /// Look also at what this role, an application's, may do
    #[arg(long, value_name = "ROLE")]
    pub(crate) app_role: Option<String>,
    #[command(flatten)]
    pub(crate) place: Where,
}

#[cfg(feature = "embedded")]
#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// The database
    #[arg(value_name = "DATABASE")]
    pub(crate) database: String,
    /// Listen on this port, so that the URL stays the same [default: any free one]
    #[arg(long, value_name = "PORT", default_value_t = 0, hide_default_value = true)]
    pub(crate) port: u16,
    /// How to say where it listens
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) output: Format,
}
