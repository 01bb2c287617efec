//! What an operator is to agree to before a production database is migrated. Reads.

use sea_orm::DbErr;
use serde::Serialize;

use crate::{
    hazard::Hazard,
    lint::{Finding, Size, Sizes},
    open::Opened,
    plan::{Direction, Plan},
};

/// A hazard of a step that lies ahead, and how many rows are concerned.
#[derive(Debug, Clone, Serialize)]
pub struct Ahead {
    /// The migration's name.
    pub migration: String,
    /// What is dangerous in it.
    pub finding: Finding,
    /// How large the table is, where it is about one.
    #[serde(skip)]
    pub size: Option<Size>,
}

/// The hazards of a plan on a production database that is no embedded one; elsewhere there is
/// nothing to lose.
///
/// # Errors
///
/// The server's.
pub async fn hazards(opened: &Opened<'_>, plan: &Plan) -> Result<Vec<Ahead>, DbErr> {
    let is_production = opened.located.is_server() && opened.located.database.is_production();
    if !is_production || plan.steps.is_empty() || plan.direction == Direction::Down {
        return Ok(Vec::new());
    }
    let is_dangerous = |step: &usize| !opened.schema.migrations[*step].hazards.is_empty();
    if !plan.steps.iter().any(is_dangerous) {
        return Ok(Vec::new());
    }
    let sizes = Sizes::read(opened.session.connection()).await?;
    let mut ahead = Vec::new();
    for step in &plan.steps {
        let migration = &opened.schema.migrations[*step];
        for finding in migration.hazards.iter().filter(|finding| finding.concerns(&sizes)) {
            ahead.push(Ahead {
                migration: migration.name.clone(),
                size: finding.table.as_deref().map(|table| sizes.of(table)),
                finding: finding.clone(),
            });
        }
    }
    Ok(ahead)
}

/// The first of them that loses data and that nobody agreed to. Pure.
pub fn unconfirmed<'a>(ahead: &'a [Ahead], agreed: &[Hazard]) -> Option<&'a Ahead> {
    ahead.iter().find(|ahead| {
        let hazard = ahead.finding.hazard;
        hazard.loses_data() && !agreed.contains(&hazard)
    })
}
