//! The vocabulary of names arrives in three steps, and respects what an administrator did.

use ecs_schema::Migrator;
use schema_testing::{TestDatabase, lineage};
use sea_orm::DbErr;
use sea_orm_migration::MigratorTrait;

const TABLES: u32 = 2;
const SUFFIXES_AND_SETTINGS: u32 = 3;
const SPIRITS: u32 = 4;
const CORRECTIONS: u32 = 6;

/// Suffixes, settings, spirits, and those of the spirits that have base names.
async fn counts(database: &TestDatabase) -> String {
    database
        .text(
            "SELECT concat_ws(' ', (SELECT count(*) FROM naming_components),
                              (SELECT count(*) FROM naming_config), count(*),
                              count(*) FILTER (WHERE base_names::text <> '[]'))
             FROM naming_spirits",
        )
        .await
}

#[tokio::test]
async fn each_step_adds_its_rows_and_takes_them_back() -> Result<(), DbErr> {
    let database = lineage::stopped_after::<Migrator>("ecs", TABLES).await;
    let connection = database.connection();
    let expected = ["0 0 0 0", "3 2 0 0", "3 2 50 0", "3 2 50 50"];
    for step in expected {
        assert_eq!(counts(&database).await, step);
        Migrator::up(connection, Some(1)).await?;
    }
    Migrator::down(connection, Some(1)).await?;
    for step in expected.iter().rev() {
        assert_eq!(counts(&database).await, *step);
        Migrator::down(connection, Some(1)).await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_spirit_has_its_traits_before_it_has_base_names() -> Result<(), DbErr> {
    let database = lineage::stopped_after::<Migrator>("ecs", SPIRITS).await;
    let fox = "SELECT concat_ws(' ', emoji, generation_numbers, traits, base_names)
               FROM naming_spirits WHERE name = 'fox'";
    let born =
        r#"🦊 [3,7,13,21,34,55,89] ["cunning","intelligent","adaptable","strategic","graceful"]"#;
    assert_eq!(database.text(fox).await, format!("{born} []"));
    Migrator::up(database.connection(), Some(1)).await?;
    let names = r#"["Vulpine","Reynard","Kitsune","Sly","Cunning","Swift"]"#;
    assert_eq!(database.text(fox).await, format!("{born} {names}"));
    Ok(())
}

#[tokio::test]
async fn seed_times_are_those_of_the_migration() {
    let database = lineage::migrated::<Migrator>("ecs").await;
    for table in ["naming_components", "naming_config", "naming_spirits"] {
        let old = "created_at < now() - interval '1 hour' OR updated_at < created_at";
        let old = format!("SELECT count(*)::text FROM {table} WHERE coalesce({old}, true)");
        assert_eq!(database.text(&old).await, "0", "{table}");
    }
}

#[tokio::test]
async fn a_row_that_is_there_stops_the_seed_and_is_named() {
    for (before, row, said) in [
        (
            TABLES,
            "INSERT INTO naming_components (id, component_type, component_name, component_value)
             VALUES (gen_random_uuid(), 'suffix', 'exo', 'Mine')",
            "`naming_components` already has what this migration inserts: suffix exo;",
        ),
        (
            TABLES,
            "INSERT INTO naming_config (id, config_key, config_value)
             VALUES (gen_random_uuid(), 'default_style', '\"mine\"')",
            "`naming_config` already has what this migration inserts: default_style;",
        ),
        (
            SUFFIXES_AND_SETTINGS,
            "INSERT INTO naming_spirits (id, name, category, description, emoji,
                                         generation_numbers, traits, base_names)
             SELECT gen_random_uuid(), name, 'mine', 'mine', 'x', '[]', '[]', '[]'
             FROM (VALUES ('wolf'), ('unicorn'), ('fox')) AS mine (name)",
            "`naming_spirits` already has what this migration inserts: fox, wolf;",
        ),
    ] {
        let database = lineage::stopped_after::<Migrator>("ecs", before).await;
        database.execute(row).await;
        let rows = counts(&database).await;
        let error = Migrator::up(database.connection(), Some(1)).await.unwrap_err();
        assert!(error.to_string().contains(said), "{error}");
        assert_eq!(counts(&database).await, rows, "{said}");
    }
}

#[tokio::test]
async fn rows_of_an_administrator_outlive_the_seed() -> Result<(), DbErr> {
    let database = lineage::stopped_after::<Migrator>("ecs", CORRECTIONS).await;
    database
        .execute(
            "INSERT INTO naming_components (id, component_type, component_name, component_value)
             VALUES (gen_random_uuid(), 'prefix', 'exo', 'Mine'),
                    (gen_random_uuid(), 'suffix', 'mine', 'Mine');
             INSERT INTO naming_config (id, config_key, config_value)
             VALUES (gen_random_uuid(), 'mine', '1');
             INSERT INTO naming_spirits (id, name, category, description, emoji,
                                         generation_numbers, traits, base_names)
             VALUES (gen_random_uuid(), 'unicorn', 'mine', 'mine', 'x', '[]', '[]', '[\"Uni\"]')",
        )
        .await;
    Migrator::down(database.connection(), Some(CORRECTIONS - TABLES)).await?;
    assert_eq!(counts(&database).await, "2 1 1 1");
    Migrator::up(database.connection(), None).await?;
    assert_eq!(counts(&database).await, "5 3 51 51");
    Ok(())
}

#[tokio::test]
async fn base_names_of_an_administrator_are_kept_both_ways() -> Result<(), DbErr> {
    let database = lineage::stopped_after::<Migrator>("ecs", SPIRITS).await;
    let connection = database.connection();
    database
        .execute(
            "UPDATE naming_spirits SET base_names = '[\"Mine\"]' WHERE name = 'fox';
             DELETE FROM naming_spirits WHERE name = 'owl'",
        )
        .await;
    Migrator::up(connection, Some(1)).await?;
    let mine = "SELECT name FROM naming_spirits WHERE base_names::text = '[\"Mine\"]' ORDER BY 1";
    assert_eq!(database.texts(mine).await, ["fox"]);
    assert_eq!(counts(&database).await, "3 2 49 49");

    database
        .execute("UPDATE naming_spirits SET base_names = '[\"Mine\"]' WHERE name = 'wolf'")
        .await;
    Migrator::down(connection, Some(1)).await?;
    assert_eq!(database.texts(mine).await, ["fox", "wolf"]);
    assert_eq!(counts(&database).await, "3 2 49 2");
    Ok(())
}
