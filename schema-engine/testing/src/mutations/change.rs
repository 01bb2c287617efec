//! Mutations that alter or drop what a database holds. Pure.

use schema_engine::catalog::{
    Catalog, QualifiedName,
    identifier::{literal, quote},
    model::{
        Action, Column, ColumnValue, Constraint, ConstraintKind, Deferral, Index, Object, Table,
        View,
    },
};

use super::Mutation;

/// All that can be done to each object.
pub(super) fn mutations(head: &Catalog) -> Vec<Mutation> {
    let mut mutations = Vec::new();
    for name in head.namespaces.keys() {
        let quoted = quote(name);
        mutations.push(Mutation::of(
            &format!("namespace {quoted}"),
            format!("COMMENT ON SCHEMA {quoted} IS 'extra'"),
        ));
    }
    for name in head.extensions.keys() {
        let object = Object::Extension(name.clone());
        let sql = format!("DROP EXTENSION {} CASCADE", quote(name));
        mutations.push(Mutation::of(&object, sql).spreading());
    }
    types(head, &mut mutations);
    sequences(head, &mut mutations);
    for (name, table) in &head.tables {
        of_table(name, table, &mut mutations);
    }
    for (name, view) in &head.views {
        of_view(name, view, &mut mutations);
    }
    routines(head, &mut mutations);
    mutations
}

fn types(head: &Catalog, mutations: &mut Vec<Mutation>) {
    let names = head.enums.keys().chain(head.domains.keys()).chain(head.composites.keys());
    for name in names {
        let object = Object::Type(name.clone());
        let comment = format!("COMMENT ON TYPE {name} IS 'extra'");
        mutations.push(Mutation::of(&object, comment));
        mutations.push(Mutation::of(&object, format!("DROP TYPE {name} CASCADE")).spreading());
    }
    for (name, found) in &head.enums {
        let object = Object::Type(name.clone());
        let mut add = |sql: String| mutations.push(Mutation::of(&object, sql).spreading());
        add(format!("ALTER TYPE {name} ADD VALUE 'extra'"));
        for label in &found.labels {
            let label = literal(label);
            add(format!("ALTER TYPE {name} ADD VALUE 'extra' BEFORE {label}"));
            add(format!("ALTER TYPE {name} RENAME VALUE {label} TO 'extra'"));
        }
    }
    for (name, domain) in &head.domains {
        let object = Object::Type(name.clone());
        let value = some_value(&domain.data_type);
        mutations.push(Mutation::of(&object, format!("ALTER DOMAIN {name} SET DEFAULT {value}")));
        if domain.default.is_some() {
            mutations.push(Mutation::of(&object, format!("ALTER DOMAIN {name} DROP DEFAULT")));
        }
        let action = if domain.is_not_null { "DROP" } else { "SET" };
        mutations.push(Mutation::of(&object, format!("ALTER DOMAIN {name} {action} NOT NULL")));
        for key in domain.constraints.keys() {
            let object = Object::Constraint { of: name.clone(), name: key.clone() };
            let sql = format!("ALTER DOMAIN {name} DROP CONSTRAINT {}", quote(key));
            // Release 18 refuses a savepoint after that one alone.
            let comment = domain.comment.as_deref().map_or("NULL".to_owned(), literal);
            let sql = format!("{sql}; COMMENT ON DOMAIN {name} IS {comment}");
            mutations.push(Mutation::of(&object, sql));
        }
    }
    for (name, composite) in &head.composites {
        let extra = Object::Column { of: name.clone(), name: "extra".to_owned() };
        let sql = format!("ALTER TYPE {name} ADD ATTRIBUTE extra integer");
        mutations.push(Mutation::of(&extra, sql));
        for attribute in &composite.attributes {
            let object = Object::Column { of: name.clone(), name: attribute.name.clone() };
            let sql = format!("ALTER TYPE {name} DROP ATTRIBUTE {}", quote(&attribute.name));
            mutations.push(Mutation::of(&object, sql));
        }
    }
}

fn sequences(head: &Catalog, mutations: &mut Vec<Mutation>) {
    for (name, sequence) in &head.sequences {
        let object = Object::Sequence(name.clone());
        let mut add = |sql: String| mutations.push(Mutation::of(&object, sql));
        let step = sequence.options.increment * 2;
        add(format!("ALTER SEQUENCE {name} INCREMENT BY {step}"));
        add(format!("ALTER SEQUENCE {name} CACHE 17"));
        add(format!(
            "ALTER SEQUENCE {name} {}CYCLE",
            if sequence.options.is_cycling { "NO " } else { "" }
        ));
        add(format!("COMMENT ON SEQUENCE {name} IS 'extra'"));
        if sequence.owner.is_some() {
            add(format!("ALTER SEQUENCE {name} OWNED BY NONE"));
        }
        let gone = Mutation::of(&object, format!("DROP SEQUENCE {name} CASCADE"));
        mutations.push(gone.spreading());
    }
}

fn of_table(name: &QualifiedName, table: &Table, mutations: &mut Vec<Mutation>) {
    let object = Object::Table(name.clone());
    let mut add = |sql: String| mutations.push(Mutation::of(&object, sql));
    add(format!("COMMENT ON TABLE {name} IS 'extra'"));
    let row_security = if table.has_row_security { "DISABLE" } else { "ENABLE" };
    add(format!("ALTER TABLE {name} {row_security} ROW LEVEL SECURITY"));
    if table.partition_key.is_none() {
        add(format!("ALTER TABLE {name} SET (autovacuum_vacuum_threshold = 77)"));
        add(format!("ALTER TABLE {name} REPLICA IDENTITY NOTHING"));
    }
    mutations.push(Mutation::of(&object, format!("DROP TABLE {name} CASCADE")).spreading());
    let renamed = QualifiedName::new(name.namespace.as_str(), "extra");
    if table.partition_key.is_none() && table.partition.is_none() {
        let sql = format!("DROP TABLE {name} CASCADE; CREATE TABLE {renamed} ()");
        let renaming = Mutation::of(&object, sql).and(&Object::Table(renamed));
        mutations.push(renaming.spreading());
    }
    for column in &table.columns {
        of_column(name, table, column, mutations);
    }
    for (key, constraint) in &table.constraints {
        of_constraint(name, key, constraint, table.indexes.get(key), mutations);
    }
    of_indexes(name, &table.indexes, mutations);
    for trigger in table.triggers.keys() {
        let object = Object::Trigger { of: name.clone(), name: trigger.clone() };
        let quoted = quote(trigger);
        let mut add = |sql: String| mutations.push(Mutation::of(&object, sql));
        add(format!("DROP TRIGGER {quoted} ON {name}"));
        add(format!("ALTER TABLE {name} ENABLE REPLICA TRIGGER {quoted}"));
        add(format!("COMMENT ON TRIGGER {quoted} ON {name} IS 'extra'"));
        let renamed = Object::Trigger { of: name.clone(), name: "extra".to_owned() };
        let sql = format!("ALTER TRIGGER {quoted} ON {name} RENAME TO extra");
        mutations.push(Mutation::of(&object, sql).and(&renamed));
    }
}

fn of_column(table: &QualifiedName, of: &Table, column: &Column, mutations: &mut Vec<Mutation>) {
    let object = Object::Column { of: table.clone(), name: column.name.clone() };
    let quoted = quote(&column.name);
    let alter = format!("ALTER TABLE {table} ALTER COLUMN {quoted}");
    let mut add = |sql: String| mutations.push(Mutation::of(&object, sql).spreading());
    add(format!("ALTER TABLE {table} DROP COLUMN {quoted} CASCADE"));
    add(format!("{alter} {} NOT NULL", if column.is_not_null { "DROP" } else { "SET" }));
    for other in other_types(&column.data_type) {
        add(match &column.value {
            Some(ColumnValue::Default(_)) => format!(
                "ALTER TABLE {table} ALTER COLUMN {quoted} DROP DEFAULT, \
                 ALTER COLUMN {quoted} TYPE {other} USING {quoted}::text::{other}"
            ),
            _ => format!("{alter} TYPE {other} USING {quoted}::text::{other}"),
        });
    }
    match &column.value {
        None => add(format!("{alter} SET DEFAULT {}", some_value(&column.data_type))),
        Some(ColumnValue::Default(_)) => {
            add(format!("{alter} DROP DEFAULT"));
            add(format!("{alter} SET DEFAULT {}", some_value(&column.data_type)));
        }
        Some(ColumnValue::Generated { .. }) => add(format!("{alter} DROP EXPRESSION")),
        Some(ColumnValue::Identity { .. }) => {
            add(format!("{alter} DROP IDENTITY"));
            add(format!("{alter} SET INCREMENT BY 17"));
        }
    }
    add(format!("{alter} SET STATISTICS 17"));
    let mut single = |sql: String| mutations.push(Mutation::of(&object, sql));
    single(format!("COMMENT ON COLUMN {table}.{quoted} IS 'extra'"));
    single(format!("{alter} SET (n_distinct = -0.25)"));
    let renamed = Object::Column { of: table.clone(), name: "extra".to_owned() };
    let sql = format!("ALTER TABLE {table} RENAME COLUMN {quoted} TO extra");
    let mut renaming = Mutation::of(&object, sql).and(&renamed).spreading();
    // By what a table is partitioned cannot be altered.
    if of.partition_key.is_some() {
        renaming = renaming.and(&Object::Table(table.clone()));
    }
    mutations.push(renaming);
}

/// Types that a column could have been given instead.
fn other_types(data_type: &str) -> Vec<&'static str> {
    const OTHERS: [&str; 5] =
        ["text", "bigint", "jsonb", "timestamp with time zone", "character varying(77)"];
    OTHERS.into_iter().filter(|other| *other != data_type).collect()
}

/// A default that no migration sets.
fn some_value(data_type: &str) -> String {
    let text = match data_type {
        "boolean" => "(1 = 2)".to_owned(),
        "integer" | "bigint" | "smallint" | "numeric" | "double precision" | "real" => {
            "(41 + 1)".to_owned()
        }
        _ => format!("(NULL)::{data_type}"),
    };
    // A null alone is no default.
    if text.starts_with("(NULL") { format!("coalesce({text}, {text})") } else { text }
}

fn of_constraint(
    table: &QualifiedName,
    name: &str,
    constraint: &Constraint,
    index: Option<&Index>,
    mutations: &mut Vec<Mutation>,
) {
    let object = Object::Constraint { of: table.clone(), name: name.to_owned() };
    let quoted = quote(name);
    let drop = format!("ALTER TABLE {table} DROP CONSTRAINT {quoted} CASCADE");
    let mut add = |sql: String| mutations.push(Mutation::of(&object, sql).spreading());
    add(drop.clone());
    let mut other = constraint.clone();
    match &mut other.kind {
        ConstraintKind::PrimaryKey(key) | ConstraintKind::Unique(key) => {
            key.columns.reverse();
            key.deferral = match key.deferral {
                Deferral::NotDeferrable => Deferral::InitiallyDeferred,
                _ => Deferral::NotDeferrable,
            };
        }
        ConstraintKind::ForeignKey(key) => {
            key.on_update = match key.on_update {
                Action::SetDefault => Action::NoAction,
                _ => Action::SetDefault,
            };
        }
        ConstraintKind::Check(check) => {
            check.expression = format!("({}) OR true", check.expression);
        }
        ConstraintKind::Exclusion(exclusion) => {
            let definition = &mut exclusion.definition;
            match definition.find(" DEFERRABLE") {
                Some(end) => definition.truncate(end),
                None => definition.push_str(" DEFERRABLE"),
            }
        }
    }
    add(format!("{drop}; ALTER TABLE {table} ADD CONSTRAINT {quoted} {}", other.definition(index)));
    if matches!(constraint.kind, ConstraintKind::ForeignKey(_) | ConstraintKind::Check(_)) {
        let definition = constraint.definition(index);
        if !definition.ends_with("NOT VALID") && !definition.ends_with("NOT ENFORCED") {
            add(format!(
                "{drop}; ALTER TABLE {table} ADD CONSTRAINT {quoted} {definition} NOT VALID"
            ));
        }
    }
    let comment = format!("COMMENT ON CONSTRAINT {quoted} ON {table} IS 'extra'");
    mutations.push(Mutation::of(&object, comment));
    let renamed = Object::Constraint { of: table.clone(), name: "extra".to_owned() };
    let sql = format!("ALTER TABLE {table} RENAME CONSTRAINT {quoted} TO extra");
    mutations.push(Mutation::of(&object, sql).and(&renamed).spreading());
}

fn of_indexes<'a>(
    table: &QualifiedName,
    indexes: impl IntoIterator<Item = (&'a String, &'a Index)>,
    mutations: &mut Vec<Mutation>,
) {
    for (name, index) in indexes {
        let object = Object::Index { of: table.clone(), name: name.clone() };
        let qualified = QualifiedName::new(table.namespace.as_str(), name.as_str());
        mutations.push(Mutation::of(&object, format!("COMMENT ON INDEX {qualified} IS 'extra'")));
        if index.constraint.is_some() {
            continue;
        }
        let mut add = |sql: String| mutations.push(Mutation::of(&object, sql).spreading());
        let drop = format!("DROP INDEX {qualified} CASCADE");
        add(drop.clone());
        let predicate = match &index.predicate {
            Some(_) => None,
            None => Some("(1 = 1)".to_owned()),
        };
        let partial = Index { predicate, ..index.clone() };
        add(format!("{drop}; {}", partial.definition(table, name)));
        let mut turned = index.clone();
        turned.keys.reverse();
        if turned.keys.len() > 1 {
            add(format!("{drop}; {}", turned.definition(table, name)));
        }
        if index.method == "btree" {
            add(format!("ALTER INDEX {qualified} SET (fillfactor = 77)"));
        }
        // A part of a whole index is whole itself.
        if index.parent.is_none() {
            add(format!(
                "UPDATE pg_index SET indisvalid = false WHERE indexrelid = {}::regclass",
                literal(&qualified.to_string())
            ));
        }
        let renamed = Object::Index { of: table.clone(), name: "extra".to_owned() };
        let sql = format!("ALTER INDEX {qualified} RENAME TO extra");
        mutations.push(Mutation::of(&object, sql).and(&renamed).spreading());
    }
}

fn of_view(name: &QualifiedName, view: &View, mutations: &mut Vec<Mutation>) {
    let object = Object::View(name.clone());
    let kind = if view.is_materialized { "MATERIALIZED VIEW" } else { "VIEW" };
    let mut add = |sql: String| mutations.push(Mutation::of(&object, sql).spreading());
    add(format!("DROP {kind} {name} CASCADE"));
    add(format!("COMMENT ON {kind} {name} IS 'extra'"));
    let query = format!("SELECT q.*, 1 AS extra FROM ({}) AS q", view.query);
    if view.is_materialized {
        add(format!("DROP {kind} {name} CASCADE; CREATE {kind} {name} AS {query}"));
        add(format!("ALTER {kind} {name} SET (autovacuum_vacuum_threshold = 77)"));
    } else {
        add(format!("CREATE OR REPLACE VIEW {name} AS {query}"));
        let query = format!("SELECT q.* FROM ({}) AS q WHERE 1 = 2", view.query);
        add(format!("CREATE OR REPLACE VIEW {name} AS {query}"));
        add(format!("ALTER VIEW {name} SET (security_invoker = true)"));
    }
    of_indexes(name, &view.indexes, mutations);
    for trigger in view.triggers.keys() {
        let object = Object::Trigger { of: name.clone(), name: trigger.clone() };
        mutations.push(Mutation::of(&object, format!("DROP TRIGGER {} ON {name}", quote(trigger))));
    }
}

fn routines(head: &Catalog, mutations: &mut Vec<Mutation>) {
    for (signature, routine) in &head.routines {
        let object = Object::Routine(signature.clone());
        let mut add = |sql: String| mutations.push(Mutation::of(&object, sql).spreading());
        add(format!("DROP ROUTINE {signature} CASCADE"));
        add(format!("COMMENT ON ROUTINE {signature} IS 'extra'"));
        add(format!("ALTER ROUTINE {signature} SET work_mem = '77MB'"));
        let security =
            if routine.definition.contains("SECURITY DEFINER") { "INVOKER" } else { "DEFINER" };
        add(format!("ALTER ROUTINE {signature} SECURITY {security}"));
        for begin in ["BEGIN\n", "begin\n"] {
            if routine.language == "plpgsql" && routine.definition.contains(begin) {
                let begun = format!("{begin}PERFORM 1;\n");
                add(routine.definition.replacen(begin, &begun, 1));
            }
        }
        let sql = format!("ALTER ROUTINE {signature} RENAME TO extra");
        let renamed = schema_engine::catalog::Signature {
            name: QualifiedName::new(signature.name.namespace.as_str(), "extra"),
            arguments: signature.arguments.clone(),
        };
        let renaming = Mutation::of(&object, sql).and(&Object::Routine(renamed));
        mutations.push(renaming.spreading());
    }
}
