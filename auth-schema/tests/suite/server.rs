//! A PostgreSQL server gives what the embedded one gives, whatever its release, and serves many at
//! once.

use auth_schema::{Migrator, gatekeeper, migrations::ALEMBIC_REVISIONS};
use schema_testing::{TestDatabase, facts, lineage, server::server};
use sea_orm::DbErr;

#[tokio::test]
async fn facts_hold_and_steps_are_reversible() -> Result<(), DbErr> {
    let database = TestDatabase::on_server("auth").await;
    gatekeeper::ensure(database.connection()).await?;
    assert_eq!(lineage::reversal::<Migrator>(&database).await, [""; 0]);
    lineage::as_alembic_left_it::<Migrator>(&database, ALEMBIC_REVISIONS).await;
    assert_eq!(facts::differences("auth", &database).await, [""; 0]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn processes_that_complete_users_at_once_make_each_change_once() -> Result<(), DbErr> {
    let url = server().url(&server().create_database("auth").await);
    let calls: Vec<_> = (0..8)
        .map(|_| {
            let url = url.clone();
            tokio::spawn(async move {
                let database = TestDatabase::at(&url).await;
                gatekeeper::ensure(database.connection()).await
            })
        })
        .collect();
    let mut changes = Vec::new();
    for call in calls {
        changes.extend(call.await.unwrap()?);
    }
    changes.sort_unstable();
    assert_eq!(
        changes,
        [
            "created the table `users`",
            "created the unique index `ix_users_email` on `users`",
            "created the unique index `ix_users_username` on `users`",
        ]
    );
    Ok(())
}
