//! The pair of a production database and its e2e twin: is there another half, and where does it
//! stand. Connects to the other half, and reads.

use std::{path::Path, time::Duration};

use tokio::time::timeout;

use super::{Finding, finding::some, look::Look};
use crate::{
    connection::Session,
    database::{DATABASES, Database},
    environment::Environment,
    location::{self, Located, Location, LocationError, Wishes},
    open::{OpenError, Opened},
    schema::Schema,
    server_error::chain,
    state::{self, Identity},
};

const CHECK: &str = "e2e twin";

/// How long the other half may take to answer; it is not part of the run.
const PATIENCE: Duration = Duration::from_secs(5);

/// The other half of a pair, and what was learnt of it.
#[derive(Debug, Clone)]
pub struct Counterpart {
    database: &'static Database,
    sight: Sight,
}

#[derive(Debug, Clone)]
enum Sight {
    /// No variable says where it is.
    Unset,
    /// It is embedded, and nothing has made it yet.
    NotMade,
    /// It could not be looked at.
    Hidden { reason: String },
    /// It was looked at.
    Seen { identity: Identity, applied: Vec<String> },
}

/// Looks at the other half of the pair that `subject` is one of: among the databases of the run,
/// or where it is configured.
pub async fn counterpart(
    subject: &Opened<'_>,
    run: &[&Opened<'_>],
    environment: &Environment,
    root: &Path,
) -> Counterpart {
    let database = other_half(subject.located.database);
    let in_run = run.iter().find(|opened| opened.located.database == database);
    let sight = match in_run {
        Some(opened) => seen(&opened.state),
        None => look_elsewhere(subject, database, environment, root).await,
    };
    Counterpart { database, sight }
}

fn other_half(database: &'static Database) -> &'static Database {
    let is_other = |other: &&Database| {
        other.schema == database.schema && other.is_production() != database.is_production()
    };
    DATABASES.iter().find(is_other).unwrap_or(database)
}

fn seen(state: &state::State) -> Sight {
    Sight::Seen { identity: state.identity.clone(), applied: state.applied() }
}

async fn look_elsewhere(
    subject: &Opened<'_>,
    database: &'static Database,
    environment: &Environment,
    root: &Path,
) -> Sight {
    // A pair lives in one place: a server does not have its other half in this process.
    let wishes = Wishes { no_embedded: subject.located.is_server(), ..Wishes::default() };
    let located = match location::locate(&[database], &wishes, environment, root) {
        Ok(mut located) => located.pop(),
        Err(LocationError::Missing { .. }) => None,
        Err(error) => return Sight::Hidden { reason: chain(&error) },
    };
    let Some(located) = located else { return Sight::Unset };
    if let Location::Embedded { folder, .. } = &located.location
        && !folder.exists()
    {
        return Sight::NotMade;
    }
    match timeout(PATIENCE, look_at(&located)).await {
        Ok(Ok(sight)) => sight,
        Ok(Err(error)) => Sight::Hidden { reason: chain(&error) },
        Err(_) => Sight::Hidden { reason: format!("no answer in {} s", PATIENCE.as_secs()) },
    }
}

async fn look_at(located: &Located) -> Result<Sight, OpenError> {
    let session = Session::open(located).await?;
    let state = state::read(session.connection()).await;
    let _ = session.close().await;
    state.map(|state| seen(&state)).map_err(OpenError::Look)
}

pub(super) fn examine(look: &Look<'_>) -> Finding {
    let Opened { schema, state, located, .. } = look.opened;
    let subject =
        Half { database: located.database, identity: &state.identity, applied: &state.applied() };
    judge(schema, subject, look.around.counterpart)
}

/// One half of a pair.
#[derive(Clone, Copy)]
struct Half<'a> {
    database: &'static Database,
    identity: &'a Identity,
    applied: &'a [String],
}

fn judge(schema: &Schema, subject: Half<'_>, counterpart: &Counterpart) -> Finding {
    let Counterpart { database, sight } = counterpart;
    let Database { name, url_variable, .. } = *database;
    let what = if database.is_production() { "production database" } else { "e2e twin" };
    match sight {
        Sight::Unset if database.is_production() => {
            Finding::fine(CHECK, format!("its {what} {name} is not configured here"))
        }
        Sight::Unset => Finding::warning(
            CHECK,
            format!("no {what}: `{url_variable}` is not set"),
            format!("set it, and let `setup {name}` make {name}, to try migrations there first"),
        ),
        Sight::NotMade => Finding::fine(CHECK, format!("the {what} {name} is not made yet")),
        Sight::Hidden { reason } => Finding::warning(
            CHECK,
            format!("the {what} {name} cannot be looked at: {reason}"),
            format!("`doctor {name}` says more"),
        ),
        Sight::Seen { identity, .. } if identity == subject.identity => Finding::problem(
            CHECK,
            format!("{name} and {} are one and the same database", subject.database.name),
            format!("let `{url_variable}` name another one"),
        ),
        Sight::Seen { identity, applied } => {
            let other = Half { database, identity, applied };
            let (production, twin) =
                if database.is_production() { (other, subject) } else { (subject, other) };
            compare(schema, production, twin)
        }
    }
}

/// A twin is to be where production is, or ahead of it.
fn compare(schema: &Schema, production: Half<'_>, twin: Half<'_>) -> Finding {
    let only_in = |here: &[String], there: &[String]| -> Vec<String> {
        let names = schema.migrations.iter().map(|migration| &migration.name);
        names.filter(|name| here.contains(name) && !there.contains(name)).cloned().collect()
    };
    let ahead = only_in(twin.applied, production.applied);
    let behind = only_in(production.applied, twin.applied);
    let (name, of) = (twin.database.name, production.database.name);
    match (ahead.is_empty(), behind.is_empty()) {
        (true, true) => Finding::fine(CHECK, format!("{name} has the migrations of {of}")),
        (false, true) => Finding::fine(
            CHECK,
            format!("{name} is {} ahead of {of}: {}", ahead.len(), some(&ahead)),
        ),
        (is_not_ahead, false) => {
            let besides = if is_not_ahead {
                String::new()
            } else {
                format!(", and has what {of} has not: {}", some(&ahead))
            };
            let text = format!("{name} lacks what {of} has: {}{besides}", some(&behind));
            Finding::warning(CHECK, text, format!("`migrate {name}` applies what it lacks"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::finding::lines, *};
    use crate::{database, fixtures};

    fn owned(names: &[&str]) -> Vec<String> {
        names.iter().map(ToString::to_string).collect()
    }

    /// What is said of `subject`, which has m1 and m2, beside its other half.
    fn check(subject: &str, sight: Sight, expected: &str) {
        let schema = fixtures::schema(&[("m1", None), ("m2", None), ("m3", None)]);
        let subject = Half {
            database: database::find(subject).unwrap(),
            identity: &Identity { system_identifier: 1, database_oid: 1 },
            applied: &owned(&["m1", "m2"]),
        };
        let counterpart = Counterpart { database: other_half(subject.database), sight };
        assert_eq!(lines(&[judge(&schema, subject, &counterpart)]), [expected]);
    }

    fn seen(applied: &[&str]) -> Sight {
        let identity = Identity { system_identifier: 1, database_oid: 2 };
        Sight::Seen { identity, applied: owned(applied) }
    }

    #[test]
    fn a_twin_that_is_not_there_is_said_so() {
        check(
            "main",
            Sight::Unset,
            "warning: no e2e twin: `e2e_database_url` is not set; set it, and let `setup e2e` make \
             e2e, to try migrations there first",
        );
        check("ecs_e2e", Sight::Unset, "fine: its production database ecs is not configured here");
        check("ecs", Sight::NotMade, "fine: the e2e twin ecs_e2e is not made yet");
        check(
            "ecs",
            Sight::Hidden { reason: "gone".to_owned() },
            "warning: the e2e twin ecs_e2e cannot be looked at: gone; `doctor ecs_e2e` says more",
        );
    }

    #[test]
    fn a_twin_stands_where_production_does_or_ahead() {
        check("ecs", seen(&["m1", "m2"]), "fine: ecs_e2e has the migrations of ecs");
        check("ecs", seen(&["m1", "m2", "m3"]), "fine: ecs_e2e is 1 ahead of ecs: m3");
        check(
            "ecs",
            seen(&["m1"]),
            "warning: ecs_e2e lacks what ecs has: m2; `migrate ecs_e2e` applies what it lacks",
        );
        check(
            "ecs",
            seen(&["m1", "m3"]),
            "warning: ecs_e2e lacks what ecs has: m2, and has what ecs has not: m3; `migrate \
             ecs_e2e` applies what it lacks",
        );
        check("ecs_e2e", seen(&["m1"]), "fine: ecs_e2e is 1 ahead of ecs: m2");
    }

    #[test]
    fn one_database_is_no_pair() {
        let identity = Identity { system_identifier: 1, database_oid: 1 };
        check(
            "ecs",
            Sight::Seen { identity, applied: Vec::new() },
            "problem: ecs_e2e and ecs are one and the same database; let `e2e_ecs_database_url` \
             name another one",
        );
    }
}
