//! What entities want, and entities that cannot be made into tables: which, and at which statement.

use schema_engine::{
    check::Comparison,
    desired::{self, DesiredError},
    schema::{Managed, Schema},
    shadow::Place,
};
use sea_orm::ConnectionTrait;

/// Declares an entity of the columns `id` and whatever is said beside it.
macro_rules! entity {
    ($module:ident, $table:literal, $($columns:tt)*) => {
        pub mod $module {
            use sea_orm::entity::prelude::*;

            #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
            #[sea_orm(table_name = $table)]
            pub struct Model {
                #[sea_orm(primary_key, auto_increment = false)]
                pub id: i32,
                $($columns)*
            }

            #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
            pub enum Relation {}

            impl ActiveModelBehavior for ActiveModel {}
        }
    };
}

/// Declares an entity that refers to another.
macro_rules! referring {
    ($module:ident, $table:literal, $other:literal, $key:literal) => {
        pub mod $module {
            use sea_orm::entity::prelude::*;

            #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
            #[sea_orm(table_name = $table)]
            pub struct Model {
                #[sea_orm(primary_key, auto_increment = false)]
                pub id: i32,
                pub other_id: Option<i32>,
            }

            #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
            pub enum Relation {
                #[sea_orm(belongs_to = $other, from = "Column::OtherId", to = $key)]
                Other,
            }

            impl ActiveModelBehavior for ActiveModel {}
        }
    };
}

mod circle {
    referring!(teams, "teams", "super::people::Entity", "super::people::Column::Id");
    referring!(people, "people", "super::teams::Entity", "super::teams::Column::Id");
}

mod astray {
    referring!(
        notes,
        "notes",
        "super::super::good::notes::Entity",
        "super::super::good::notes::Column::Text"
    );
}

mod good {
    entity!(notes, "notes", pub text: String,);
    entity!(users, "users", pub name: Option<String>,);
}

mod twice {
    entity!(note, "notes", pub text: String,);
    entity!(notes, "notes", pub text: String,);
}

mod nameless {
    entity!(notes, "",);
}

mod long {
    entity!(notes, "a_name_of_a_table_that_is_longer_than_the_63_bytes_that_a_name_may_have",);
}

mod mistyped {
    entity!(note, "note",);
    entity!(notes, "notes", #[sea_orm(column_type = "custom(\"no_such_type\")")] pub text: String,);
}

/// A schema without migrations where another program manages `users`.
fn schema(entities: &'static str) -> Schema {
    Schema {
        name: "fixture",
        migrations: Vec::new(),
        entities,
        alembic_aliases: &[],
        tables: &[],
        extensions: &[],
        managed: Some(Managed {
            tables: &["users"],
            ensure: |db| {
                Box::pin(async move {
                    let sql = "CREATE TABLE IF NOT EXISTS users (id int PRIMARY KEY, secret text)";
                    db.execute_unprepared(sql).await?;
                    Ok(Vec::new())
                })
            },
        }),
        seeds: Vec::new(),
        allowed_hazards: &[],
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_program_manages_is_part_of_what_is_wanted() {
    let states = desired::states(&schema("suite::desired::good::*"), &Place::Memory).await;
    let states = states.expect("both states");
    let differences = Comparison::of(&states, &[]).changes();
    let found: Vec<String> =
        differences.iter().map(schema_engine::diff::Change::describe).collect();
    assert_eq!(found, ["table public.notes is missing", "column public.users.name is missing"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn entities_may_refer_to_each_other_in_a_circle() {
    let states = desired::states(&schema("suite::desired::circle::*"), &Place::Memory).await;
    let states = states.expect("both states");
    let differences = Comparison::of(&states, &[]).changes();
    let found: Vec<String> =
        differences.iter().map(schema_engine::diff::Change::describe).collect();
    assert_eq!(
        found,
        [
            "table public.people is missing",
            "table public.teams is missing",
            "constraint public.people.people_other_id_fkey is missing",
            "constraint public.teams.teams_other_id_fkey is missing",
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entity_that_makes_no_table_is_named() {
    for (entities, expected) in [
        (
            "suite::desired::nowhere::*",
            "this build has no entities in `suite::desired::nowhere::*`",
        ),
        (
            "suite::desired::twice::*",
            "the table \"notes\" has several entities: suite/src/desired/twice/note.rs, \
             suite/src/desired/twice/notes.rs",
        ),
        (
            "suite::desired::nameless::*",
            "the table name \"\" of suite/src/desired/nameless/notes.rs is empty",
        ),
        (
            "suite::desired::long::*",
            "the table name \"a_name_of_a_table_that_is_longer_than_the_63_bytes_that_a_name_may_have\" \
             of suite/src/desired/long/notes.rs is longer than the 63 bytes of a name",
        ),
        (
            "suite::desired::mistyped::*",
            "the entities cannot be made into tables: see suite/src/desired/mistyped/notes.rs: \
             `CREATE TABLE \"notes\" ( \"id\" integer NOT NULL PRIMARY KEY, \"text\" no_such_type NOT \
             NULL )`",
        ),
        (
            "suite::desired::astray::*",
            "the entities cannot be made into tables: see suite/src/desired/astray/notes.rs: \
             `ALTER TABLE \"notes\" ADD CONSTRAINT \"fk-notes-other_id\" FOREIGN KEY \
             (\"other_id\") REFERENCES \"notes\" (\"text\")`",
        ),
    ] {
        let error = desired::states(&schema(entities), &Place::Memory).await.expect_err(entities);
        assert!(matches!(error, DesiredError::Entity(_)), "{error:?}");
        assert_eq!(error.to_string(), expected);
    }
}
