//! Walks a lineage up and down and watches the catalog.

use std::cmp::Ordering;

use sea_orm_migration::MigratorTrait;

use crate::{TestDatabase, catalog};

/// An embedded database at head.
///
/// # Panics
///
/// Where a migration fails.
pub async fn migrated<M: MigratorTrait>(name: &str) -> TestDatabase {
    let database = TestDatabase::embedded(name).await;
    M::up(database.connection(), None).await.expect("head");
    database
}

/// An embedded database on which the first `steps` migrations ran.
///
/// # Panics
///
/// Where a migration fails.
pub async fn stopped_after<M: MigratorTrait>(name: &str, steps: u32) -> TestDatabase {
    let database = TestDatabase::embedded(name).await;
    M::up(database.connection(), Some(steps)).await.expect("steps up");
    database
}

/// Brings a database, wherever it stands, to the last migration that Alembic ran on live ones: the
/// facts speak of that, whatever was added to the lineage since.
///
/// # Panics
///
/// Where a migration fails, or the last of `revisions` is none of the lineage.
pub async fn as_alembic_left_it<M: MigratorTrait>(
    database: &TestDatabase,
    revisions: &[(&str, &str)],
) {
    let connection = database.connection();
    let lineage = M::migrations();
    let (last, _) = revisions.last().expect("a database that Alembic ran");
    let place = lineage.iter().position(|migration| migration.name() == *last);
    let goal = place.expect("a migration of the lineage") + 1;
    M::install(connection).await.expect("a place to note migrations");
    let applied = M::get_applied_migrations(connection).await.expect("the history").len();
    let steps = u32::try_from(goal.abs_diff(applied)).expect("a short lineage");
    match goal.cmp(&applied) {
        Ordering::Greater => M::up(connection, Some(steps)).await.expect("steps up"),
        Ordering::Less => M::down(connection, Some(steps)).await.expect("steps down"),
        Ordering::Equal => {}
    }
}

/// Steps an empty database up to head one migration at a time, then for each number of steps down
/// and up again; gives what the catalog differed in, where it was to be as it was before.
///
/// # Panics
///
/// Where a migration fails.
pub async fn reversal<M: MigratorTrait>(database: &TestDatabase) -> Vec<String> {
    let length = M::migrations().len();
    M::install(database.connection()).await.expect("a place to note migrations");
    let mut catalogs = vec![catalog::lines(database).await];
    for _ in 0..length {
        M::up(database.connection(), Some(1)).await.expect("a step up");
        catalogs.push(catalog::lines(database).await);
    }

    let mut differences = Vec::new();
    for steps in 1..=length {
        let step_count = u32::try_from(steps).expect("a short lineage");
        M::down(database.connection(), Some(step_count)).await.expect("steps down");
        let below = catalog::difference(&catalogs[length - steps], &catalog::lines(database).await);
        differences.extend(below.into_iter().map(|line| format!("{steps} down: {line}")));

        M::up(database.connection(), Some(step_count)).await.expect("steps up");
        let head = catalog::difference(&catalogs[length], &catalog::lines(database).await);
        differences.extend(head.into_iter().map(|line| format!("{steps} down and up: {line}")));
    }
    differences
}

/// Runs the whole lineage up and down and gives what stands then and did not before.
///
/// # Panics
///
/// Where a migration fails.
pub async fn remains<M: MigratorTrait>(database: &TestDatabase) -> Vec<String> {
    let before = catalog::lines(database).await;
    M::up(database.connection(), None).await.expect("head");
    M::down(database.connection(), None).await.expect("base");
    catalog::difference(&before, &catalog::lines(database).await)
}
