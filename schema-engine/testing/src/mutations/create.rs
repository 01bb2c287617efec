//! Mutations that add to a database. Pure.

use schema_engine::catalog::{Catalog, QualifiedName, identifier::quote, model::Object};

use super::Mutation;

/// Something new of every kind, and for every table and view something new in it.
pub(super) fn mutations(head: &Catalog) -> Vec<Mutation> {
    let extra = QualifiedName::new("public", "extra");
    let mut mutations = vec![
        Mutation::of("namespace extra", "CREATE SCHEMA extra".to_owned()),
        Mutation::of(
            &Object::Type(extra.clone()),
            "CREATE TYPE public.extra AS ENUM ('a', 'b')".to_owned(),
        ),
        Mutation::of(
            &Object::Type(extra.clone()),
            "CREATE DOMAIN public.extra AS text CHECK (VALUE <> '')".to_owned(),
        ),
        Mutation::of(
            &Object::Type(extra.clone()),
            "CREATE TYPE public.extra AS (a integer, b text)".to_owned(),
        ),
        Mutation::of(&Object::Sequence(extra.clone()), "CREATE SEQUENCE public.extra".to_owned()),
        Mutation::of(
            &Object::Table(extra.clone()),
            "CREATE TABLE public.extra (id serial PRIMARY KEY, a text UNIQUE CHECK (a <> ''))"
                .to_owned(),
        ),
        Mutation::of(
            &Object::View(extra.clone()),
            "CREATE VIEW public.extra AS SELECT 1 AS one".to_owned(),
        ),
        Mutation::of(
            &Object::View(extra),
            "CREATE MATERIALIZED VIEW public.extra AS SELECT 1 AS one".to_owned(),
        ),
        Mutation::of(
            "routine public.extra(integer)",
            "CREATE FUNCTION public.extra(a integer) RETURNS integer LANGUAGE sql AS 'SELECT a'"
                .to_owned(),
        ),
    ];
    for (name, table) in &head.tables {
        mutations.extend(in_table(name));
        if let Some(column) = table.columns.first() {
            let column_name = quote(&column.name);
            mutations.push(
                Mutation::of(
                    &part("index", name),
                    format!("CREATE INDEX extra ON {name} (({column_name} IS NULL))"),
                )
                .spreading(),
            );
            mutations.push(Mutation::of(
                &part("constraint", name),
                format!("ALTER TABLE {name} ADD CONSTRAINT extra CHECK ({column_name} IS NULL OR true)"),
            ).spreading());
            mutations.push(Mutation::of(
                &Object::View(QualifiedName::new("public", "extra")),
                format!("CREATE VIEW public.extra AS SELECT {column_name} FROM {name}"),
            ));
        }
        if table.partition_key.is_none() && table.partition.is_none() {
            mutations.push(Mutation::of(
                &part("constraint", name),
                format!("ALTER TABLE {name} ADD COLUMN extra integer, ADD CONSTRAINT extra UNIQUE (extra)"),
            ).and(&part("column", name)).spreading());
        }
    }
    mutations
}

fn in_table(name: &QualifiedName) -> Vec<Mutation> {
    let column = part("column", name);
    vec![
        Mutation::of(&column, format!("ALTER TABLE {name} ADD COLUMN extra text")).spreading(),
        Mutation::of(
            &column,
            format!("ALTER TABLE {name} ADD COLUMN extra numeric(9, 2) DEFAULT 1.5 NOT NULL"),
        )
        .spreading(),
        Mutation::of(
            &format!("policy extra on {name}"),
            format!("CREATE POLICY extra ON {name} USING (true)"),
        ),
        Mutation::of(
            &format!("rule extra on {name}"),
            format!("CREATE RULE extra AS ON DELETE TO {name} DO ALSO NOTHING"),
        ),
        Mutation::of(
            &part("trigger", name),
            format!(
                "CREATE TRIGGER extra BEFORE UPDATE ON {name} FOR EACH ROW \
                 EXECUTE FUNCTION suppress_redundant_updates_trigger()"
            ),
        ),
    ]
}

fn part(kind: &str, of: &QualifiedName) -> String {
    format!("{kind} {of}.extra")
}
