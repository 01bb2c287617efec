//! Random functions, views, triggers and objects of other kinds. Pure.

use std::fmt::Write as _;

use super::{
    script::{Class, Script, Table, Type},
    tables::grow_index,
};

/// Functions that tables can stand on.
pub(super) fn grow_functions(script: &mut Script) {
    let mut dice = script.dice("function f1");
    if dice.chance(85) {
        let name = ["x", "y"][dice.below(2)];
        let default = ["", " DEFAULT 3"][dice.below(2)];
        let body = ["AS $$ SELECT 1 $$", "AS 'SELECT 2'", "RETURN 3"][dice.below(3)];
        script.add(format!(
            "CREATE FUNCTION public.f1({name} integer{default}) RETURNS integer LANGUAGE sql IMMUTABLE {body}"
        ));
        script.comment(&mut dice, "FUNCTION", "public.f1(integer)");
    }
    let mut dice = script.dice("function f2");
    let namespace = script.namespace(&mut dice);
    let argument = dice.pick(&script.types).clone();
    let returned = dice.pick(&script.types).clone();
    let kind = dice.below(10);
    let head = format!("{namespace}.f2(x {})", argument.sql);
    script.add(match kind {
        0..6 => format!(
            "CREATE FUNCTION {head} RETURNS {} LANGUAGE plpgsql STABLE AS 'BEGIN RETURN NULL; END'",
            returned.sql
        ),
        6..8 => format!("CREATE PROCEDURE {head} LANGUAGE plpgsql AS 'BEGIN END'"),
        _ => format!(
            "CREATE FUNCTION {namespace}.f2(x {}, OUT y {}, OUT z text) LANGUAGE plpgsql AS 'BEGIN END'",
            argument.sql, returned.sql
        ),
    });
    let mut dice = script.dice("function tf");
    if dice.chance(85) {
        let body = ["RETURN NEW;", "NEW := NULL; RETURN NEW;"][dice.below(2)];
        script.add(format!(
            "CREATE FUNCTION public.tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN {body} END'"
        ));
    }
}

pub(super) fn grow(script: &mut Script) {
    grow_row_functions(script);
    for key in ["t5", "v1", "v2", "v3"] {
        grow_view(script, key);
    }
    for table in script.tables.clone() {
        grow_triggers(script, &table);
        if table.has_rows {
            grow_others(script, &table);
        }
    }
}

/// Functions that stand on tables.
fn grow_row_functions(script: &mut Script) {
    let mut dice = script.dice("function f3");
    if script.tables.is_empty() || !dice.chance(60) {
        return;
    }
    let table = dice.pick(&script.tables).clone();
    let (name, column) = (table.name(), &dice.pick(&table.columns).0.clone());
    script.add(match dice.below(4) {
        0 => format!(
            "CREATE FUNCTION public.f3() RETURNS SETOF {name} LANGUAGE sql STABLE AS 'SELECT * FROM {name}'"
        ),
        1 => format!(
            "CREATE FUNCTION public.f3(x {name}) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT x IS NULL'"
        ),
        2 => format!(
            "CREATE FUNCTION public.f3() RETURNS bigint LANGUAGE sql STABLE RETURN (SELECT count({column}) FROM {name})"
        ),
        _ => format!(
            "CREATE FUNCTION public.f3() RETURNS bigint LANGUAGE sql STABLE AS 'SELECT count({column}) FROM {name}'"
        ),
    });
}

fn grow_view(script: &mut Script, key: &'static str) {
    let mut dice = script.dice(&format!("view {key}"));
    if script.tables.is_empty() || !dice.chance(60) {
        return;
    }
    let namespace = script.namespace(&mut dice);
    let name = format!("{namespace}.{key}");
    if !script.take(&name) {
        return;
    }
    let base = dice.pick(&script.tables).clone();
    let mut columns = dice.some(&base.columns, 1, 3);
    let is_materialized = dice.chance(30);
    let kind = if is_materialized { "MATERIALIZED VIEW" } else { "VIEW" };
    let list: Vec<_> = columns.iter().map(|(name, _)| format!("q.{name}")).collect();
    let mut query = format!("SELECT {} FROM {} q", list.join(", "), base.name());
    match dice.below(8) {
        0 => {
            let _ = write!(query, " WHERE q.{} IS NOT NULL", base.columns[0].0);
        }
        1 => {
            let other = dice.pick(&script.tables).clone();
            let _ = write!(query, " CROSS JOIN {} o", other.name());
        }
        2 => {
            let number =
                Type { sql: "bigint".to_owned(), value: "1".to_owned(), class: Class::Number };
            query = format!("SELECT count(*) AS n, public.f1(3) AS a FROM {}", base.name());
            columns = vec![
                ("n".to_owned(), number.clone()),
                ("a".to_owned(), Type { sql: "integer".to_owned(), ..number }),
            ];
        }
        3 => {
            let _ = write!(query, " ORDER BY q.{}", base.columns[0].0);
        }
        _ => {}
    }
    let with = match (is_materialized, dice.below(8)) {
        (false, 0) => " WITH (security_barrier = true)",
        (true, 0) => " WITH (fillfactor = 60)",
        _ => "",
    };
    script.add(format!("CREATE {kind} {name}{with} AS {query}"));
    script.comment(&mut dice, kind, &name);
    for (column, _) in &columns {
        script.comment(&mut dice, "COLUMN", &format!("{name}.{column}"));
    }
    let (column, data_type) = columns[0].clone();
    if !is_materialized && dice.chance(10) {
        script.add(format!(
            "ALTER VIEW {name} ALTER COLUMN {column} SET DEFAULT {}",
            data_type.value
        ));
    }
    let view = Table {
        key,
        namespace,
        columns,
        primary_key: None,
        has_rows: false,
        is_partitioned: false,
        is_materialized,
    };
    if is_materialized && dice.chance(60) {
        grow_index(script, &mut dice, &view, &format!("i{key}"));
    }
    script.tables.push(view);
}

fn grow_triggers(script: &mut Script, table: &Table) {
    if table.is_materialized {
        return;
    }
    let name = table.name();
    for key in ["g1", "g2"] {
        let mut dice = script.dice(&format!("trigger {}.{key}", table.key));
        if !dice.chance(25) {
            continue;
        }
        let (column, _) = dice.pick(&table.columns).clone();
        let when = if table.has_rows {
            ["BEFORE INSERT", "AFTER UPDATE", "BEFORE DELETE"][dice.below(3)].to_owned()
        } else {
            "INSTEAD OF INSERT".to_owned()
        };
        let of = if when == "AFTER UPDATE" && dice.chance(50) {
            format!(" OF {column}")
        } else {
            String::new()
        };
        let condition = if when == "BEFORE INSERT" && dice.chance(40) {
            format!(" WHEN (NEW.{column} IS NOT NULL)")
        } else {
            String::new()
        };
        script.add(format!(
            "CREATE TRIGGER {key} {when}{of} ON {name} FOR EACH ROW{condition} EXECUTE FUNCTION public.tf()"
        ));
        script.comment(&mut dice, "TRIGGER", &format!("{key} ON {name}"));
        if table.has_rows && dice.chance(25) {
            let firing = dice.pick(&["DISABLE", "ENABLE REPLICA", "ENABLE ALWAYS"]);
            script.add(format!("ALTER TABLE {name} {firing} TRIGGER {key}"));
        }
    }
}

fn grow_others(script: &mut Script, table: &Table) {
    let name = table.name();
    let mut dice = script.dice(&format!("others {}", table.key));
    let (column, _) = dice.pick(&table.columns).clone();
    if dice.chance(15) {
        script.add(format!("CREATE POLICY p ON {name} FOR SELECT USING ({column} IS NOT NULL)"));
    }
    if dice.chance(10) {
        script.add(format!(
            "CREATE RULE r AS ON DELETE TO {name} WHERE OLD.{column} IS NULL DO INSTEAD NOTHING"
        ));
    }
    let sorted = [Class::Number, Class::Text, Class::Ordered];
    if dice.chance(15) && table.of(&sorted).len() > 1 && !table.is_partitioned {
        let columns: Vec<_> =
            table.of(&sorted).into_iter().take(2).map(|(name, _)| name.as_str()).collect();
        script.add(format!(
            "CREATE STATISTICS {}.x{} ON {} FROM {name}",
            table.namespace,
            table.key,
            columns.join(", ")
        ));
    }
}
