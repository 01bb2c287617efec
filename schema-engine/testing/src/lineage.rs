//! Walks a lineage up and down and watches the catalog.

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
