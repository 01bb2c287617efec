//! Which steps a run takes. Pure.

use super::*;
use crate::fixtures;

fn lineage() -> Schema {
    fixtures::schema(&[
        ("m1_0_a", Some("r1")),
        ("m2_0_b", None),
        ("m3_0_c", None),
        ("m4_0_d", None),
    ])
}

/// `applied` as short numbers, `x` for one that the build lacks.
fn applied(text: &str) -> Vec<String> {
    text.chars()
        .map(|digit| match digit {
            '1' => "m1_0_a".to_owned(),
            '2' => "m2_0_b".to_owned(),
            '3' => "m3_0_c".to_owned(),
            '4' => "m4_0_d".to_owned(),
            _ => format!("m9_0_{digit}"),
        })
        .collect()
}

fn goal(text: &str) -> Goal {
    match text {
        "end" => Goal::End,
        number if number.parse::<usize>().is_ok() => Goal::Steps(number.parse().unwrap()),
        target => Goal::Target(target.to_owned()),
    }
}

fn show(plan: Result<Plan, PlanError>) -> String {
    match plan {
        Ok(plan) => plan.steps.iter().map(|step| (step + 1).to_string()).collect(),
        Err(error) => format!("error: {error}"),
    }
}

fn check_up(history: &str, to: &str, expected: &str) {
    let plan = up(&lineage(), &applied(history), &goal(to), false);
    assert_eq!(show(plan), expected, "up from `{history}` to `{to}`");
}

fn check_down(history: &str, to: &str, expected: &str) {
    let plan = down(&lineage(), &applied(history), &goal(to));
    assert_eq!(show(plan), expected, "down from `{history}` to `{to}`");
}

#[test]
fn migrate_applies_what_is_pending_up_to_the_goal() {
    check_up("", "end", "1234");
    check_up("12", "end", "34");
    check_up("1234", "end", "");
    check_up("1", "2", "23");
    check_up("1", "9", "234");
    check_up("", "b", "12");
    check_up("", "r1", "1");
    check_up("12", "m1", "error: `m1_0_a` is applied already: nothing to do");
}

#[test]
fn migrate_refuses_a_history_that_it_does_not_understand() {
    check_up(
        "1x",
        "end",
        "error: the database has applied migrations that this build does not know: m9_0_x; \
         use a build that has them",
    );
    check_up(
        "13",
        "end",
        "error: pending migrations are older than the newest applied one: m2_0_b; \
         `--allow-out-of-order` applies them all the same",
    );
    assert_eq!(show(up(&lineage(), &applied("13"), &Goal::End, true)), "24");
}

#[test]
fn rollback_reverts_the_newest_first() {
    check_down("1234", "1", "4");
    check_down("1234", "3", "432");
    check_down("12", "9", "21");
    check_down("1234", "base", "4321");
    check_down("1234", "b", "43");
    check_down("134", "1", "4");
    check_down("", "1", "");
    check_down("1", "b", "error: `m2_0_b` is reverted already: nothing to do");
    check_down("12", "b", "error: `m2_0_b` is the newest applied already: nothing to do");
}

#[test]
fn standing_sorts_every_migration_into_its_place() {
    let standing = standing(&lineage(), &applied("13x"));
    assert_eq!(standing.applied, applied("13"));
    assert_eq!(standing.pending, applied("24"));
    assert_eq!(standing.out_of_order, applied("2"));
    assert_eq!(standing.unknown, applied("x"));
}
