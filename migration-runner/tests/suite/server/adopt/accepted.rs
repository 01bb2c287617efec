//! What `adopt --accept-differences` takes over is written down, and is no drift later.

use schema_engine::{
    adopt::{self, Accepted, Lineage},
    state,
};
use schema_testing::{TestDatabase, catalog};

use super::{
    databases, inspect, said, shadows,
    states::{FORMER_GRANTS, alembic_ran, main_with},
};

#[tokio::test]
async fn what_was_accepted_is_noted_and_no_drift() {
    let foreign = main_with(&[1, 2, 3, 4, 5]).await;
    alembic_ran(&foreign, 5).await;
    foreign.execute(FORMER_GRANTS).await;
    foreign.at_revisions(&["20250926_171719"]).await;
    let before = foreign.lines().await;
    let accepted = foreign.run(&["adopt", "--accept-differences"]);
    accepted.expect_success();
    assert_eq!(catalog::difference(&before, &foreign.lines().await), [""; 0]);
    let database: TestDatabase = foreign.connect().await;
    let known = noted(&database).await;
    let descriptions: Vec<&str> = known.iter().map(|it| &it.description[..]).collect();
    assert_eq!(descriptions, said(&accepted, "accepted:"));
    assert_eq!(database.text("SELECT version_num FROM alembic_version").await, "20250926_171719");
    let status = foreign.run(&["status", "--exit-code"]);
    status.expect_success();
    let history = foreign.run(&["history"]);
    assert_eq!(history.expect_success().matches("  adopted ").count(), 10, "{history:#?}");

    let schemas = databases::schemas();
    let schema = schemas.iter().find(|schema| schema.name == "main").expect("a schema");
    let (place, applied) = (shadows(), foreign.applied().await);
    let lineage = Lineage::replay(schema, &place).await.expect("the lineage");
    let comparison = lineage.comparison(schema, &applied, &place).await.expect("a comparison");
    let drift = async || {
        let found = comparison.with(inspect(database.connection()).await).without(&known);
        let (open, accepted) = found;
        let objects: Vec<String> = open.differences.iter().map(|it| it.object.clone()).collect();
        let back: Vec<String> = open.back.into_iter().map(|step| step.sql).collect();
        (objects, open.steps.len(), accepted.len(), back)
    };
    assert_eq!(drift().await, (vec![], 0, 2, vec![]));
    database.execute("DROP INDEX idx_files_hash; DROP INDEX idx_email_rbac_operation_lookup").await;
    let objects = [
        "index public.files.idx_files_hash",
        "index public.resource_access_control.idx_email_rbac_operation_lookup",
    ];
    let (mut found, statements, accepted, back) = drift().await;
    found.sort();
    assert_eq!((&found[..], statements, accepted), (&objects.map(str::to_owned)[..], 2, 1));
    assert_eq!(
        back,
        ["DROP INDEX public.idx_files_hash", "DROP INDEX public.idx_email_rbac_operation_lookup"]
    );
}

async fn noted(database: &TestDatabase) -> Vec<Accepted> {
    let state = state::read(database.connection()).await.expect("the state");
    adopt::accepted(database.connection(), &state).await.expect("what was accepted")
}
