//! Inserts the suffix of each naming style, and the settings that the name generator starts with.
//!
//! `up` fails, and inserts nothing, where a row has one of these keys already: it belongs to an
//! administrator, who decides what becomes of it. `down` removes these rows by their keys, with
//! whatever was changed in them since, and leaves all others alone.

use sea_orm_migration::prelude::*;

use super::seed_rows::{json, refuse_taken_keys};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// All of `component_type` suffix: `component_name`, `component_value`.
pub(super) const SUFFIXES: [(&str, &str); 3] =
    [("foundation", "Prime"), ("exo", "Guard"), ("hybrid", "Quantum")];

/// `config_key`, `config_value` as JSON, `description`.
pub(super) const SETTINGS: [(&str, &str, &str); 2] = [
    ("default_style", r#""foundation""#, "The style of a name when none is asked for."),
    (
        "generation_sequence",
        r#"{"fox": [3, 7, 13, 21, 34, 55, 89], "wolf": [8, 16, 24, 32, 40, 48, 56]}"#,
        "The numbers that the successive generations of a spirit carry in their names.",
    ),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let taken = Query::select()
            .expr(Expr::cust("component_type || ' ' || component_name"))
            .from("naming_components")
            .cond_where(is_seeded_suffix())
            .to_owned();
        refuse_taken_keys(manager, "naming_components", &taken).await?;
        let taken = Query::select()
            .column("config_key")
            .from("naming_config")
            .and_where(is_seeded_setting())
            .to_owned();
        refuse_taken_keys(manager, "naming_config", &taken).await?;

        manager.execute(insert_suffixes()).await?;
        manager.execute(insert_settings()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let delete_settings =
            Query::delete().from_table("naming_config").and_where(is_seeded_setting()).to_owned();
        manager.execute(delete_settings).await?;
        let delete_suffixes = Query::delete()
            .from_table("naming_components")
            .cond_where(is_seeded_suffix())
            .to_owned();
        manager.execute(delete_suffixes).await
    }
}

fn is_seeded_suffix() -> Condition {
    Condition::all()
        .add(Expr::col("component_type").eq("suffix"))
        .add(Expr::col("component_name").is_in(SUFFIXES.map(|(name, _)| name)))
}

fn is_seeded_setting() -> Expr {
    Expr::col("config_key").is_in(SETTINGS.map(|(key, ..)| key))
}

pub(super) fn insert_suffixes() -> InsertStatement {
    let mut insert = Query::insert();
    insert.into_table("naming_components").columns([
        "id",
        "component_type",
        "component_name",
        "component_value",
        "enabled",
        "weight",
    ]);
    for (name, value) in SUFFIXES {
        insert.values_panic([
            Expr::cust("gen_random_uuid()"),
            "suffix".into(),
            name.into(),
            value.into(),
            true.into(),
            1.0.into(),
        ]);
    }
    insert
}

pub(super) fn insert_settings() -> InsertStatement {
    let mut insert = Query::insert();
    insert.into_table("naming_config").columns([
        "id",
        "config_key",
        "config_value",
        "description",
        "enabled",
    ]);
    for (key, value, description) in SETTINGS {
        insert.values_panic([
            Expr::cust("gen_random_uuid()"),
            key.into(),
            json(value),
            description.into(),
            true.into(),
        ]);
    }
    insert
}
