//! Where databases are, by what was said. Pure.

use super::*;
use crate::database::select;

const ECS: (&str, &str) = ("ECS_DATABASE_URL", "postgres://u:hunter2@db.internal/reynard_ecs");

fn check(names: &[&str], wishes: &Wishes, process: &[(&str, &str)], expected: &[&str]) {
    let environment = Environment::of(process, &[]);
    let lines = match locate(&select(names).unwrap(), wishes, &environment, Path::new("/w")) {
        Ok(located) => located.iter().map(Located::line).collect(),
        Err(error) => vec![format!("error: {error}")],
    };
    assert_eq!(lines, expected);
}

#[test]
fn a_database_is_where_its_variable_says_or_embedded() {
    let none = Wishes::default();
    check(&["ecs"], &none, &[ECS], &["ecs → reynard_ecs at db.internal:5432 (ECS_DATABASE_URL)"]);
    check(
        &["auth", "ecs"],
        &none,
        &[],
        &[
            "auth → embedded PostgreSQL at .reynard/reynard_auth (AUTH_DATABASE_URL is not set)",
            "ecs → embedded PostgreSQL at .reynard/reynard_ecs (ECS_DATABASE_URL is not set)",
        ],
    );
    let url = Wishes { database_url: Some("postgres://h:1/d".to_owned()), ..Wishes::default() };
    check(&["ecs"], &url, &[ECS], &["ecs → d at h:1 (--database-url)"]);
    check(
        &["ecs", "mcp"],
        &url,
        &[ECS],
        &["error: `--database-url` takes one database, and this run has ecs, mcp"],
    );
}

#[test]
fn a_missing_url_is_an_error_beside_one_that_is_there() {
    check(
        &["auth", "ecs"],
        &Wishes::default(),
        &[ECS],
        &["error: `AUTH_DATABASE_URL` is not set, but `ECS_DATABASE_URL` is; set it, or give \
           `--embedded` to use an embedded PostgreSQL for auth"],
    );
    let embedded = Wishes { embedded: true, ..Wishes::default() };
    check(
        &["auth", "ecs"],
        &embedded,
        &[ECS],
        &[
            "auth → embedded PostgreSQL at .reynard/reynard_auth (AUTH_DATABASE_URL is not set)",
            "ecs → reynard_ecs at db.internal:5432 (ECS_DATABASE_URL)",
        ],
    );
}

#[test]
fn production_is_never_embedded_unasked() {
    let none = Wishes { no_embedded: true, ..Wishes::default() };
    check(
        &["ecs"],
        &none,
        &[],
        &[
            "error: `ECS_DATABASE_URL` is not set; ecs needs a URL because `--no-embedded` was given",
        ],
    );
    check(
        &["ecs"],
        &Wishes::default(),
        &[("REYNARD_ENV", "production")],
        &[
            "error: `ECS_DATABASE_URL` is not set; ecs needs a URL because REYNARD_ENV is production",
        ],
    );
}

#[test]
fn sea_orm_cli_has_one_variable_for_every_database() {
    let wishes = Wishes { one_url_variable: true, ..Wishes::default() };
    let other = ("DATABASE_URL", "postgres://h:1/d");
    check(&["ecs"], &wishes, &[other], &["ecs → d at h:1 (DATABASE_URL)"]);
    check(&["ecs"], &wishes, &[ECS], &["ecs → reynard_ecs at db.internal:5432 (ECS_DATABASE_URL)"]);
    check(
        &["ecs"],
        &wishes,
        &[ECS, other],
        &["error: `ECS_DATABASE_URL` and `DATABASE_URL` hold different URLs of ecs; keep one"],
    );
    check(
        &["ecs"],
        &wishes,
        &[("DATABASE_SCHEMA", "app")],
        &["error: DATABASE_SCHEMA is `app`, and the migrations are made for `public`"],
    );
}

#[test]
fn an_unusable_url_is_named_by_its_variable() {
    check(
        &["ecs"],
        &Wishes::default(),
        &[("ECS_DATABASE_URL", "hunter2")],
        &["error: the URL of ecs in ECS_DATABASE_URL is not usable"],
    );
}
