//! A PostgreSQL server gives what the embedded one gives, whatever its release, and serves many at
//! once.

use main_schema::{Migrator, migrations::ALEMBIC_REVISIONS};
use schema_testing::{TestDatabase, facts, lineage, server::server};
use sea_orm::DbErr;
use sea_orm_migration::MigratorTrait;

use crate::{search, statistics};

#[tokio::test]
async fn facts_hold_and_steps_are_reversible() {
    let database = TestDatabase::on_server("main").await;
    assert_eq!(lineage::reversal::<Migrator>(&database).await, [""; 0]);
    lineage::as_alembic_left_it::<Migrator>(&database, ALEMBIC_REVISIONS).await;
    assert_eq!(facts::differences("main", &database).await, [""; 0]);
}

#[tokio::test]
async fn functions_views_and_triggers_work() -> Result<(), DbErr> {
    let database = TestDatabase::on_server("main").await;
    Migrator::up(database.connection(), None).await?;
    search::embed(&database, search::FIVE).await;
    let found = search::found(&database, "").await;
    assert_eq!(found, ["exact 1.000", "near 0.985", "middle 0.766"]);
    let figures = statistics::figures(&database, "den").await;
    assert_eq!(figures.split(' ').take(2).collect::<Vec<_>>(), ["5", "5"]);
    database.execute("DELETE FROM files").await;
    assert_eq!(statistics::figures(&database, "den").await, statistics::NONE);
    let rest = "SELECT get_dataset_statistics(d.id) ->> 'name' || actual_file_count
                FROM dataset_overview AS d LEFT JOIN file_details AS f ON f.dataset_id = d.id";
    assert_eq!(database.texts(rest).await, ["den0"]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_are_right_after_many_sessions_wrote_at_once() -> Result<(), DbErr> {
    let url = server().url(&server().create_database("main").await);
    let database = TestDatabase::at(&url).await;
    Migrator::up(database.connection(), None).await?;
    statistics::add_two_datasets(&database).await;
    let sessions: Vec<_> = (0..6)
        .map(|session| {
            let url = url.clone();
            tokio::spawn(async move { add_move_and_delete(&url, session).await })
        })
        .collect();
    for session in sessions {
        session.await.unwrap();
    }
    // Of its ten files each session moved five to the other dataset and deleted one of the rest.
    for dataset in ["den", "wood"] {
        let figures = statistics::figures(&database, dataset).await;
        assert_eq!(figures, r#"27 27 {"txt": 27} {"text": 27}"#, "{dataset}");
    }
    Ok(())
}

/// Every other session begins in the other dataset, so that files cross.
async fn add_move_and_delete(url: &str, session: usize) {
    let database = TestDatabase::at(url).await;
    let [here, there] = if session.is_multiple_of(2) { ["den", "wood"] } else { ["wood", "den"] };
    for number in 0..10 {
        let file = format!("('{session}-{number}', 'txt', 'text', 1)");
        statistics::add(&database, here, &file).await;
    }
    for number in 0..5 {
        let cross = format!(
            "UPDATE files SET dataset_id = (SELECT id FROM datasets WHERE name = '{there}')
             WHERE path = '{session}-{number}'"
        );
        database.execute(&cross).await;
    }
    database.execute(&format!("DELETE FROM files WHERE path = '{session}-9'")).await;
}
