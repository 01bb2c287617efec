//! The default roles and permissions arrive beside what is there, and go without touching it.

use auth_schema::Migrator;
use schema_testing::{TestDatabase, catalog, facts, lineage};
use sea_orm::DbErr;
use sea_orm_migration::MigratorTrait;

/// Migrations before the one that adds the rows, and with it.
const TABLES: u32 = 3;
const ROWS_TOO: u32 = 4;

const ROWS: &str = "
    SELECT to_jsonb(r)::text FROM roles AS r
    UNION ALL SELECT to_jsonb(p)::text FROM permissions AS p
    UNION ALL SELECT to_jsonb(g)::text FROM role_permissions AS g
    UNION ALL SELECT to_jsonb(u)::text FROM user_roles AS u
    ORDER BY 1";

const MIGRATION: &str = "m20250926_165024_populate_default_rbac_data";

async fn counts(database: &TestDatabase) -> String {
    database
        .text(
            "SELECT concat_ws(' ', (SELECT count(*) FROM roles), (SELECT count(*) FROM permissions),
                              (SELECT count(*) FROM role_permissions))",
        )
        .await
}

/// Before the migration, with rows of an administrator.
async fn with(rows: &str) -> TestDatabase {
    let database = lineage::stopped_after::<Migrator>("auth", TABLES).await;
    database.execute(rows).await;
    database
}

#[tokio::test]
async fn rows_inserted_twice_are_there_once() -> Result<(), DbErr> {
    let database = lineage::stopped_after::<Migrator>("auth", ROWS_TOO).await;
    let before = database.texts(ROWS).await;
    database.execute(&format!("DELETE FROM seaql_migrations WHERE version = '{MIGRATION}'")).await;
    Migrator::up(database.connection(), Some(1)).await?;
    assert_eq!(database.texts(ROWS).await, before);
    Ok(())
}

#[tokio::test]
async fn a_changed_default_survives_a_second_insert() -> Result<(), DbErr> {
    let database = lineage::stopped_after::<Migrator>("auth", ROWS_TOO).await;
    database
        .execute(&format!(
            "UPDATE roles SET level = 1, description = 'mine' WHERE name = 'guest';
             UPDATE role_permissions SET is_active = false;
             DELETE FROM seaql_migrations WHERE version = '{MIGRATION}'"
        ))
        .await;
    let before = database.texts(ROWS).await;
    Migrator::up(database.connection(), Some(1)).await?;
    assert_eq!(database.texts(ROWS).await, before);
    Ok(())
}

#[tokio::test]
async fn down_removes_the_rows_and_up_brings_them_back() -> Result<(), DbErr> {
    let database = lineage::stopped_after::<Migrator>("auth", ROWS_TOO).await;
    assert_eq!(counts(&database).await, "8 31 70");
    Migrator::down(database.connection(), Some(1)).await?;
    assert_eq!(counts(&database).await, "0 0 0");
    Migrator::up(database.connection(), Some(1)).await?;
    assert_eq!(facts::differences("auth", &database).await, [""; 0]);
    Ok(())
}

#[tokio::test]
async fn foreign_roles_permissions_and_grants_survive_both_ways() -> Result<(), DbErr> {
    let database = with(
        "
        INSERT INTO roles (id, name) VALUES ('00000000-0000-0000-0000-0000000000aa', 'fox');
        INSERT INTO permissions (id, name, resource_type, operation)
        VALUES ('00000000-0000-0000-0000-0000000000bb', 'den:dig:own', 'den', 'dig');
        INSERT INTO role_permissions (role_id, permission_id)
        VALUES ('00000000-0000-0000-0000-0000000000aa', '00000000-0000-0000-0000-0000000000bb');
        INSERT INTO users (id, username, password_hash, role)
        VALUES ('00000000-0000-0000-0000-0000000000cc', 'reynard', 'hash', 'admin');
        INSERT INTO user_roles (id, user_id, role_id)
        VALUES (gen_random_uuid(), '00000000-0000-0000-0000-0000000000cc',
                '00000000-0000-0000-0000-0000000000aa')",
    )
    .await;
    let before = database.texts(ROWS).await;
    Migrator::up(database.connection(), Some(1)).await?;
    assert_eq!(counts(&database).await, "9 32 71");
    Migrator::down(database.connection(), Some(1)).await?;
    assert_eq!(database.texts(ROWS).await, before);
    Ok(())
}

#[tokio::test]
async fn a_role_that_is_there_is_given_its_permissions_and_keeps_itself() -> Result<(), DbErr> {
    let database = with("
        INSERT INTO roles (id, name, level)
        VALUES ('00000000-0000-0000-0000-0000000000aa', 'manager', 3);
        INSERT INTO permissions (id, name, resource_type, operation, scope)
        VALUES ('00000000-0000-0000-0000-0000000000bb', 'note:manage:team', 'note', 'manage', 'team')")
    .await;
    let before = database.texts(ROWS).await;
    Migrator::up(database.connection(), Some(1)).await?;
    assert_eq!(counts(&database).await, "8 31 70");
    let granted =
        "SELECT p.id::text FROM role_permissions AS g JOIN permissions AS p ON p.id = permission_id
                   WHERE role_id = '00000000-0000-0000-0000-0000000000aa' ORDER BY 1";
    let granted = database.texts(granted).await;
    assert_eq!(granted.len(), 6);
    assert_eq!(granted[0], "00000000-0000-0000-0000-0000000000bb");
    Migrator::down(database.connection(), Some(1)).await?;
    assert_eq!(database.texts(ROWS).await, before);
    Ok(())
}

#[tokio::test]
async fn an_id_that_another_name_has_taken_is_an_error() {
    let database = with(
        "
        INSERT INTO roles (id, name) VALUES ('00000000-0000-0000-0000-000000000005', 'fox');
        INSERT INTO permissions (id, name, resource_type, operation)
        VALUES ('00000000-0000-0000-0000-000000000201', 'den:dig:own', 'den', 'dig')",
    )
    .await;
    let before = database.texts(ROWS).await;
    let error = Migrator::up(database.connection(), Some(1)).await.unwrap_err().to_string();
    assert_eq!(
        error,
        "Custom Error: cannot add `guest`, `note:create:own`: a role or permission of another \
         name has the id"
    );
    assert_eq!(database.texts(ROWS).await, before);
}

#[tokio::test]
async fn down_fails_and_touches_nothing_while_a_row_is_in_use() {
    for (use_of_it, found) in [
        (
            "INSERT INTO user_roles (id, user_id, role_id)
             SELECT gen_random_uuid(), users.id, roles.id FROM users, roles
             WHERE username IN ('reynard', 'isegrim') AND roles.name IN ('guest', 'user')",
            "users who hold one of the roles: 2",
        ),
        (
            "UPDATE users SET default_role = 'guest' WHERE username = 'reynard'",
            "users who hold one of the roles: 1",
        ),
        (
            "INSERT INTO roles (id, name, parent_role_id)
             SELECT gen_random_uuid(), 'fox', id FROM roles WHERE name = 'user'",
            "roles with one of them as parent: 1",
        ),
        (
            "INSERT INTO permissions (id, name, resource_type, operation)
             VALUES ('00000000-0000-0000-0000-0000000000bb', 'den:dig:own', 'den', 'dig');
             INSERT INTO role_permissions (role_id, permission_id)
             SELECT id, '00000000-0000-0000-0000-0000000000bb' FROM roles WHERE name = 'guest'",
            "grants that others made: 1",
        ),
        (
            "INSERT INTO resource_access_control
                 (id, resource_type, resource_id, subject_type, subject_id, permission_level)
             VALUES (gen_random_uuid(), 'note', '1', 'role', 'guest', 'viewer'),
                    (gen_random_uuid(), 'note', '1', 'role',
                     '00000000-0000-0000-0000-000000000004', 'viewer'),
                    (gen_random_uuid(), 'note', '1', 'user', 'guest', 'viewer')",
            "resources that one of the roles has access to: 2",
        ),
    ] {
        let database = lineage::stopped_after::<Migrator>("auth", ROWS_TOO).await;
        database
            .execute(
                "INSERT INTO users (id, username, password_hash, role)
                 SELECT gen_random_uuid(), name, 'hash', 'admin'
                 FROM unnest(ARRAY['reynard', 'isegrim', 'tibert']) AS name",
            )
            .await;
        database.execute(use_of_it).await;
        let before = (catalog::lines(&database).await, database.texts(ROWS).await);
        let error = Migrator::down(database.connection(), Some(1)).await.unwrap_err().to_string();
        assert_eq!(
            error,
            format!("Custom Error: cannot remove the default roles and permissions ({found})")
        );
        let after = (catalog::lines(&database).await, database.texts(ROWS).await);
        assert_eq!(after, before, "{found}");
    }
}

#[tokio::test]
async fn seed_times_are_those_of_the_migration() {
    let database = lineage::stopped_after::<Migrator>("auth", ROWS_TOO).await;
    for (table, time) in
        [("roles", "created_at"), ("permissions", "updated_at"), ("role_permissions", "granted_at")]
    {
        let old = format!(
            "SELECT count(*)::text FROM {table} WHERE {time} IS NULL OR {time} < now() - interval '1 hour'"
        );
        assert_eq!(database.text(&old).await, "0", "{table}");
    }
}
