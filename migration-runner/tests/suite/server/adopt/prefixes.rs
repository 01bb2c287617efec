//! Every point of every lineage, as Alembic leaves a database there: adopted, then migrated to head.

use schema_testing::catalog;

use super::{Foreign, said};
use crate::runner::length;

type Revisions = &'static [(&'static str, &'static str)];

async fn check(database: &'static str, revisions: Revisions) {
    let undisturbed = Foreign::new(database).await;
    undisturbed.run(&["migrate"]).expect_success();
    let head = undisturbed.lines().await;
    let lineage = undisturbed.applied().await;
    assert_eq!(lineage.len(), length(database));
    let alembic_ends =
        lineage.iter().position(|name| Some(&name[..]) == revisions.last().map(|it| it.0));

    for steps in 0..=alembic_ends.expect("the last revision") + 1 {
        let foreign = Foreign::built(database, steps).await;
        let newest = steps.checked_sub(1).map(|last| lineage[last].as_str());
        let revision = revisions.iter().find(|(name, _)| Some(*name) == newest);
        // At base, Alembic keeps an empty table; where only SQL files ran, there is none.
        if revision.is_some() || newest.is_none() {
            foreign.at_revisions(&revision.map(|it| it.1).into_iter().collect::<Vec<_>>()).await;
        }
        let before = foreign.lines().await;

        let is_head = steps == lineage.len();
        let adopted =
            if is_head { foreign.run_in_memory(&["adopt"]) } else { foreign.run(&["adopt"]) };
        adopted.expect_success();
        assert_eq!(said(&adopted, "differs:"), [""; 0]);
        assert_eq!(said(&adopted, "adopted "), lineage[..steps], "{adopted:#?}");
        assert_eq!(said(&adopted, "pending "), lineage[steps..], "{adopted:#?}");
        assert_eq!(foreign.applied().await, lineage[..steps]);
        assert_eq!(catalog::difference(&before, &foreign.lines().await), [""; 0]);
        let status = foreign.run(&["status"]);
        assert!(!status.expect_success().contains("edited"), "{status:#?}");

        foreign.run(&["migrate"]).expect_success();
        assert_eq!(catalog::difference(&head, &foreign.lines().await), [""; 0], "from {steps}");
        assert_eq!(foreign.applied().await, lineage);
        let status = foreign.run(&["status", "--exit-code"]);
        status.expect_success();
    }
}

#[tokio::test]
async fn auth_is_adopted_at_every_point() {
    check("auth", auth_schema::migrations::ALEMBIC_REVISIONS).await;
}

#[tokio::test]
async fn main_is_adopted_at_every_point() {
    check("main", main_schema::migrations::ALEMBIC_REVISIONS).await;
}

#[tokio::test]
async fn ecs_is_adopted_at_every_point() {
    check("ecs", ecs_schema::migrations::ALEMBIC_REVISIONS).await;
}

#[tokio::test]
async fn mcp_is_adopted_at_every_point() {
    check("mcp", mcp_schema::migrations::ALEMBIC_REVISIONS).await;
}
