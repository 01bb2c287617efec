//! Types and defaults as sea-query has them. Pure.

use super::text::string;

/// The helper of sea-orm-migration for a type, and its arguments behind the name of the column.
pub(super) fn helper(data_type: &str) -> Option<(&'static str, Vec<String>)> {
    let plain = match data_type {
        "smallint" => "small_integer",
        "integer" => "integer",
        "bigint" => "big_integer",
        "real" => "float",
        "double precision" => "double",
        "numeric" => "decimal",
        "text" => "text",
        "character varying" => "string",
        "boolean" => "boolean",
        "uuid" => "uuid",
        "date" => "date",
        "time without time zone" => "time",
        "timestamp without time zone" => "date_time",
        "timestamp with time zone" => "timestamp_with_time_zone",
        "json" => "json",
        "jsonb" => "json_binary",
        "bytea" => "blob",
        _ => return with_arguments(data_type),
    };
    Some((plain, Vec::new()))
}

fn with_arguments(data_type: &str) -> Option<(&'static str, Vec<String>)> {
    if let Some((name, rest)) = data_type.split_once('(')
        && let Some(modifier) = rest.strip_suffix(')')
    {
        let numbers: Vec<String> =
            modifier.split(',').map(|number| number.trim().to_owned()).collect();
        match (name, numbers.len()) {
            ("character varying", 1) => return Some(("string_len", numbers)),
            ("character", 1) => return Some(("char_len", numbers)),
            ("numeric", 2) => return Some(("decimal_len", numbers)),
            _ => {}
        }
    }
    // As it stands in the catalog, which every session understands.
    let bare = data_type.strip_prefix("public.").unwrap_or(data_type);
    (!bare.contains('"')).then(|| ("custom", vec![string(bare)]))
}

/// The method of a column definition that says the same as a helper.
pub(super) fn method(helper: &'static str) -> &'static str {
    helper
}

/// A default as a builder takes it.
pub(super) fn default(expression: &str, data_type: &str) -> String {
    match expression {
        "true" | "false" => return expression.to_owned(),
        "CURRENT_TIMESTAMP" => return "Expr::current_timestamp()".to_owned(),
        _ => {}
    }
    if let Some(number) = number(expression) {
        return number;
    }
    if let Some(text) = literal_of(expression, data_type) {
        return string(&text);
    }
    format!("Expr::cust({})", string(expression))
}

/// A number as Rust has it, where the server would write the same again.
fn number(expression: &str) -> Option<String> {
    // What is negative is a literal in the catalog.
    let negative = expression.strip_prefix("'-").and_then(|rest| rest.strip_suffix("'::integer"));
    let (sign, digits) = match negative.or(expression.strip_prefix('-')) {
        Some(digits) => ("-", digits),
        None => ("", expression),
    };
    let is_short = digits.len() <= SHORT_NUMBER;
    let is_whole = digits.parse::<i32>().is_ok_and(|number| number.to_string() == digits);
    let is_broken = digits.contains('.')
        && is_short
        && digits.parse::<f64>().is_ok_and(|number| number.to_string() == digits);
    (is_whole || is_broken && negative.is_none())
        .then(|| format!("{sign}{}", if is_short { digits.to_owned() } else { grouped(digits) }))
}

/// So many digits can be counted at a glance.
const SHORT_NUMBER: usize = 5;

/// The digits in groups of three.
fn grouped(digits: &str) -> String {
    let first = digits.len() % 3;
    let (head, tail) = digits.split_at(first);
    let tail: Vec<String> = tail
        .as_bytes()
        .chunks(3)
        .map(|group| String::from_utf8_lossy(group).into_owned())
        .collect();
    if head.is_empty() { tail.join("_") } else { format!("{head}_{}", tail.join("_")) }
}

/// Whether a default is a literal of this type, or of the type beneath it.
pub(super) fn is_literal(expression: &str, data_type: &str) -> bool {
    literal_of(expression, data_type).is_some()
}

/// The text of a literal that is cast to the type of its column, or to the type beneath it.
fn literal_of(expression: &str, data_type: &str) -> Option<String> {
    let (literal, cast) = expression.rsplit_once("::")?;
    let bare = data_type.split('(').next().unwrap_or(data_type);
    let quoted = literal.strip_prefix('\'')?.strip_suffix('\'')?;
    let text = quoted.replace("''", "\u{0}");
    let is_one = !text.contains('\'') && !text.contains('\\');
    (cast == bare && is_one).then(|| text.replace('\u{0}', "'"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_has_a_helper() {
        let check = |data_type: &str, expected: &str| {
            let (helper, arguments) = helper(data_type).expect("a helper");
            assert_eq!(format!("{helper}({})", arguments.join(", ")), expected);
        };
        check("integer", "integer()");
        check("character varying(9)", "string_len(9)");
        check("numeric(10,2)", "decimal_len(10, 2)");
        check("public.mood", "custom(\"mood\")");
        check("public.vector(3)", "custom(\"vector(3)\")");
        check("text[]", "custom(\"text[]\")");
        check("interval", "custom(\"interval\")");
        assert_eq!(helper("public.\"Odd\""), None);
    }

    #[test]
    fn defaults_are_values_where_they_can_be() {
        let check = |expression: &str, data_type: &str, expected: &str| {
            assert_eq!(default(expression, data_type), expected);
        };
        check("true", "boolean", "true");
        check("-7", "integer", "-7");
        check("'-7'::integer", "smallint", "-7");
        check("1250000", "integer", "1_250_000");
        check("'-250000'::integer", "bigint", "-250_000");
        check("5000000000", "bigint", "Expr::cust(\"5000000000\")");
        check("0.25", "double precision", "0.25");
        check("0.50", "numeric(4,2)", "Expr::cust(\"0.50\")");
        check("'-0.5'::numeric", "numeric(4,2)", "\"-0.5\"");
        check("now()", "timestamp with time zone", "Expr::cust(\"now()\")");
        check("CURRENT_TIMESTAMP", "date", "Expr::current_timestamp()");
        check("'own'::character varying", "character varying(50)", "\"own\"");
        check("'it''s'::text", "text", "\"it's\"");
        check("'good'::public.mood", "public.mood", "\"good\"");
        check("'{}'::jsonb", "jsonb", "\"{}\"");
        check("gen_random_uuid()", "uuid", "Expr::cust(\"gen_random_uuid()\")");
        check("('a'::text || 'b'::text)", "text", "Expr::cust(\"('a'::text || 'b'::text)\")");
        check("'a'::text || 'b'::text", "text", "Expr::cust(\"'a'::text || 'b'::text\")");
    }
}
