//! The databases of the system, as data. Pure.

/// One database that the tool knows: a production database or the e2e twin of one.
#[derive(Debug, PartialEq, Eq)]
pub struct Database {
    /// What a command calls it.
    pub name: &'static str,
    /// The schema crate whose migrations it runs; a twin runs its production database's.
    pub schema: &'static str,
    /// What it is called inside PostgreSQL.
    pub database_name: &'static str,
    /// The environment variable that holds its URL.
    pub url_variable: &'static str,
    /// The production database that it is the e2e twin of.
    pub twin_of: Option<&'static str>,
}

impl Database {
    /// Whether it is the real thing and not an e2e twin.
    pub fn is_production(&self) -> bool {
        self.twin_of.is_none()
    }
}

const fn production(
    name: &'static str,
    database_name: &'static str,
    url_variable: &'static str,
) -> Database {
    Database { name, schema: name, database_name, url_variable, twin_of: None }
}

const fn twin(
    name: &'static str,
    of: &'static str,
    database_name: &'static str,
    url_variable: &'static str,
) -> Database {
    Database { name, schema: of, database_name, url_variable, twin_of: Some(of) }
}

/// Every database, production first.
pub static DATABASES: [Database; 8] = [
    production("auth", "reynard_auth", "AUTH_DATABASE_URL"),
    production("main", "reynard", "DATABASE_URL"),
    production("ecs", "reynard_ecs", "ECS_DATABASE_URL"),
    production("mcp", "reynard_mcp", "MCP_DATABASE_URL"),
    twin("auth_e2e", "auth", "reynard_auth_e2e", "E2E_AUTH_DATABASE_URL"),
    twin("e2e", "main", "reynard_e2e", "E2E_DATABASE_URL"),
    twin("ecs_e2e", "ecs", "reynard_ecs_e2e", "E2E_ECS_DATABASE_URL"),
    twin("mcp_e2e", "mcp", "reynard_mcp_e2e", "E2E_MCP_DATABASE_URL"),
];

/// Names that the seed system used for the same database.
const ALIASES: [(&str, &str); 2] = [("reynard", "main"), ("main_e2e", "e2e")];

/// A name that is neither a database nor a group.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.sentence())]
pub struct UnknownDatabase {
    /// What was asked for.
    pub name: String,
    /// The name that is nearest to it, if one is near.
    pub suggestion: Option<&'static str>,
}

impl UnknownDatabase {
    fn sentence(&self) -> String {
        // It, or the half of it that the shell left, may hold a password.
        if self.name.contains(['@', '/']) {
            return "a URL is no database: give it by `--database-url`, or in the variable of its \
                    database"
                .to_owned();
        }
        let unknown = format!("there is no database `{}`", self.name);
        if let Some(near) = self.suggestion {
            return format!("{unknown}; did you mean `{near}`?");
        }
        let list = |is_production| {
            let kind = DATABASES.iter().filter(|known| known.is_production() == is_production);
            kind.map(|known| known.name).collect::<Vec<_>>().join(", ")
        };
        let (production, twins) = (list(true), list(false));
        format!(
            "{unknown}: the databases are {production}, their twins {twins}, and the groups all, \
             all_e2e"
        )
    }
}

/// Finds a database by its name.
pub fn find(name: &str) -> Option<&'static Database> {
    DATABASES.iter().find(|database| database.name == name)
}

/// The databases that `names` (databases or groups) stand for, each once, in the fixed order.
///
/// # Errors
///
/// [`UnknownDatabase`] for the first name that is neither.
pub fn select<S: AsRef<str>>(names: &[S]) -> Result<Vec<&'static Database>, UnknownDatabase> {
    let mut wanted = Vec::new();
    for name in names {
        let asked = name.as_ref().replace('-', "_");
        let alias = ALIASES.iter().find(|(alias, _)| *alias == asked);
        let name = alias.map_or(asked.as_str(), |(_, name)| name);
        match name {
            "all" => wanted.extend(DATABASES.iter().filter(|found| found.is_production())),
            "all_e2e" => wanted.extend(DATABASES.iter().filter(|found| !found.is_production())),
            name => wanted.push(find(name).ok_or_else(|| UnknownDatabase {
                name: asked.clone(),
                suggestion: nearest(name),
            })?),
        }
    }
    Ok(DATABASES.iter().filter(|database| wanted.contains(database)).collect())
}

fn nearest(name: &str) -> Option<&'static str> {
    let names = DATABASES.iter().map(|database| database.name).chain(["all", "all_e2e"]);
    let near = names.map(|known| (edit_distance(name, known), known)).min()?;
    // Two slips of the finger at most, and never more than half of what was typed.
    (near.0 <= 2 && near.0 * 2 <= name.chars().count()).then_some(near.1)
}

/// How many letters must be put in, taken out or replaced to turn `from` into `to`.
fn edit_distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, letter) in from.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, other) in to.iter().enumerate() {
            let replaced = diagonal + usize::from(letter != *other);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(names: &[&str], expected: &str) {
        let selected = select(names).map_or_else(
            |error| error.to_string(),
            |found| found.iter().map(|database| database.name).collect::<Vec<_>>().join(" "),
        );
        assert_eq!(selected, expected, "{names:?}");
    }

    #[test]
    fn names_and_groups_select_databases() {
        check(&["all"], "auth main ecs mcp");
        check(&["all-e2e"], "auth_e2e e2e ecs_e2e mcp_e2e");
        check(&["mcp", "auth", "mcp"], "auth mcp");
        check(&["ecs-e2e"], "ecs_e2e");
        check(&["reynard"], "main");
        check(&["ecs", "all"], "auth main ecs mcp");
        check(&[], "");
    }

    #[test]
    fn an_unknown_name_is_answered_with_the_nearest() {
        check(&["auht"], "there is no database `auht`; did you mean `auth`?");
        check(&["ecse2e"], "there is no database `ecse2e`; did you mean `ecs_e2e`?");
        check(
            &["postgres://ana:hunter2@db/reynard"],
            "a URL is no database: give it by `--database-url`, or in the variable of its database",
        );
        check(
            &["weather"],
            "there is no database `weather`: the databases are auth, main, ecs, mcp, their twins \
             auth_e2e, e2e, ecs_e2e, mcp_e2e, and the groups all, all_e2e",
        );
    }
}
