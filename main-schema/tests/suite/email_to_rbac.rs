//! The accounts of the e-mail data become grants, where their files may be read.
//!
//! Each test runs in a child process, see [`child`].

mod child;

use std::{env, fs};

use main_schema::{Migrator, email_data::FOLDER_VARIABLE};
use schema_testing::{TestDatabase, catalog, facts, lineage, log::Log};
use sea_orm::DbErr;
use sea_orm_migration::MigratorTrait;

use child::{Place, is_child};

/// Migrations before the one that reads the files.
const TABLES: u32 = 9;

const ACCOUNTS: &str = r#"{
    "reynard": {"email_address": "reynard@example.org"},
    "isegrim": {"email_address": "isegrim@example.org", "account_type": "agent",
                "created_at": "2025-02-03T04:05:06"},
    "no-permissions": {"email_address": "grimbart@example.org"}
}"#;

const PERMISSIONS: &str = r#"{
    "reynard": {},
    "isegrim": {"can_send_emails": true, "can_receive_emails": false, "can_use_encryption": false,
                "can_schedule_meetings": false, "can_use_ai_responses": false,
                "can_access_analytics": false, "can_manage_other_accounts": true,
                "max_emails_per_day": 5, "allowed_domains": ["example.org"]},
    "no-account": {}
}"#;

const BOTH: [(&str, &str); 2] = [("accounts.json", ACCOUNTS), ("permissions.json", PERMISSIONS)];

async fn prepared(name: &str) -> TestDatabase {
    lineage::stopped_after::<Migrator>(name, TABLES).await
}

/// A line a grant: account, level, time and what for.
const GRANTS: &str = "
    SELECT concat_ws(' ', resource_id, permission_level,
                     to_char(granted_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS'),
                     metadata ->> 'source', conditions ->> 'operation')
    FROM resource_access_control WHERE resource_type = 'email_account'
        AND subject_type = 'user' AND subject_id = resource_id AND is_active AND granted_by IS NULL
    ORDER BY resource_id, metadata ->> 'source', conditions ->> 'operation'";

const EXPECTED: [&str; 10] = [
    "isegrim owner 2025-02-03 04:05:06 email_account_owner",
    "isegrim owner 2025-02-03 04:05:06 email_permission manage",
    "isegrim editor 2025-02-03 04:05:06 email_permission send",
    "reynard owner 2025-01-01 00:00:00 email_account_owner",
    "reynard editor 2025-01-01 00:00:00 email_permission ai_responses",
    "reynard viewer 2025-01-01 00:00:00 email_permission analytics",
    "reynard editor 2025-01-01 00:00:00 email_permission encrypt",
    "reynard viewer 2025-01-01 00:00:00 email_permission receive",
    "reynard editor 2025-01-01 00:00:00 email_permission schedule",
    "reynard editor 2025-01-01 00:00:00 email_permission send",
];

#[tokio::test]
async fn accounts_in_both_files_become_grants() -> Result<(), DbErr> {
    if !is_child("accounts_in_both_files_become_grants", Place::Named, &BOTH) {
        return Ok(());
    }
    let database = prepared("e2e").await;
    let (log, _guard) = Log::listen("main_schema");
    Migrator::up(database.connection(), Some(1)).await?;
    assert_eq!(database.texts(GRANTS).await, EXPECTED);
    assert_eq!(facts::differences("main", &database).await, [""; 0]);

    let folder = env::var(FOLDER_VARIABLE).unwrap();
    let said = format!("e-mail data: 2 accounts read from {folder}, 10 grants made");
    assert_eq!(log.take(), [said]);

    let details = "SELECT concat_ws(' ', conditions, metadata - 'description')
                   FROM resource_access_control
                   WHERE resource_id = 'isegrim' AND permission_level <> 'editor' ORDER BY 1 DESC";
    assert_eq!(
        database.texts(details).await,
        [
            "{} {\"source\": \"email_account_owner\", \"migrated\": true, \"account_type\": \
             \"agent\", \"email_address\": \"isegrim@example.org\"}",
            "{\"operation\": \"manage\", \"max_storage_mb\": 1000, \"allowed_domains\": \
             [\"example.org\"], \"blocked_domains\": [], \"max_emails_per_day\": 5} {\"source\": \
             \"email_permission\", \"migrated\": true, \"operation\": \"manage\"}",
        ]
    );
    Ok(())
}

#[tokio::test]
async fn grants_are_the_same_after_down_and_up_again() -> Result<(), DbErr> {
    if !is_child("grants_are_the_same_after_down_and_up_again", Place::Named, &BOTH) {
        return Ok(());
    }
    let database = prepared("e2e").await;
    let own = "INSERT INTO resource_access_control
                   (id, resource_type, resource_id, subject_id, permission_level, conditions, metadata)
               VALUES (gen_random_uuid(), 'email_account', 'reynard', 'reynard', 'editor',
                       '{\"operation\": \"send\"}', '{\"by\": \"hand\"}'),
                      (gen_random_uuid(), 'note', 'reynard', 'reynard', 'owner', NULL,
                       '{\"migrated\": true, \"source\": \"email_account_owner\"}')";
    database.execute(own).await;
    let all = "SELECT to_jsonb(r)::text FROM resource_access_control AS r ORDER BY 1";
    let before = (catalog::lines(&database).await, database.texts(all).await);
    for _ in 0..2 {
        Migrator::up(database.connection(), Some(1)).await?;
        assert_eq!(database.texts(GRANTS).await.len(), EXPECTED.len() + 1);
        Migrator::down(database.connection(), Some(1)).await?;
        assert_eq!((catalog::lines(&database).await, database.texts(all).await), before);
    }
    Ok(())
}

#[tokio::test]
async fn a_malformed_account_rolls_everything_back_and_is_named() {
    let malformed = ACCOUNTS.replace("\"agent\"", "7");
    let files = [("accounts.json", malformed.as_str()), ("permissions.json", PERMISSIONS)];
    let name = "a_malformed_account_rolls_everything_back_and_is_named";
    if is_child(name, Place::Named, &files) {
        check_refusal("`accounts.json`: `isegrim`.`account_type`: is not a string").await;
    }
}

#[tokio::test]
async fn a_malformed_permission_rolls_everything_back_and_is_named() {
    let malformed =
        PERMISSIONS.replace("\"max_emails_per_day\": 5", "\"max_emails_per_day\": \"x\"");
    let files = [("accounts.json", ACCOUNTS), ("permissions.json", malformed.as_str())];
    let name = "a_malformed_permission_rolls_everything_back_and_is_named";
    if is_child(name, Place::Named, &files) {
        check_refusal("`permissions.json`: `isegrim`.`max_emails_per_day`: is not an integer")
            .await;
    }
}

#[tokio::test]
async fn an_id_that_is_an_address_is_not_shown() {
    let accounts = r#"{"reynard@example.org": {"email_address": 1}}"#;
    let files = [("accounts.json", accounts), ("permissions.json", "{}")];
    if is_child("an_id_that_is_an_address_is_not_shown", Place::Named, &files) {
        check_refusal(
            "`accounts.json`: account 1 of 1 in the order of their ids.`email_address`: is not a \
             string",
        )
        .await;
    }
}

#[tokio::test]
async fn a_file_that_is_not_json_rolls_everything_back_and_is_named() {
    let files = [("accounts.json", ACCOUNTS), ("permissions.json", "{\"reynard\": {")];
    let name = "a_file_that_is_not_json_rolls_everything_back_and_is_named";
    if is_child(name, Place::Named, &files) {
        check_refusal(
            "`permissions.json`: is not JSON: EOF while parsing an object at line 1 column 13",
        )
        .await;
    }
}

async fn check_refusal(expected: &str) {
    let database = prepared("e2e").await;
    let applied = "SELECT version FROM seaql_migrations ORDER BY 1";
    let before = (catalog::lines(&database).await, database.texts(applied).await);
    let (log, _guard) = Log::listen("main_schema");
    let error =
        Migrator::up(database.connection(), Some(1)).await.expect_err("a refusal").to_string();
    let folder = env::var(FOLDER_VARIABLE).expect("a folder");
    assert_eq!(error, format!("Migration Error: e-mail data in {folder}: {expected}"));
    assert_eq!(log.take(), [""; 0]);
    assert_eq!(database.texts(GRANTS).await, [""; 0]);
    assert_eq!((catalog::lines(&database).await, database.texts(applied).await), before);
}

#[tokio::test]
async fn one_file_without_the_other_is_not_read() -> Result<(), DbErr> {
    let files = [("accounts.json", "malformed")];
    if !is_child("one_file_without_the_other_is_not_read", Place::Named, &files) {
        return Ok(());
    }
    let database = prepared("e2e").await;
    let (log, _guard) = Log::listen("main_schema");
    Migrator::up(database.connection(), Some(1)).await?;
    assert_eq!(database.texts(GRANTS).await, [""; 0]);
    let folder = env::var(FOLDER_VARIABLE).unwrap();
    let said = format!(
        "e-mail data: nothing was read, {folder} does not hold both accounts.json and \
         permissions.json"
    );
    assert_eq!(log.take(), [said]);
    Ok(())
}

#[tokio::test]
async fn conditions_may_be_longer_than_an_index_can_hold() -> Result<(), DbErr> {
    let domains: Vec<_> = (0..2000).map(|n| format!("\"{n}-{}.example.org\"", n * 7919)).collect();
    let permissions = format!("{{\"reynard\": {{\"blocked_domains\": [{}]}}}}", domains.join(","));
    let files = [("accounts.json", ACCOUNTS), ("permissions.json", permissions.as_str())];
    if !is_child("conditions_may_be_longer_than_an_index_can_hold", Place::Named, &files) {
        return Ok(());
    }
    let database = prepared("e2e").await;
    Migrator::up(database.connection(), Some(1)).await?;
    let longest =
        "SELECT (max(length(conditions::text)) > 30000)::text FROM resource_access_control";
    assert_eq!(database.text(longest).await, "true");
    let plan = "EXPLAIN SELECT FROM resource_access_control WHERE resource_type = 'email_account'
                AND conditions ->> 'operation' = 'send' AND is_active";
    database.execute("SET enable_seqscan = off; SET enable_bitmapscan = off").await;
    let plan = database.texts(plan).await.join("\n");
    assert!(plan.contains("idx_email_rbac_operation_lookup"), "{plan}");
    Ok(())
}

#[tokio::test]
async fn a_shadow_reads_nothing_even_where_the_folder_is_named() -> Result<(), DbErr> {
    let name = "a_shadow_reads_nothing_even_where_the_folder_is_named";
    if !is_child(name, Place::Named, &BOTH) {
        return Ok(());
    }
    for database in ["main", "e2e"] {
        let database = prepared(database).await;
        database.execute("SET reynard.role = 'shadow'").await;
        Migrator::up(database.connection(), Some(1)).await?;
        assert_eq!(database.texts(GRANTS).await, [""; 0]);
    }
    Ok(())
}

#[tokio::test]
async fn the_default_folder_is_read_for_production_alone() -> Result<(), DbErr> {
    if !is_child("the_default_folder_is_read_for_production_alone", Place::Default, &BOTH) {
        return Ok(());
    }
    for (database, role, grants) in [
        ("main", "", EXPECTED.len()),
        ("main", "production", EXPECTED.len()),
        ("e2e", "production", EXPECTED.len()),
        ("main", "twin", 0),
        ("main", "shadow", 0),
        ("e2e", "", 0),
        ("e2e", "twin", 0),
    ] {
        let case = format!("{database} {role}");
        let database = prepared(database).await;
        if !role.is_empty() {
            database.execute(&format!("SET reynard.role = '{role}'")).await;
        }
        Migrator::up(database.connection(), Some(1)).await?;
        assert_eq!(database.texts(GRANTS).await.len(), grants, "{case}");
    }
    Ok(())
}

#[tokio::test]
async fn down_reads_no_file() -> Result<(), DbErr> {
    if !is_child("down_reads_no_file", Place::Named, &BOTH) {
        return Ok(());
    }
    let database = prepared("e2e").await;
    Migrator::up(database.connection(), Some(1)).await?;
    fs::remove_dir_all(env::var(FOLDER_VARIABLE).unwrap()).unwrap();
    Migrator::down(database.connection(), Some(1)).await?;
    assert_eq!(database.texts(GRANTS).await, [""; 0]);
    Ok(())
}
