//! Single mutations of a database: each must be found as just that difference, and mended by its SQL.

mod change;
mod create;

use std::collections::BTreeSet;

use schema_engine::{
    catalog::{
        Catalog, Options, QualifiedName, Source, inspect,
        model::{ConstraintKind, Dependency, Object, ReplicaIdentity},
    },
    diff::{Change, diff},
    render::sql::statements,
};
use sea_orm::{ConnectionTrait, DatabaseTransaction, TransactionTrait};

use crate::TestDatabase;

/// One thing that is done to a database.
#[derive(Debug, Clone)]
pub struct Mutation {
    /// What does it.
    pub sql: String,
    /// What it is done to, as a difference names it.
    pub objects: Vec<String>,
    /// Whether what stands on that changes too.
    spreads: bool,
}

/// What came of all mutations.
#[derive(Debug, Default)]
struct Outcome {
    /// How many were made.
    made: usize,
    /// Those that PostgreSQL refused to make.
    refused: Vec<String>,
    /// Those that were not found rightly, or not mended, and why.
    failures: Vec<String>,
}

/// Makes sure that of the mutations that the catalog of `database` has room for, one in `stride` is
/// found as just that, and mended.
///
/// # Panics
///
/// With those that are not.
pub async fn check(database: &TestDatabase, stride: usize) {
    let Outcome { made, refused, failures } = outcome(database, stride).await;
    assert!(failures.is_empty(), "{} of {made}:\n{}", failures.len(), failures.join("\n"));
    assert!(made > 2 * refused.len(), "most are made");
}

/// Makes mutations, one at a time, each in a transaction that is rolled back.
async fn outcome(database: &TestDatabase, stride: usize) -> Outcome {
    let head = catalog(database.connection()).await;
    empty(database, &head).await;
    let mut outcome = Outcome::default();
    for mutation in all(&head).into_iter().step_by(stride) {
        let attempt = database.connection().begin().await.expect("a transaction");
        if let Err(error) = attempt.execute_unprepared(&mutation.sql).await {
            outcome.refused.push(format!("{}: {error}", mutation.sql));
        } else {
            outcome.made += 1;
            if let Err(failure) = mend(&attempt, &head, &mutation).await {
                outcome.failures.push(format!("{}\n{failure}", mutation.sql));
            }
        }
        attempt.rollback().await.expect("a way back");
    }
    outcome
}

/// Takes the rows away, which keep a column or key from coming back.
pub async fn empty(database: &TestDatabase, head: &Catalog) {
    let tables: Vec<_> = head.tables.keys().map(ToString::to_string).collect();
    if !tables.is_empty() {
        database.execute(&format!("TRUNCATE {} CASCADE", tables.join(", "))).await;
    }
}

async fn mend(
    transaction: &DatabaseTransaction,
    head: &Catalog,
    mutation: &Mutation,
) -> Result<(), String> {
    let mutated = catalog(transaction).await;
    let changes = diff(&mutated, head);
    let told = tell(&changes);
    let found: BTreeSet<_> = changes.iter().map(Change::object).collect();
    let allowed = mutation.allowed(head);
    if !mutation.objects.iter().any(|object| found.contains(object)) {
        return Err(format!("not found:\n{told}"));
    }
    if let Some(other) = found.iter().find(|object| !allowed.contains(*object)) {
        return Err(format!("{other} is no part of it:\n{told}"));
    }
    if !mutation.spreads && changes.len() != mutation.objects.len() {
        return Err(format!("more than one change:\n{told}"));
    }
    for statement in changes.iter().flat_map(statements) {
        let run = transaction.execute_unprepared(&statement).await;
        run.map_err(|error| format!("{error}\nin {statement}\nof\n{told}"))?;
    }
    let left = diff(&catalog(transaction).await, head);
    if left.is_empty() { Ok(()) } else { Err(format!("left:\n{}after:\n{told}", tell(&left))) }
}

/// All that can be done to a database that holds `head`, and added to it.
pub fn all(head: &Catalog) -> Vec<Mutation> {
    [change::mutations(head), create::mutations(head)].concat()
}

impl Mutation {
    /// Does `sql` to what a difference calls `object`.
    fn of(object: &(impl ToString + ?Sized), sql: String) -> Self {
        Self { sql, objects: vec![object.to_string()], spreads: false }
    }

    /// With it, what stands on the object changes too.
    fn spreading(mut self) -> Self {
        self.spreads = true;
        self
    }

    fn and(mut self, object: &(impl ToString + ?Sized)) -> Self {
        self.objects.push(object.to_string());
        self
    }

    /// All that may differ after it.
    fn allowed(&self, head: &Catalog) -> BTreeSet<String> {
        let mut allowed: BTreeSet<String> = self.objects.iter().cloned().collect();
        if !self.spreads {
            return allowed;
        }
        let parts = parts(head);
        loop {
            let before = allowed.len();
            for (part, whole) in &parts {
                if allowed.contains(whole) {
                    allowed.insert(part.clone());
                }
            }
            for Dependency { dependent, on } in &head.dependencies {
                let of = on.container().map(|of| [of_table(of), of_view(of)]);
                if allowed.contains(&on.to_string())
                    || of.iter().flatten().any(|of| allowed.contains(of))
                {
                    allowed.insert(dependent.to_string());
                    // A view is made anew for any of its columns.
                    allowed.extend(dependent.container().map(of_view));
                }
            }
            if allowed.len() == before {
                break;
            }
        }
        allowed.extend(besides(head, &allowed));
        allowed
    }
}

/// What PostgreSQL changes along: what a table is known by goes with the index, and a foreign key
/// to a partitioned table with any of its partitions.
fn besides(head: &Catalog, allowed: &BTreeSet<String>) -> Vec<String> {
    let mut besides = Vec::new();
    for (of, table) in &head.tables {
        if let ReplicaIdentity::Index(name) = &table.replica_identity {
            let (of, name) = (of.clone(), name.clone());
            let index = Object::Index { of: of.clone(), name: name.clone() };
            let constraint = Object::Constraint { of: of.clone(), name };
            if [index, constraint].iter().any(|object| allowed.contains(&object.to_string())) {
                besides.push(of_table(&of));
            }
        }
        for (name, constraint) in &table.constraints {
            let ConstraintKind::ForeignKey(key) = &constraint.kind else { continue };
            let mut partitions = head.tables.iter();
            if partitions.any(|(partition, _)| {
                allowed.contains(&of_table(partition))
                    && wholes(head, partition).contains(&&key.referenced_table)
            }) {
                besides.push(Object::Constraint { of: of.clone(), name: name.clone() }.to_string());
            }
        }
    }
    besides
}

/// What a table is a partition of, and what that is a partition of.
fn wholes<'a>(head: &'a Catalog, partition: &QualifiedName) -> Vec<&'a QualifiedName> {
    let of = |name: &QualifiedName| head.tables.get(name)?.partition.as_ref().map(|part| &part.of);
    std::iter::successors(of(partition), |whole| of(whole)).collect()
}

/// What is part of what, as differences name them.
fn parts(head: &Catalog) -> Vec<(String, String)> {
    let mut parts = Vec::new();
    let mut add = |object: Object, whole: String| parts.push((object.to_string(), whole));
    for (of, table) in &head.tables {
        for column in &table.columns {
            add(Object::Column { of: of.clone(), name: column.name.clone() }, of_table(of));
        }
        for column in table.columns.iter().filter(|column| {
            table.partition_key.as_ref().is_some_and(|key| key.contains(&column.name))
        }) {
            let name = column.name.clone();
            add(Object::Table(of.clone()), Object::Column { of: of.clone(), name }.to_string());
        }
        for name in table.constraints.keys() {
            add(Object::Constraint { of: of.clone(), name: name.clone() }, of_table(of));
        }
        for name in table.indexes.keys() {
            add(Object::Index { of: of.clone(), name: name.clone() }, of_table(of));
        }
        for name in table.triggers.keys() {
            add(Object::Trigger { of: of.clone(), name: name.clone() }, of_table(of));
        }
        for parent in table.parents.iter().chain(table.partition.iter().map(|part| &part.of)) {
            add(Object::Table(of.clone()), of_table(parent));
            for column in table.columns.iter().filter(|column| column.is_inherited) {
                let name = column.name.clone();
                let whole = Object::Column { of: parent.clone(), name: name.clone() };
                add(Object::Column { of: of.clone(), name }, whole.to_string());
            }
        }
        for (name, index) in &table.indexes {
            if let (Some(parent), Some(whole)) = (&index.parent, table.partition.as_ref()) {
                for whole in [
                    Object::Index { of: whole.of.clone(), name: parent.name.clone() },
                    Object::Constraint { of: whole.of.clone(), name: parent.name.clone() },
                ] {
                    add(Object::Index { of: of.clone(), name: name.clone() }, whole.to_string());
                    let part = Object::Constraint { of: of.clone(), name: name.clone() };
                    add(part, whole.to_string());
                }
            }
        }
    }
    for (of, view) in &head.views {
        for name in view.indexes.keys() {
            add(Object::Index { of: of.clone(), name: name.clone() }, of_view(of));
        }
        for name in view.triggers.keys() {
            add(Object::Trigger { of: of.clone(), name: name.clone() }, of_view(of));
        }
        for column in &view.columns {
            add(Object::Column { of: of.clone(), name: column.name.clone() }, of_view(of));
        }
    }
    for (name, sequence) in &head.sequences {
        if let Some(owner) = &sequence.owner {
            let column = Object::Column { of: owner.table.clone(), name: owner.column.clone() };
            add(Object::Sequence(name.clone()), column.to_string());
        }
    }
    parts
}

fn of_table(name: &QualifiedName) -> String {
    Object::Table(name.clone()).to_string()
}

fn of_view(name: &QualifiedName) -> String {
    Object::View(name.clone()).to_string()
}

async fn catalog(db: &impl Source) -> Catalog {
    inspect(db, &Options::default()).await.expect("a catalog")
}

fn tell(changes: &[Change]) -> String {
    let changes = changes.iter().map(|change| {
        let sql: Vec<_> = statements(change).into_iter().map(|sql| format!("\n  {sql};")).collect();
        format!("- {}{}\n", change.describe(), sql.concat())
    });
    changes.collect()
}
