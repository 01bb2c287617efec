//! Whatever is changed at any point of a lineage is found as just that difference, and mended.

use std::collections::{BTreeMap, BTreeSet};

use schema_engine::{
    adopt::{Comparison, Lineage},
    catalog::Catalog,
    schema::Schema,
};
use schema_testing::{
    TestDatabase,
    mutations::{self, Mutation},
};
use sea_orm::{ConnectionTrait, DatabaseTransaction, TransactionTrait};

use super::{FORGET, databases, inspect, shadows, up};

/// One in `stride` of the mutations at head; at every other point one of each kind of object and
/// each kind of change.
async fn check(name: &str, stride: usize) {
    let schemas = databases::schemas();
    let schema = schemas.iter().find(|schema| schema.name == name).expect("a schema");
    let place = shadows();
    let lineage = Lineage::replay(schema, &place).await.expect("the lineage");
    let names: Vec<String> = schema.names().into_iter().map(str::to_owned).collect();
    let mut made = 0;
    let mut failures = Vec::new();
    for steps in 0..=names.len() {
        let comparison = lineage.comparison(schema, &names[..steps], &place).await;
        let comparison = comparison.expect("what to compare with");
        let database = TestDatabase::on_server(name).await;
        up(name, &database, u32::try_from(steps).expect("a short lineage")).await;
        database.execute(FORGET).await;
        let live = inspect(database.connection()).await;
        assert_eq!(comparison.with(live.clone()).differences, [], "{name} after {steps}");
        mutations::empty(&database, &live).await;
        let mutations = mutations::all(&live);
        let mutations = if steps == names.len() {
            mutations.into_iter().step_by(stride).collect()
        } else {
            one_of_each(mutations, steps)
        };
        for mutation in mutations {
            let attempt = database.connection().begin().await.expect("a transaction");
            if let Some(mutated) = mutated(&attempt, &mutation, &live).await {
                made += 1;
                if let Err(failure) = mend(&attempt, schema, &comparison, &mutation, mutated).await
                {
                    failures.push(format!("after {steps}: {}\n{failure}", mutation.sql));
                }
            }
            attempt.rollback().await.expect("a way back");
        }
    }
    assert!(failures.is_empty(), "{} of {made}:\n{}", failures.len(), failures.join("\n"));
    assert!(made > 20 * names.len(), "{made} were made");
}

/// What is there after the mutation, if it can be made and makes a difference.
async fn mutated(
    transaction: &DatabaseTransaction,
    mutation: &Mutation,
    live: &Catalog,
) -> Option<Catalog> {
    transaction.execute_unprepared(&mutation.sql).await.ok()?;
    Some(inspect(transaction).await).filter(|mutated| mutated != live)
}

async fn mend(
    transaction: &DatabaseTransaction,
    schema: &Schema,
    comparison: &Comparison<'_>,
    mutation: &Mutation,
    mutated: Catalog,
) -> Result<(), String> {
    let found = comparison.with(mutated);
    let objects: BTreeSet<&str> = found.differences.iter().map(|it| &it.object[..]).collect();
    let is_left_alone = found.left_alone.iter().any(|it| mutation.objects.contains(it));
    let is_of_concern = !is_left_alone && !is_theirs(schema, mutation);
    let is_found = objects.iter().all(|it| mutation.objects.iter().any(|object| object == it))
        && objects.len() == found.differences.len();
    if !is_found || is_of_concern && objects.is_empty() {
        return Err(format!("found {:#?}, left alone {:?}", found.differences, found.left_alone));
    }
    for step in &found.steps {
        let run = transaction.execute_unprepared(&step.sql).await;
        run.map_err(|error| format!("{error}\nin {}\nof {:#?}", step.sql, found.differences))?;
    }
    let left = comparison.with(inspect(transaction).await).differences;
    if left.is_empty() {
        Ok(())
    } else {
        Err(format!("left {left:#?}\nof {:#?}", found.differences))
    }
}

/// Whether it changes what is not compared: a comment, or what Gatekeeper made of its own table.
fn is_theirs(schema: &Schema, mutation: &Mutation) -> bool {
    let added = ["rbac_enabled", "default_role", "last_rbac_sync"];
    let is_gatekeepers = |object: &String| {
        let is_of_users = object.contains(" public.users.") || object.ends_with(" public.users");
        schema.managed.is_some() && is_of_users && !added.iter().any(|name| object.contains(name))
    };
    mutation.sql.starts_with("COMMENT ON") || mutation.objects.iter().any(is_gatekeepers)
}

/// One mutation of each kind of object by each kind of statement, another one at each point.
fn one_of_each(mutations: Vec<Mutation>, point: usize) -> Vec<Mutation> {
    let mut kinds: BTreeMap<(String, String), Vec<Mutation>> = BTreeMap::new();
    let first = |text: &str| text.split_whitespace().next().unwrap_or_default().to_owned();
    for mutation in mutations {
        let verbs = mutation.sql.split("; ").flat_map(|statement| {
            let words = ["DROP", "ADD", "SET", "RENAME", "TYPE", "CREATE", "COMMENT", "UPDATE"];
            words.into_iter().filter(move |word| statement.split(' ').any(|it| it == *word))
        });
        let verbs = verbs.collect::<Vec<_>>().join(" ");
        kinds.entry((first(&mutation.objects[0]), verbs)).or_default().push(mutation);
    }
    let pick = |mut of_kind: Vec<Mutation>| of_kind.swap_remove(point * 7 % of_kind.len());
    kinds.into_values().map(pick).collect()
}

#[tokio::test]
async fn of_auth_one_in_many_is_found_and_mended() {
    check("auth", 13).await;
}

#[tokio::test]
async fn of_main_one_in_many_is_found_and_mended() {
    check("main", 23).await;
}

#[tokio::test]
async fn of_ecs_one_in_many_is_found_and_mended() {
    check("ecs", 11).await;
}

#[tokio::test]
async fn of_mcp_every_single_one_is_found_and_mended() {
    check("mcp", 1).await;
}

#[tokio::test]
#[ignore = "takes minutes: thousands of mutations"]
async fn of_auth_every_single_one_is_found_and_mended() {
    check("auth", 1).await;
}

#[tokio::test]
#[ignore = "takes minutes: thousands of mutations"]
async fn of_main_every_single_one_is_found_and_mended() {
    check("main", 1).await;
}

#[tokio::test]
#[ignore = "takes minutes: thousands of mutations"]
async fn of_ecs_every_single_one_is_found_and_mended() {
    check("ecs", 1).await;
}
