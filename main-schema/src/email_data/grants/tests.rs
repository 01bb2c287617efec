//! What the two files say, and how they are refused.

use super::*;

/// Expects a line a grant, or the error.
fn check(accounts: &str, permissions: &str, expected: &[&str]) {
    let found = match parse(accounts, permissions) {
        Ok(found) => found.grants.iter().map(show).collect(),
        Err(malformed) => vec![malformed.to_string()],
    };
    assert_eq!(found, expected, "{accounts} {permissions}");
}

fn show(grant: &Grant) -> String {
    let Grant { account, permission_level, granted_at, conditions, metadata } = grant;
    let source = metadata["source"].as_str().unwrap();
    let operation = metadata["operation"].as_str().unwrap_or("-");
    assert_eq!(metadata["migrated"], true);
    assert_eq!(conditions["operation"], metadata["operation"]);
    format!("{account} {permission_level} {} {source} {operation}", granted_at.to_rfc3339())
}

/// Expects what the first file is refused with, or nothing where it is accepted.
fn check_account(fields: &str, expected: &str) {
    let accounts = format!(r#"{{"a": {{{fields}}}}}"#);
    check(&accounts, "{}", &expected.lines().collect::<Vec<_>>());
}

/// Expects what the second file is refused with, or nothing where it is accepted.
fn check_permissions(fields: &str, expected: &str) {
    let permissions = format!(r#"{{"a": {{{fields}}}}}"#);
    check("{}", &permissions, &expected.lines().collect::<Vec<_>>());
}

#[test]
fn an_account_owns_itself_and_holds_what_is_not_denied() {
    check(
        r#"{"b": {"email_address": "b@example.org", "created_at": "2025-02-03T04:05:06.5"},
            "a": {"email_address": "a@example.org"}}"#,
        r#"{"a": {},
            "b": {"can_send_emails": false, "can_receive_emails": false, "can_use_encryption": false,
                  "can_schedule_meetings": false, "can_use_ai_responses": false,
                  "can_access_analytics": false, "can_manage_other_accounts": true}}"#,
        &[
            "a owner 2025-01-01T00:00:00+00:00 email_account_owner -",
            "a editor 2025-01-01T00:00:00+00:00 email_permission send",
            "a viewer 2025-01-01T00:00:00+00:00 email_permission receive",
            "a editor 2025-01-01T00:00:00+00:00 email_permission encrypt",
            "a editor 2025-01-01T00:00:00+00:00 email_permission schedule",
            "a editor 2025-01-01T00:00:00+00:00 email_permission ai_responses",
            "a viewer 2025-01-01T00:00:00+00:00 email_permission analytics",
            "b owner 2025-02-03T04:05:06.500+00:00 email_account_owner -",
            "b owner 2025-02-03T04:05:06.500+00:00 email_permission manage",
        ],
    );
}

#[test]
fn only_an_account_in_both_files_is_granted_anything() {
    check("{}", "{}", &[]);
    check(r#"{"a": {"email_address": "a@example.org"}}"#, "{}", &[]);
    check("{}", r#"{"a": {}}"#, &[]);
    check(r#"{"a": {"email_address": "a@example.org"}}"#, r#"{"b": {}}"#, &[]);
}

#[test]
fn limits_and_domains_become_conditions() {
    let accounts = r#"{"a": {"email_address": "a@example.org", "account_type": "agent"}}"#;
    let found = parse(accounts, r#"{"a": {"max_storage_mb": 5, "blocked_domains": ["x.org"]}}"#);
    let found = found.unwrap();
    assert_eq!(found.accounts, 1);
    assert_eq!(found.grants[0].conditions, json!({}));
    assert_eq!(
        found.grants[0].metadata,
        json!({
            "migrated": true,
            "source": "email_account_owner",
            "email_address": "a@example.org",
            "account_type": "agent",
        })
    );
    assert_eq!(
        found.grants[1].conditions,
        json!({
            "operation": "send",
            "max_emails_per_day": 1000,
            "max_storage_mb": 5,
            "allowed_domains": [],
            "blocked_domains": ["x.org"],
        })
    );
    assert!(found.grants[1].metadata["description"].is_string());
}

#[test]
fn times_without_an_offset_are_utc() {
    let at = |time: &str| super::time(&json!(time)).map(|time| time.to_rfc3339());
    for (time, expected) in [
        ("2025-03-04T05:06:07", Some("2025-03-04T05:06:07+00:00")),
        ("2025-03-04T05:06:07.123456", Some("2025-03-04T05:06:07.123456+00:00")),
        ("2025-03-04 05:06:07", Some("2025-03-04T05:06:07+00:00")),
        ("2025-03-04T05:06", Some("2025-03-04T05:06:00+00:00")),
        ("2025-03-04", Some("2025-03-04T00:00:00+00:00")),
        ("2025-03-04T05:06:07Z", Some("2025-03-04T05:06:07+00:00")),
        ("2025-03-04T05:06:07+02:00", Some("2025-03-04T03:06:07+00:00")),
        ("2025-03-04 05:06:07.5+02:00", Some("2025-03-04T03:06:07.500+00:00")),
        ("2025-02-30", None),
        ("0000-01-01", None),
        ("9999-12-31T23:59:59-01:00", None),
        ("yesterday", None),
        ("", None),
    ] {
        assert_eq!(at(time).as_deref(), expected, "{time}");
    }
}

#[test]
fn a_malformed_account_is_named() {
    const MAIL: &str = r#""email_address": "a@example.org""#;
    let with = |field: &str| format!("{MAIL}, {field}");
    check_account(MAIL, "");
    check_account(&with(r#""unknown": 1"#), "");
    check_account("", "`accounts.json`: `a`.`email_address`: is missing");
    check_account(
        r#""email_address": null"#,
        "`accounts.json`: `a`.`email_address`: is not a string",
    );
    check_account(
        r#""email_address": "a\u0000""#,
        "`accounts.json`: `a`.`email_address`: is not a string",
    );
    check_account(
        &with(r#""account_type": 1"#),
        "`accounts.json`: `a`.`account_type`: is not a string",
    );
    check_account(
        &with(r#""created_at": "soon""#),
        "`accounts.json`: `a`.`created_at`: is not a time",
    );
    check_account(
        &with(r#""created_at": 1700000000"#),
        "`accounts.json`: `a`.`created_at`: is not a time",
    );
}

#[test]
fn a_malformed_permission_is_named() {
    check_permissions(r#""unknown": 1"#, "");
    check_permissions(r#""max_storage_mb": -1, "allowed_domains": ["a"]"#, "");
    check_permissions(
        r#""can_send_emails": "yes""#,
        "`permissions.json`: `a`.`can_send_emails`: is not true or false",
    );
    check_permissions(
        r#""can_manage_other_accounts": null"#,
        "`permissions.json`: `a`.`can_manage_other_accounts`: is not true or false",
    );
    check_permissions(
        r#""max_emails_per_day": 1.5"#,
        "`permissions.json`: `a`.`max_emails_per_day`: is not an integer",
    );
    check_permissions(
        r#""max_storage_mb": true"#,
        "`permissions.json`: `a`.`max_storage_mb`: is not an integer",
    );
    check_permissions(
        r#""allowed_domains": "x.org""#,
        "`permissions.json`: `a`.`allowed_domains`: is not a list of strings",
    );
    check_permissions(
        r#""blocked_domains": ["x.org", 1]"#,
        "`permissions.json`: `a`.`blocked_domains`: is not a list of strings",
    );
}

#[test]
fn a_file_of_another_shape_is_named() {
    check(
        "{",
        "{}",
        &["`accounts.json`: is not JSON: EOF while parsing an object at line 1 column 1"],
    );
    check("{}", "[]", &["`permissions.json`: is not an object keyed by account id"]);
    check("{}", "null", &["`permissions.json`: is not an object keyed by account id"]);
    check(r#"{"a": []}"#, "{}", &["`accounts.json`: `a`: is not an object"]);
    check(
        r#"{"": {}}"#,
        "{}",
        &["`accounts.json`: account 1 of 1 in the order of their ids: \
           the id is empty, too long or holds a control character"],
    );
    check(
        &format!(r#"{{"{}": {{}}}}"#, "x".repeat(256)),
        "{}",
        &["`accounts.json`: account 1 of 1 in the order of their ids: \
           the id is empty, too long or holds a control character"],
    );
}

#[test]
fn an_id_that_may_be_an_address_is_not_shown() {
    check(
        "{}",
        r#"{"b@example.org": {"can_send_emails": 1}, "a": {}}"#,
        &["`permissions.json`: account 2 of 2 in the order of their ids.`can_send_emails`: \
           is not true or false"],
    );
}
