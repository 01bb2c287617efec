//! `create --autogenerate`: entities are edited in a copy of the checkout, and the migration that
//! is written compiles, runs, and leaves nothing to do.

mod auth;
mod ecs;
mod main_schema;
mod mcp;
mod scratch;
mod story;
mod terminal;
mod wrong;

use self::{
    scratch::Scratch,
    story::{Round, Story},
};
use crate::{meddle::execute, runner::run};

const STORIES: [&Story; 4] = [&auth::STORY, &main_schema::STORY, &ecs::STORY, &mcp::STORY];

#[test]
fn what_is_generated_compiles_runs_and_leaves_nothing_to_do() {
    let scratch = Scratch::of_checkout();
    run(scratch.folder(), &["migrate", "all"]).expect_success();
    for story in STORIES {
        execute(scratch.folder(), story.schema, story.rows);
    }
    for round in [|story: &'static Story| &story.grow, |story: &'static Story| &story.change] {
        for story in STORIES {
            round(story).make(&scratch, story.schema);
        }
        scratch.build();
        let differs = scratch.run(&["check"]);
        assert_eq!(differs.status, 3, "{differs:#?}");
        for story in STORIES {
            generate(&scratch, story.schema, round(story));
        }
        scratch.build();
        scratch.run(&["check"]).expect_success();
        scratch.run(&["migrate", "all"]).expect_success();
        scratch.run(&["diff", "all"]).expect_success();
    }
    for story in STORIES {
        let again =
            scratch.run(&["create", story.schema, "--autogenerate", "--message", "Nothing"]);
        assert!(again.expect_success().contains("nothing is written"), "{again:#?}");
        scratch.run(&["checksums", story.schema]).expect_success();
    }
    scratch.build();
    scratch.run(&["verify", "all"]).expect_success();
    for story in STORIES {
        scratch.run(&["rollback", story.schema, "-n", "2"]).expect_success();
    }
    scratch.run(&["diff", "all"]).expect_success();
}

/// Writes the migration of a round, and holds it against its snapshot.
fn generate(scratch: &Scratch, schema: &str, round: &Round) {
    let words = ["create", schema, "--autogenerate", "--message", round.message];
    let said = scratch.run(&[&words, round.options].concat());
    scratch.compare(schema, said.expect_success());
}
