//! The vocabulary of names can be put back, and what an administrator did stays.

use ecs_schema::{Migrator, migrations};
use schema_testing::{facts, lineage, seeds};

#[tokio::test]
async fn rows_that_are_missing_are_named_and_put_back_once() {
    let database = lineage::migrated::<Migrator>("ecs").await;
    let expected = migrations::seeds();
    assert_eq!(seeds::missing(&database, &expected).await, [""; 0]);
    database
        .execute(
            "DELETE FROM naming_components; DELETE FROM naming_config;
             DELETE FROM naming_spirits WHERE name <> 'fox';
             UPDATE naming_spirits SET base_names = '[]'",
        )
        .await;
    let missing = seeds::missing(&database, &expected).await;
    assert_eq!(missing.len(), 3 + 2 + 49 + 1);
    assert_eq!(missing[0], "naming_components: suffix exo");
    assert_eq!(missing.last().expect("rows"), "naming_spirits: base names of fox");

    assert_eq!(seeds::restore(&database, &expected).await, 3 + 2 + 49 + 50);
    assert_eq!(seeds::restore(&database, &expected).await, 0);
    assert_eq!(seeds::missing(&database, &expected).await, [""; 0]);
    assert_eq!(facts::differences("ecs", &database).await, [""; 0]);
}

#[tokio::test]
async fn what_an_administrator_changed_is_neither_missing_nor_touched() {
    let database = lineage::migrated::<Migrator>("ecs").await;
    let expected = migrations::seeds();
    database
        .execute(
            r#"UPDATE naming_spirits SET weight = 9, base_names = '["Mine"]', enabled = false;
               UPDATE naming_config SET config_value = '"exo"';
               UPDATE naming_components SET component_value = 'Mine'"#,
        )
        .await;
    let rows = "SELECT to_jsonb(s)::text FROM naming_spirits s
                UNION ALL SELECT to_jsonb(c)::text FROM naming_config c
                UNION ALL SELECT to_jsonb(c)::text FROM naming_components c ORDER BY 1";
    let before = database.texts(rows).await;
    assert_eq!(seeds::missing(&database, &expected).await, [""; 0]);
    assert_eq!(seeds::restore(&database, &expected).await, 0);
    assert_eq!(database.texts(rows).await, before);
}
