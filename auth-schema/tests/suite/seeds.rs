//! The default roles and permissions can be put back, and what an administrator did stays.

use auth_schema::{Migrator, migrations};
use schema_testing::{facts, lineage, seeds};
use sea_orm_migration::MigratorTrait;

const ROWS: &str = "
    SELECT to_jsonb(r)::text FROM roles AS r
    UNION ALL SELECT to_jsonb(p)::text FROM permissions AS p
    UNION ALL SELECT to_jsonb(g)::text FROM role_permissions AS g
    ORDER BY 1";

#[tokio::test]
async fn rows_that_are_missing_are_named_and_put_back_once() {
    let database = lineage::migrated::<Migrator>("auth").await;
    let expected = migrations::seeds();
    assert_eq!(seeds::missing(&database, &expected).await, [""; 0]);
    database
        .execute("DELETE FROM role_permissions; DELETE FROM permissions; DELETE FROM roles")
        .await;
    let missing = seeds::missing(&database, &expected).await;
    assert_eq!(missing.len(), 8 + 31 + 70);
    assert_eq!(missing[0], "roles: admin");
    assert!(missing.contains(&"role_permissions: guest note:read:own".to_owned()), "{missing:?}");

    assert_eq!(seeds::restore(&database, &expected).await, 8 + 31 + 70);
    assert_eq!(seeds::restore(&database, &expected).await, 0);
    assert_eq!(seeds::missing(&database, &expected).await, [""; 0]);
    assert_eq!(facts::differences("auth", &database).await, [""; 0]);
    // They bear the mark by which `down` knows its own.
    Migrator::down(database.connection(), Some(1)).await.expect("a step down");
    assert_eq!(database.texts(ROWS).await, [""; 0]);
}

#[tokio::test]
async fn what_an_administrator_changed_is_neither_missing_nor_touched() {
    let database = lineage::migrated::<Migrator>("auth").await;
    let expected = migrations::seeds();
    database
        .execute(
            "UPDATE roles SET name = 'visitor', level = 1 WHERE name = 'guest';
             DELETE FROM role_permissions g USING roles r
              WHERE r.id = g.role_id AND r.name = 'visitor';
             UPDATE permissions SET is_active = false;
             UPDATE role_permissions SET is_active = false",
        )
        .await;
    let before = database.texts(ROWS).await;
    assert_eq!(seeds::missing(&database, &expected).await, [""; 0]);
    assert_eq!(seeds::restore(&database, &expected).await, 0);
    assert_eq!(database.texts(ROWS).await, before);
}
