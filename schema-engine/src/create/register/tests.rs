//! Lists in every layout, and those of the schema crates.

use std::{fs, path::Path};

use super::*;

const NEW: &str = "m20260101_000000_new";

/// Registers `NEW`; in `expected` it is called `new`, and in `before` nothing is.
fn check(kind: Kind, before: &str, expected: &str) {
    let after = register(before, NEW, kind).unwrap_or_else(|error| format!("error: {error}"));
    assert_eq!(after.replace(NEW, "new"), expected, "{before}");
}

fn check_rust(before: &str, expected: &str) {
    check(Kind::Rust, before, expected);
}

#[test]
fn a_vertical_list_gets_a_line() {
    check_rust(
        "\
//! Comments – of any kind – stay.

mod m1_a; // the first
mod seed_rows;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            /* odd */ Box::new( m1_a::Migration ), // oddly laid out ]
            // Box::new(m0::Migration),
        ]
    }
}
",
        "\
//! Comments – of any kind – stay.

mod m1_a; // the first
mod new;
mod seed_rows;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            /* odd */ Box::new( m1_a::Migration ), // oddly laid out ]
            Box::new(new::Migration),
            // Box::new(m0::Migration),
        ]
    }
}
",
    );
}

#[test]
fn a_list_on_one_line_grows_in_it() {
    for (list, expected) in [
        (
            "vec![Box::new(m1::Migration)]",
            "vec![Box::new(m1::Migration), Box::new(new::Migration)]",
        ),
        (
            "vec![Box::new(m1::Migration),]",
            "vec![Box::new(m1::Migration), Box::new(new::Migration)]",
        ),
        ("vec![]", "vec![Box::new(new::Migration)]"),
        ("vec![\n]", "vec![\n    Box::new(new::Migration),\n]"),
        (
            "f(vec![\n  Box::new(m1::Migration) // last\n])",
            "f(vec![\n  Box::new(m1::Migration), Box::new(new::Migration) // last\n])",
        ),
        (
            "vec![\n  Box::new(m1::Migration), /* two\n lines */\n]",
            "vec![\n  Box::new(m1::Migration), Box::new(new::Migration), /* two\n lines */\n]",
        ),
        (
            "in_order(SQL_MIGRATIONS, vec![make(), Box::new(m1::Migration)])",
            "in_order(SQL_MIGRATIONS, vec![make(), Box::new(m1::Migration), Box::new(new::Migration)])",
        ),
    ] {
        check_rust(
            &format!("mod m1;\nfn migrations() {{ {list} }}\n"),
            &format!("mod m1;\nmod new;\nfn migrations() {{ {expected} }}\n"),
        );
    }
}

#[test]
fn a_module_stands_in_the_order_of_names() {
    let list = "fn migrations() { vec![] }";
    let listed = "fn migrations() { vec![Box::new(new::Migration)] }";
    for (before, after) in [
        ("", "mod new;\n\n"),
        ("use a::b;\n\n", "use a::b;\n\nmod new;\n\n"),
        (
            "//! Words.\n\nuse a::b;\nuse c::d; // both\n\n",
            "//! Words.\n\nuse a::b;\nuse c::d; // both\n\nmod new;\n\n",
        ),
        ("mod seed_rows;\n", "mod new;\nmod seed_rows;\n"),
        ("/// Rows.\npub mod seed_rows;\n", "mod new;\n/// Rows.\npub mod seed_rows;\n"),
        ("mod m3;\nmod m1;\n", "mod m3;\nmod m1;\nmod new;\n"),
        ("mod a; mod z;\n", "mod a; mod new; mod z;\n"),
        (
            "mod m1;\nmod tests { fn migrations() { vec![]; } }\n",
            "mod m1;\nmod new;\nmod tests { fn migrations() { vec![]; } }\n",
        ),
    ] {
        check_rust(&format!("{before}{list}"), &format!("{after}{listed}"));
    }
}

#[test]
fn lines_end_as_they_did() {
    let windows = |text: &str| text.replace('\n', "\r\n");
    check_rust(
        &windows(
            "\u{feff}// –\nmod m1;\nfn migrations() {\n    vec![\n        Box::new(m1::Migration),\n    ]\n}\n",
        ),
        &windows(
            "\u{feff}// –\nmod m1;\nmod new;\nfn migrations() {\n    vec![\n        Box::new(m1::Migration),\n        Box::new(new::Migration),\n    ]\n}\n",
        ),
    );
}

#[test]
fn sql_is_listed_in_its_constant() {
    for (before, after) in [
        ("&[]", "&[sql_migration!(\"new\")]"),
        (
            "&[\n    // Oldest first.\n]",
            "&[\n    // Oldest first.\n    sql_migration!(\"new\"),\n]",
        ),
        (
            "&[\n    sql_migration!(\"m1\"),\n]",
            "&[\n    sql_migration!(\"m1\"),\n    sql_migration!(\"new\"),\n]",
        ),
    ] {
        let around = |list| {
            format!(
                "pub const SQL_MIGRATIONS: &[SqlMigration] = {list};\nfn migrations() {{ vec![] }}\n"
            )
        };
        check(Kind::Sql, &around(before), &around(after));
    }
}

#[test]
fn what_cannot_be_listed_is_an_error_that_says_what_to_write() {
    check_rust("mod a\nfn b() {}", "error: line 2 cannot be read as Rust");
    check_rust("fn migrations( {", "error: line 1 cannot be read as Rust");
    let shape = "`vec![…]` in a function called `migrations`; bring it into that shape, or write by \
                 hand: `mod new;` and `Box::new(new::Migration)`";
    for (before, found) in [
        ("", "there is no"),
        (
            "fn migrations() { let a = vec![]; let b = vec![1; 2]; vec![] }",
            "there is more than one",
        ),
        ("fn others() { vec![] }", "there is no"),
        ("fn migrations() { vec![0; 3] }", "there is no"),
    ] {
        check(Kind::Rust, before, &format!("error: {found} {shape}"));
    }
    check(
        Kind::Sql,
        "static SQL_MIGRATIONS: &[SqlMigration] = &[];",
        "error: there is no `const SQL_MIGRATIONS: &[SqlMigration] = &[…]`; bring it into that \
         shape, or write by hand: `sql_migration!(\"new\")`",
    );
}

#[test]
fn a_list_that_was_changed_otherwise_is_not_accepted() {
    let before = "mod m1;\n/// Lists.\nfn migrations() { vec![Box::new(m1::Migration)] }";
    let after = register(before, NEW, Kind::Rust).expect("it is registered");
    assert!(is_registered(before, &after, NEW, Kind::Rust));
    assert!(is_registered(before, &after.replace(")]", "),]"), NEW, Kind::Rust));
    for damaged in [
        before.to_owned(),
        after.replace("mod m1;", ""),
        after.replace("/// Lists.", ""),
        after.replace("/// Lists.", "/// Lists all."),
        after.replace(&format!("mod {NEW};"), &format!("pub mod {NEW};")),
        after.replace("mod m1;", "mod m1; mod m2;"),
        after.replace(&format!("Box::new({NEW}"), "Box::new(m1"),
        format!("// {after}"),
    ] {
        assert!(!is_registered(before, &damaged, NEW, Kind::Rust), "{damaged}");
    }
}

/// The files with a list, and the kinds that each takes.
const LISTS: [(&str, &[Kind]); 6] = [
    ("auth-schema/src/migrations.rs", &[Kind::Rust, Kind::Sql]),
    ("ecs-schema/src/migrations.rs", &[Kind::Sql]),
    ("ecs-schema/src/ecs/migrations.rs", &[Kind::Rust]),
    ("ecs-schema/src/naming/migrations.rs", &[Kind::Rust]),
    ("main-schema/src/migrations.rs", &[Kind::Rust, Kind::Sql]),
    ("mcp-schema/src/migrations.rs", &[Kind::Rust, Kind::Sql]),
];

#[test]
fn every_schema_crate_keeps_what_it_has() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("a workspace");
    for (file, kinds) in LISTS {
        let original = fs::read_to_string(root.join(file)).expect("the list is there");
        let mut text = original.clone();
        let added = [0, 1, 2, 3].map(|second| format!("m29990101_00000{second}_added"));
        for name in &added {
            for kind in kinds {
                text = register(&text, &format!("{name}_{kind}"), *kind).expect("it is registered");
            }
        }
        // Without what was added, the text is what it was, to the letter.
        for name in &added {
            for kind in kinds {
                text = without(&text, &format!("{name}_{kind}"), *kind);
            }
        }
        assert_eq!(text, original, "{file}");
    }
}

fn without(text: &str, name: &str, kind: Kind) -> String {
    let entry = entry(name, kind);
    let line = text.lines().find(|line| line.trim() == format!("{entry},"));
    let text = match line {
        Some(line) => text.replace(&format!("\n{line}"), ""),
        None => text.replace(&format!(", {entry}"), "").replace(&entry, ""),
    };
    text.replace(&format!("\nmod {name};"), "")
}
