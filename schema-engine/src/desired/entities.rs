//! Which entities a build has, and which of them is to blame. Reads SeaORM's registry.

use std::collections::BTreeMap;

use sea_orm::{DbBackend, DbErr, EntityRegistry, Schema, SchemaBuilder};

use crate::shadow::Failed;

/// PostgreSQL cuts off what is longer, and then finds two tables where there is one.
const LONGEST_NAME: usize = 63;

/// Why the entities make no tables.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EntityError {
    /// There are none.
    #[error("this build has no entities in `{pattern}`")]
    None {
        /// Where they were looked for.
        pattern: &'static str,
    },
    /// A table has a name that PostgreSQL does not take as it is.
    #[error(
        "the table name {table} of {} {}", files(modules),
        if table.len() > 2 { "is longer than the 63 bytes of a name" } else { "is empty" }
    )]
    TableName {
        /// The name, in quotes.
        table: String,
        /// The entities that say it.
        modules: Vec<&'static str>,
    },
    /// Two entities say one table; SeaORM would take one and forget the other.
    #[error("the table {table} has several entities: {}", files(modules))]
    Twice {
        /// The table.
        table: String,
        /// The entities.
        modules: Vec<&'static str>,
    },
    /// PostgreSQL does not make what they say.
    #[error(
        "the entities cannot be made into tables{}{}",
        if modules.is_empty() { String::new() } else { format!(": see {}", files(modules)) },
        sql.as_ref().map(|sql| format!(": `{sql}`")).unwrap_or_default()
    )]
    Refused {
        /// The entities that say it, where that is known.
        modules: Vec<&'static str>,
        /// The statement that failed, where that is known.
        sql: Option<String>,
        /// What the server said.
        #[source]
        source: DbErr,
    },
}

/// The entities of some modules, which their registry makes into tables.
pub(super) fn all(modules: &str) -> SchemaBuilder {
    EntityRegistry::build_schema(Schema::new(DbBackend::Postgres), modules)
}

/// Refuses entities that SeaORM or PostgreSQL would take for something else without a word.
pub(super) fn check(pattern: &'static str) -> Result<(), EntityError> {
    let mut tables: BTreeMap<String, usize> = BTreeMap::new();
    for table in tables_of(&made(pattern)) {
        *tables.entry(table).or_default() += 1;
    }
    if tables.is_empty() {
        return Err(EntityError::None { pattern });
    }
    for (table, count) in tables {
        let modules = || blamed(pattern, &format!("CREATE TABLE {table} ("));
        let is_invalid =
            table.split('.').any(|part| part == "\"\"" || part.len() > LONGEST_NAME + "\"\"".len());
        if is_invalid {
            return Err(EntityError::TableName { modules: modules(), table });
        }
        if count > 1 {
            return Err(EntityError::Twice { modules: modules(), table });
        }
    }
    Ok(())
}

/// Says which entities are to blame for what failed.
pub(super) fn failure(pattern: &'static str, failed: Failed) -> EntityError {
    let Failed { sql, source } = failed;
    let modules = sql.as_deref().map(|sql| blamed(pattern, essence(sql))).unwrap_or_default();
    EntityError::Refused { modules, sql, source }
}

/// What entities issue of a statement, which say a foreign key in its table.
fn essence(sql: &str) -> &str {
    if sql.starts_with("CREATE TABLE ") {
        return sql.split_inclusive(" (").next().unwrap_or(sql);
    }
    sql.strip_prefix("ALTER TABLE ")
        .and_then(|sql| sql.split_once(" ADD "))
        .map_or(sql, |key| key.1)
}

/// The modules of the entities that issue this SQL.
fn blamed(pattern: &str, sql: &str) -> Vec<&'static str> {
    let quoted = format!("{sql:?}");
    let quoted = quoted.trim_matches('"');
    let count = |module: &str| made(module).matches(quoted).count();
    let mut modules: Vec<&'static str> =
        modules(pattern).into_iter().filter(|module| count(module) > 0).collect();
    // The registry knows modules by how their names begin: `note` finds `notes` too.
    let all = modules.clone();
    modules.retain(|module| {
        let longer = all.iter().filter(|other| other.len() > module.len());
        let others = longer.filter(|other| other.starts_with(module));
        count(module) > others.map(|other| count(other)).max().unwrap_or_default()
    });
    modules
}

/// The modules of the entities, each once.
pub(super) fn modules(pattern: &str) -> Vec<&'static str> {
    let prefix = pattern.trim_end_matches('*');
    let all = inventory::iter::<EntityRegistry>().map(|entity| entity.module_path);
    let mut modules: Vec<_> = all.filter(|module| module.starts_with(prefix)).collect();
    modules.sort_unstable();
    modules.dedup();
    modules
}

/// What the entities of some modules issue, as SeaORM shows it.
fn made(modules: &str) -> String {
    format!("{:?}", all(modules))
}

/// The names of the tables in what entities issue, in quotes.
fn tables_of(made: &str) -> Vec<String> {
    let statements = made.split("table: \"CREATE TABLE ").skip(1);
    let names = statements.filter_map(|statement| statement.split(" (").next());
    names.map(|name| name.replace("\\\"", "\"")).collect()
}

/// The files of modules, as they lie in the checkout.
fn files(modules: &[&str]) -> String {
    modules.iter().map(|module| file(module)).collect::<Vec<_>>().join(", ")
}

/// The file of a module.
pub(super) fn file(module: &str) -> String {
    let (package, path) = module.split_once("::").unwrap_or((module, "lib"));
    format!("{}/src/{}.rs", package.replace('_', "-"), path.replace("::", "/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_found_in_what_entities_issue() {
        let check = |made: &str, expected: &[&str]| assert_eq!(tables_of(made), expected);
        check("SchemaBuilder { entities: [ ] }", &[]);
        check(
            r#"entities: [EntitySchemaInfo { table: "CREATE TABLE \"notes\" ( \"id\" integer )" enums: [] }, EntitySchemaInfo { table: "CREATE TABLE \"sys\".\"\" (  )" }"#,
            &["\"notes\"", "\"sys\".\"\""],
        );
    }

    #[test]
    fn a_module_is_a_file() {
        let check = |modules: &[&str], expected: &str| assert_eq!(files(modules), expected);
        check(&["auth_schema::entities::users"], "auth-schema/src/entities/users.rs");
        check(
            &["ecs_schema::ecs::entities::a", "ecs_schema::naming::entities::a"],
            "ecs-schema/src/ecs/entities/a.rs, ecs-schema/src/naming/entities/a.rs",
        );
    }
}
