//! `adopt`: takes over a database that Alembic ran, after proving that it is what it says.
//!
//! Reads the database and a shadow; writes the database in one transaction, or not at all.

mod accepted;
mod compare;
mod difference;
mod estimate;
mod group;
mod kinship;
mod labels;
mod lineage;
mod managed;
mod origin;
mod refusal;
mod settle;
mod trace;
mod write;

use std::{pin::pin, time::Duration};

use sea_orm::{ConnectionTrait, DbErr};
use serde::Serialize;
use tokio::time::sleep;

use self::write::Takeover;
pub use self::{
    accepted::{Accepted, accepted},
    compare::{Comparison, Findings, StepBack},
    difference::Difference,
    group::Step,
    lineage::Lineage,
    origin::OriginError,
};
use crate::{
    apply::Patience,
    backend::{self, Backend},
    catalog::{self, InspectError, Options},
    journal::Operator,
    lock::Lost,
    open::Opened,
    plan::{self, Standing},
    schema::Schema,
    shadow::{Place, ShadowError},
};

/// How often the working session is heard of while a shadow is at work: one that is silent for long
/// counts as lost.
const PULSE: Duration = Duration::from_secs(5);

/// Why a database was not taken over; then it is as it was.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AdoptError {
    /// It is the tool's own.
    #[error("`{name}` needs no adopting: {evidence}; `status {database}` says where it stands")]
    Ours {
        /// What the server calls the database.
        name: String,
        /// What says so.
        evidence: String,
        /// The database of the tool.
        database: &'static str,
    },
    /// There is nothing to take over.
    #[error(
        "`{name}` has nothing to adopt: no alembic_version, and no table of `{schema}`; \
         `migrate {database}` builds it"
    )]
    Empty {
        /// What the server calls the database.
        name: String,
        /// The schema that it is to hold.
        schema: &'static str,
        /// The database of the tool.
        database: &'static str,
    },
    /// It is nowhere in the lineage.
    #[error("`{name}` cannot be taken over{way_out}")]
    Origin {
        /// What the server calls the database.
        name: String,
        /// What to do instead, after a semicolon; empty where the cause says it.
        way_out: String,
        /// Why.
        #[source]
        source: OriginError,
    },
    /// The lineage could not be replayed.
    #[error(transparent)]
    Shadow(#[from] ShadowError),
    /// A catalog could not be read.
    #[error("cannot read what {what} holds")]
    Inspect {
        /// Which database.
        what: &'static str,
        /// What went wrong.
        #[source]
        source: InspectError,
    },
    /// The database could not be asked something.
    #[error("cannot ask the database about its tables")]
    Ask(#[source] DbErr),
    /// Mending would lose data of production, and nobody agreed to that.
    #[error(
        "to mend `{name}`, a production database, loses data ({}); that needs `--yes-destroy {name}`{}",
        lost.join(", "),
        given.as_ref().map(|given| format!(" and not `{given}`")).unwrap_or_default()
    )]
    Unconfirmed {
        /// The database, as it calls itself.
        name: String,
        /// The objects that would lose data.
        lost: Vec<String>,
        /// The name that was confirmed instead.
        given: Option<String>,
    },
    /// The SQL that was to mend a difference failed.
    #[error("cannot mend that {difference}{}; nothing was written: `{sql}`", in_the_way(blockers))]
    Mend {
        /// The difference.
        difference: Box<str>,
        /// The statement.
        sql: Box<str>,
        /// Whom it waited for, if it did too long.
        blockers: Vec<Backend>,
        /// What the server said.
        #[source]
        source: DbErr,
    },
    /// What was to mend the differences left some.
    #[error("mending left differences, so nothing was written: {}", left.join("; "))]
    NotMended {
        /// Those that are left.
        left: Vec<String>,
    },
    /// The takeover could not be written down.
    #[error("cannot write down the takeover{}; nothing was written", in_the_way(blockers))]
    Write {
        /// Whom it waited for, if it did too long.
        blockers: Vec<Backend>,
        /// What the server said.
        #[source]
        source: DbErr,
    },
    /// The run had to end at once.
    #[error("the takeover was given up; nothing was written")]
    Lost(#[source] Lost),
}

/// What becomes of differences between a database and what its migrations give.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnDifference {
    /// Nothing is written.
    Refuse,
    /// The SQL that mends them runs first.
    Mend,
    /// The database is taken over as it is, and they are written down.
    Accept,
}

/// What `adopt` is to do.
#[derive(Debug, Clone)]
pub struct AdoptOptions {
    /// What becomes of differences.
    pub on_difference: OnDifference,
    /// Where the lineage is replayed.
    pub shadow: Place,
    /// The production database that the user agrees to lose data of.
    pub yes_destroy: Option<String>,
    /// How to treat what is in the way.
    pub patience: Patience,
}

/// What came of it.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// Whether it was taken over.
    pub adopted: bool,
    /// What `alembic_version` says; none where there is no such table.
    pub revisions: Option<Vec<String>>,
    /// The newest migration that the database has.
    pub at: Option<String>,
    /// What it has and what it lacks of the lineage.
    #[serde(flatten)]
    pub standing: Standing,
    /// How it differed from what its migrations give: mended, accepted, or the reason why nothing
    /// was written.
    pub differences: Vec<Difference>,
    /// What the lineage knows nothing of, or makes only where it is missing: it was left alone.
    pub left_alone: Vec<String>,
}

/// Takes a database over. The caller has made sure that it is no other schema's, and keeps other
/// runners away. `schemas` are all that this build knows.
///
/// # Errors
///
/// [`AdoptError`]; then nothing was written. That the database differs is no error, but a
/// [`Report`] of one that was not adopted.
pub async fn adopt(
    opened: &Opened<'_>,
    schemas: &[Schema],
    options: &AdoptOptions,
    operator: &Operator,
    tell: impl FnMut(&str),
) -> Result<Report, AdoptError> {
    refusal::check(opened)?;
    let surveyed = Box::pin(survey(opened, schemas, options)).await?;
    let Survey { applied, comparison, findings } = surveyed;
    let is_refused =
        !findings.differences.is_empty() && options.on_difference == OnDifference::Refuse;
    if !is_refused {
        refusal::confirm(opened, options, &findings.differences)?;
        let (comparison, applied, findings) = (&comparison, &applied[..], &findings);
        let takeover = Takeover { opened, operator, options, comparison, applied, findings };
        takeover.write(tell).await?;
    }
    Ok(Report {
        adopted: !is_refused,
        revisions: opened.state.alembic_versions.clone(),
        at: applied.last().cloned(),
        standing: plan::standing(opened.schema, &applied),
        differences: findings.differences,
        left_alone: findings.left_alone,
    })
}

/// What a database has, and how it differs from that.
struct Survey<'a> {
    applied: Vec<String>,
    comparison: Comparison<'a>,
    findings: Findings,
}

async fn survey<'a>(
    opened: &Opened<'a>,
    schemas: &[Schema],
    options: &AdoptOptions,
) -> Result<Survey<'a>, AdoptError> {
    let schema = opened.schema;
    let others: Vec<&Schema> = schemas.iter().filter(|other| other.name != schema.name).collect();
    let revisions = opened.state.alembic_versions.as_deref().unwrap_or_default();
    let newest = origin::newest(schema, &others, revisions);
    let newest = newest.map_err(|source| refusal::unplaced(opened, source))?;

    let lineage = awake(opened, Lineage::replay(schema, &options.shadow)).await?;
    let read = catalog::inspect(opened.session.connection(), &Options::default()).await;
    let live = read.map_err(|source| AdoptError::Inspect { what: "the database", source })?;
    let (known, objects) = (lineage.known(), trace::objects(&live));
    let applied = origin::applied(schema, newest, &lineage.traces(), &known.if_missing, &objects)
        .map_err(|source| refusal::unplaced(opened, source))?;
    refusal::refuse_empty(opened, &applied)?;

    let comparison = lineage.comparison(schema, &applied, &options.shadow);
    let comparison = awake(opened, comparison).await?;
    let mut findings = comparison.with(live);
    let estimated = estimate::rows(opened.session.connection(), &mut findings.differences).await;
    estimated.map_err(AdoptError::Ask)?;
    Ok(Survey { applied, comparison, findings })
}

/// Does `work`, during which the working session has nothing to do, and lets it be heard of.
async fn awake<T>(opened: &Opened<'_>, work: impl Future<Output = T>) -> T {
    let mut work = pin!(work);
    loop {
        tokio::select! {
            done = &mut work => return done,
            () = sleep(PULSE) => {
                // Whether the session lives is asked where it matters: before it commits.
                let _ = opened.session.connection().execute_unprepared("SELECT 1").await;
            }
        }
    }
}

fn in_the_way(blockers: &[Backend]) -> String {
    if blockers.is_empty() {
        return String::new();
    }
    format!(", in the way was {}", backend::list(blockers))
}
