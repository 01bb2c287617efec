//! Random sequences, tables and what they are made of. Pure.

use std::fmt::Write as _;

use super::{
    dice::Dice,
    script::{Class, Script, Table, Type},
};

const SORTED: [Class; 3] = [Class::Number, Class::Text, Class::Ordered];

pub(super) fn grow(script: &mut Script) {
    for key in ["s1", "s2", "t4"] {
        grow_sequence(script, key);
    }
    for key in ["t1", "t2", "t3", "t4", "t5"] {
        grow_table(script, key);
    }
    for table in script.tables.clone() {
        grow_parts(script, &table);
    }
    for table in script.tables.clone() {
        grow_foreign_keys(script, &table);
    }
    for sequence in script.sequences.clone() {
        let mut dice = script.dice(&format!("owner {sequence}"));
        if dice.chance(40) && !script.tables.is_empty() {
            let table = dice.pick(&script.tables).clone();
            let (column, _) = dice.pick(&table.columns);
            if !sequence.starts_with(&format!("{}.", table.namespace)) {
                continue;
            }
            script.add(format!("ALTER SEQUENCE {sequence} OWNED BY {}.{column}", table.name()));
        }
    }
}

fn grow_sequence(script: &mut Script, key: &str) {
    let mut dice = script.dice(&format!("sequence {key}"));
    if !dice.chance(50) {
        return;
    }
    let name = format!("{}.{key}", script.namespace(&mut dice));
    if !script.take(&name) {
        return;
    }
    let mut sql = format!("CREATE SEQUENCE {name}");
    for clause in ["AS smallint", "INCREMENT -2", "MAXVALUE 100", "CACHE 3", "CYCLE"] {
        if dice.chance(20) {
            let _ = write!(sql, " {clause}");
        }
    }
    script.add(sql);
    script.comment(&mut dice, "SEQUENCE", &name);
    script.sequences.push(name);
}

fn grow_table(script: &mut Script, key: &'static str) {
    let mut dice = script.dice(&format!("table {key}"));
    let roll = dice.below(100);
    if roll < 12 {
        return;
    }
    let namespace = script.namespace(&mut dice);
    let name = format!("{namespace}.{key}");
    if !script.take(&name) {
        return;
    }
    let tables = script.tables.iter().filter(|table| table.has_rows).cloned();
    let (wholes, plain): (Vec<_>, Vec<_>) = tables.partition(|table| table.is_partitioned);
    if roll < 30 && !wholes.is_empty() {
        let whole = dice.pick(&wholes).clone();
        return grow_partition(script, &mut dice, &whole, key, namespace);
    }
    let parent = (roll < 42 && !plain.is_empty()).then(|| dice.pick(&plain).clone());
    let is_partitioned = parent.is_none() && (42..60).contains(&roll);
    let mut columns = grow_columns(script, key, is_partitioned);
    if let Some(parent) = &parent {
        columns.retain(|(name, ..)| parent.columns.iter().all(|(other, _)| other != name));
    }
    let mut clauses: Vec<_> = columns.iter().map(|(_, _, sql)| sql.clone()).collect();
    let primary_key = columns.iter().find(|(_, found, _)| SORTED.contains(&found.class));
    let primary_key = primary_key.map(|(column, ..)| column.clone());
    let primary_key = primary_key.filter(|_| dice.chance(60));
    if let Some(column) = &primary_key {
        let named = if dice.chance(30) { "CONSTRAINT k0 " } else { "" };
        clauses.push(format!("{named}PRIMARY KEY ({column})"));
    }
    let mut tail = String::new();
    if let Some(parent) = &parent {
        let _ = write!(tail, " INHERITS ({})", parent.name());
    }
    if is_partitioned {
        tail.push_str(" PARTITION BY RANGE (a)");
    } else if dice.chance(15) {
        let _ = write!(tail, " WITH (fillfactor = {})", 50 + dice.below(3) * 10);
    }
    let unlogged = if dice.chance(8) && !is_partitioned { "UNLOGGED " } else { "" };
    script.add(format!("CREATE {unlogged}TABLE {name} ({}){tail}", clauses.join(", ")));
    script.comment(&mut dice, "TABLE", &name);
    if let Some(parent) = parent {
        let inherited = parent.columns.iter().map(|(name, found)| (name.clone(), found.clone()));
        columns.extend(inherited.map(|(name, found)| (name, found, String::new())));
    }
    script.tables.push(Table {
        key,
        namespace,
        columns: columns.into_iter().map(|(name, found, _)| (name, found)).collect(),
        primary_key,
        has_rows: true,
        is_partitioned,
        is_materialized: false,
    });
}

fn grow_partition(
    script: &mut Script,
    dice: &mut Dice,
    whole: &Table,
    key: &'static str,
    namespace: &'static str,
) {
    let place = script.tables.len() * 10;
    let bound = match dice.below(4) {
        0 if script.take(&format!("default {}", whole.name())) => "DEFAULT".to_owned(),
        _ => format!("FOR VALUES FROM ({place}) TO ({})", place + 10),
    };
    let sub = if dice.chance(15) { " PARTITION BY RANGE (a)" } else { "" };
    let table = Table { key, namespace, is_partitioned: !sub.is_empty(), ..whole.clone() };
    script.add(format!("CREATE TABLE {} PARTITION OF {} {bound}{sub}", table.name(), whole.name()));
    script.tables.push(table);
}

fn grow_columns(
    script: &mut Script,
    key: &str,
    is_partitioned: bool,
) -> Vec<(String, Type, String)> {
    let mut columns: Vec<(String, Type, String)> = Vec::new();
    for name in ["a", "b", "c", "\"D\"", "e", "f"] {
        let mut dice = script.dice(&format!("{key}.{name}"));
        if name != "a" && dice.chance(30) {
            continue;
        }
        let data_type = match name {
            "a" if is_partitioned || dice.chance(50) => script.types[0].clone(),
            _ => dice.pick(&script.types).clone(),
        };
        let mut sql = format!("{name} {}", data_type.sql);
        if data_type.sql == "text" && dice.chance(15) {
            sql.push_str(" COLLATE \"C\"");
        }
        match dice.below(20) {
            0..6 => {
                let _ = write!(sql, " DEFAULT {}", data_type.value);
            }
            6..8 if data_type.sql == "integer" || data_type.sql == "bigint" => {
                let way = if dice.chance(50) { "ALWAYS" } else { "BY DEFAULT" };
                let from = dice.below(3) + 1;
                let _ = write!(sql, " GENERATED {way} AS IDENTITY (START WITH {from})");
            }
            8 if data_type.sql == "integer" => sql = format!("{name} serial"),
            9 if data_type.sql == "integer" => sql.push_str(" DEFAULT public.f1(1)"),
            10 if data_type.sql == "integer" => {
                if let Some(sequence) = script.sequences.first() {
                    let _ = write!(sql, " DEFAULT nextval('{}')", sequence.replace('\'', "''"));
                }
            }
            11..14 if data_type.class == Class::Text => {
                if let Some((other, ..)) = columns
                    .iter()
                    .find(|(_, t, sql)| t.class == Class::Text && !sql.contains("GENERATED"))
                {
                    let way = if dice.chance(75) { "STORED" } else { "VIRTUAL" };
                    let _ = write!(sql, " GENERATED ALWAYS AS (upper({other}::text)) {way}");
                }
            }
            _ => {}
        }
        if dice.chance(30) && !sql.contains("NOT NULL") {
            sql.push_str(" NOT NULL");
        }
        columns.push((name.to_owned(), data_type, sql));
    }
    columns
}

fn grow_parts(script: &mut Script, table: &Table) {
    let name = table.name();
    for key in ["k1", "k2", "k3"] {
        let mut dice = script.dice(&format!("constraint {}.{key}", table.key));
        if let Some(constraint) = constraint(&mut dice, table) {
            script.add(format!("ALTER TABLE {name} ADD CONSTRAINT {key} {constraint}"));
            script.comment(&mut dice, "CONSTRAINT", &format!("{key} ON {name}"));
        }
    }
    for key in ["i1", "i2", "i3"] {
        let key = if key == "i1" { key.to_owned() } else { format!("{key}{}", table.key) };
        let mut dice = script.dice(&format!("index {}.{key}", table.key));
        if dice.chance(40) && script.take(&format!("{}.{key}", table.namespace)) {
            grow_index(script, &mut dice, table, &key);
        }
    }
    let mut dice = script.dice(&format!("settings {}", table.key));
    for (column, data_type) in &table.columns {
        let alter = format!("ALTER TABLE {name} ALTER COLUMN {column}");
        if dice.chance(8) {
            script.add(format!("{alter} SET STATISTICS {}", dice.below(3) * 100));
        }
        if dice.chance(5) {
            script.add(format!("{alter} SET (n_distinct = -0.5)"));
        }
        if dice.chance(15) && [Class::Text, Class::Json].contains(&data_type.class) {
            let storage = dice.pick(&["MAIN", "EXTERNAL", "PLAIN", "EXTENDED"]);
            script.add(format!("{alter} SET STORAGE {storage}"));
        }
        script.comment(&mut dice, "COLUMN", &format!("{name}.{column}"));
    }
    for action in ["ENABLE ROW LEVEL SECURITY", "FORCE ROW LEVEL SECURITY", "REPLICA IDENTITY FULL"]
    {
        if dice.chance(8) && !(table.is_partitioned && action.starts_with("REPLICA")) {
            script.add(format!("ALTER TABLE {name} {action}"));
        }
    }
}

fn constraint(dice: &mut Dice, table: &Table) -> Option<String> {
    let sorted: Vec<_> = table.of(&SORTED).into_iter().map(|(name, _)| name.clone()).collect();
    let deferral = *dice.pick(&["", "", "", " DEFERRABLE", " DEFERRABLE INITIALLY DEFERRED"]);
    match dice.below(10) {
        0..3 if !sorted.is_empty() && !table.is_partitioned => {
            let mut columns = dice.some(&sorted, 1, 2);
            if table.is_partitioned && !columns.iter().any(|column| column == "a") {
                columns.push("a".to_owned());
            }
            let columns = columns.join(", ");
            let nulls = if dice.chance(20) { "NULLS NOT DISTINCT " } else { "" };
            let include = match table.columns.last() {
                Some((column, _)) if dice.chance(15) => format!(" INCLUDE ({column})"),
                _ => String::new(),
            };
            Some(format!("UNIQUE {nulls}({columns}){include}{deferral}"))
        }
        3 if !sorted.is_empty() && !table.is_partitioned => {
            let column = dice.pick(&sorted).clone();
            Some(format!("EXCLUDE USING btree ({column} WITH =){deferral}"))
        }
        4..8 => {
            let (column, data_type) = dice.pick(&table.columns).clone();
            let check = match (data_type.class, dice.below(3)) {
                (Class::Number, 0) => format!("{column} > 0"),
                (Class::Number, 1) => format!("{column} BETWEEN 1 AND 10"),
                (Class::Number, 2) => format!("public.f1({column}::integer) > 0"),
                (Class::Text, 0) => format!("{column} IN ('x', 'y')"),
                (Class::Text, 1) => format!("length({column}::text) > 2"),
                (Class::Ordered, 0) => format!("{column} <> {}", data_type.value),
                _ => format!("{column} IS NOT NULL OR a IS NULL"),
            };
            let tails = ["", "", "", " NOT VALID", " NOT ENFORCED", " NO INHERIT"];
            let tail = tails[dice.below(if table.is_partitioned { 5 } else { 6 })];
            Some(format!("CHECK ({check}){tail}"))
        }
        _ => None,
    }
}

pub(super) fn grow_index(script: &mut Script, dice: &mut Dice, table: &Table, key: &str) {
    let name = table.name();
    let sorted: Vec<_> = table.of(&SORTED).into_iter().cloned().collect();
    let unique = if dice.chance(20) && !table.is_partitioned { "UNIQUE " } else { "" };
    let arrays: Vec<_> = table.of(&[Class::Array]).into_iter().cloned().collect();
    let mut sql = if dice.chance(20) && !arrays.is_empty() {
        format!("CREATE INDEX {key} ON {name} USING gin ({})", dice.pick(&arrays).0)
    } else if sorted.is_empty() {
        format!("CREATE INDEX {key} ON {name} ((a IS NULL))")
    } else {
        let keys: Vec<_> = dice
            .some(&sorted, 1, 2)
            .into_iter()
            .map(|(column, found)| match (found.class, dice.below(8)) {
                (Class::Text, 0) => format!("lower({column}::text)"),
                (Class::Text, 1) => format!("{column} COLLATE \"C\""),
                (Class::Number, 0) => format!("({column} + 1)"),
                (Class::Number, 1) => format!("public.f1({column}::integer)"),
                (_, 2) => format!("{column} DESC"),
                (_, 3) => format!("{column} NULLS FIRST"),
                _ => column,
            })
            .collect();
        format!("CREATE {unique}INDEX {key} ON {name} ({})", keys.join(", "))
    };
    if dice.chance(10) && !sql.contains("gin") {
        sql.push_str(" WITH (fillfactor = 70)");
    }
    if dice.chance(20) {
        let (column, _) = dice.pick(&table.columns);
        let _ = write!(sql, " WHERE {column} IS NOT NULL");
    }
    script.add(sql);
    script.comment(dice, "INDEX", &format!("{}.{key}", table.namespace));
}

fn grow_foreign_keys(script: &mut Script, table: &Table) {
    for key in ["r1", "r2"] {
        let mut dice = script.dice(&format!("key {}.{key}", table.key));
        if !dice.chance(60) {
            continue;
        }
        let other = dice.pick(&script.tables).clone();
        let Some(key_column) = &other.primary_key else { continue };
        let key_type = other.columns.iter().find(|(name, _)| name == key_column);
        let fitting = table
            .columns
            .iter()
            .filter(|(_, found)| key_type.is_some_and(|(_, key_type)| key_type.sql == found.sql));
        let fitting: Vec<_> = fitting.cloned().collect();
        if fitting.is_empty() {
            continue;
        }
        let (column, _) = dice.pick(&fitting).clone();
        let mut sql = format!(
            "ALTER TABLE {} ADD CONSTRAINT {key} FOREIGN KEY ({column}) REFERENCES {} ({key_column})",
            table.name(),
            other.name(),
        );
        for tail in [" MATCH FULL", " ON UPDATE CASCADE", " ON DELETE SET NULL", " DEFERRABLE"] {
            if dice.chance(20) {
                sql.push_str(tail);
            }
        }
        if dice.chance(15) {
            sql.push_str(" NOT VALID");
        }
        script.add(sql);
        script.comment(&mut dice, "CONSTRAINT", &format!("{key} ON {}", table.name()));
    }
}
