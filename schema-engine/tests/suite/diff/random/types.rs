//! Random enums, domains and composite types. Pure.

use std::fmt::Write as _;

use super::{
    dice::Dice,
    script::{Class, Script, Type},
};

pub(super) fn built_in() -> Vec<Type> {
    const TYPES: [(&str, &str, Class); 24] = [
        ("integer", "1", Class::Number),
        ("integer", "(2 + 2)", Class::Number),
        ("bigint", "7", Class::Number),
        ("smallint", "3", Class::Number),
        ("numeric", "1.5", Class::Number),
        ("numeric(10,2)", "2.50", Class::Number),
        ("double precision", "0.5", Class::Number),
        ("text", "'x'", Class::Text),
        ("text", "'it''s' || 'y'", Class::Text),
        ("varchar(20)", "'v'", Class::Text),
        ("varchar(40)", "'v'", Class::Text),
        ("varchar", "'w'", Class::Text),
        ("char(3)", "'abc'", Class::Text),
        ("boolean", "true", Class::Ordered),
        ("uuid", "gen_random_uuid()", Class::Ordered),
        ("date", "CURRENT_DATE", Class::Ordered),
        ("timestamptz", "now()", Class::Ordered),
        ("timestamp(3)", "'2020-01-02 03:04:05'", Class::Ordered),
        ("interval", "'1 day'", Class::Ordered),
        ("bytea", "'\\x00'", Class::Ordered),
        ("text[]", "'{}'", Class::Array),
        ("integer[]", "ARRAY[1, 2]", Class::Array),
        ("jsonb", "'{}'", Class::Json),
        ("json", "'[]'", Class::Json),
    ];
    let own = |(sql, value, class): (&str, &str, Class)| Type {
        sql: sql.to_owned(),
        value: value.to_owned(),
        class,
    };
    TYPES.map(own).to_vec()
}

pub(super) fn grow(script: &mut Script) {
    for name in ["y1", "y2", "y3", "y4", "t3"] {
        let mut dice = script.dice(&format!("type {name}"));
        let name = format!("{}.{name}", script.namespace(&mut dice));
        let roll = dice.below(10);
        if roll < 8 && !script.take(&name) {
            continue;
        }
        match roll {
            0..3 => grow_enum(script, &mut dice, &name),
            3..6 => grow_domain(script, &mut dice, &name),
            6..8 => grow_composite(script, &mut dice, &name),
            _ => {}
        }
    }
}

fn grow_enum(script: &mut Script, dice: &mut Dice, name: &str) {
    let all = ["'a'", "'b'", "'it''s'", "'D d'", "'e'"];
    let mut labels = dice.some(&all, 1, 5);
    if dice.chance(60) {
        labels.sort_unstable();
    }
    script.add(format!("CREATE TYPE {name} AS ENUM ({})", labels.join(", ")));
    script.comment(dice, "TYPE", name);
    let value = labels[0].to_owned();
    let array = Type {
        sql: format!("{name}[]"),
        value: format!("ARRAY[{value}]::{name}[]"),
        class: Class::Array,
    };
    script.types.push(Type { sql: name.to_owned(), value, class: Class::Ordered });
    script.types.push(array);
}

fn grow_domain(script: &mut Script, dice: &mut Dice, name: &str) {
    let beneath = dice.pick(&script.types).clone();
    let mut sql = format!("CREATE DOMAIN {name} AS {}", beneath.sql);
    if dice.chance(30) {
        let _ = write!(sql, " DEFAULT {}", beneath.value);
    }
    if dice.chance(20) {
        sql.push_str(" NOT NULL");
    }
    script.add(sql);
    script.comment(dice, "DOMAIN", name);
    for constraint in ["k1", "k2"] {
        if dice.chance(30) {
            let check = match beneath.class {
                Class::Number => "VALUE > 0",
                Class::Text => "VALUE::text <> ALL (ARRAY['x', 'y'])",
                _ => "VALUE IS NOT NULL",
            };
            let valid = if dice.chance(20) { " NOT VALID" } else { "" };
            script.add(format!(
                "ALTER DOMAIN {name} ADD CONSTRAINT {constraint} CHECK ({check}){valid}"
            ));
            script.comment(dice, "CONSTRAINT", &format!("{constraint} ON DOMAIN {name}"));
        }
    }
    script.types.push(Type { sql: name.to_owned(), ..beneath });
}

fn grow_composite(script: &mut Script, dice: &mut Dice, name: &str) {
    let mut attributes = Vec::new();
    for attribute in dice.some(&["p", "q", "\"R\""], 1, 3) {
        let mut of = script.dice(&format!("{name}.{attribute}"));
        let data_type = of.pick(&script.types).clone();
        let collation =
            if data_type.sql == "text" && of.chance(30) { " COLLATE \"C\"" } else { "" };
        attributes.push(format!("{attribute} {}{collation}", data_type.sql));
    }
    script.add(format!("CREATE TYPE {name} AS ({})", attributes.join(", ")));
    script.comment(dice, "TYPE", name);
    let value = format!("NULL::{name}");
    script.types.push(Type { sql: name.to_owned(), value, class: Class::Composite });
}
