//! Names as SQL writes them: quoted where they must be, qualified by their namespace. Pure.

use std::{borrow::Cow, collections::HashSet, fmt, str::FromStr, sync::LazyLock};

use serde::{Deserialize, Serialize};

/// The words that PostgreSQL 14 to 18 do not all take as any name unless they are quoted
/// (`pg_get_keywords`, all but the unreserved).
const KEYWORDS: &str = "
    all analyse analyze and any array as asc asymmetric authorization between bigint binary bit
    boolean both case cast char character check coalesce collate collation column concurrently
    constraint create cross current_catalog current_date current_role current_schema
    current_time current_timestamp current_user dec decimal default deferrable desc distinct do
    else end except exists extract false fetch float for foreign freeze from full grant greatest
    group grouping having ilike in initially inner inout int integer intersect interval into is
    isnull join json json_array json_arrayagg json_exists json_object json_objectagg json_query
    json_scalar json_serialize json_table json_value lateral leading least left like limit
    localtime localtimestamp merge_action national natural nchar none normalize not notnull null
    nullif numeric offset on only or order out outer overlaps overlay placing position precision
    primary real references returning right row select session_user setof similar smallint some
    substring symmetric system_user table tablesample then time timestamp to trailing treat trim
    true union unique user using values varchar variadic verbose when where window with
    xmlattributes xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot
    xmlserialize xmltable";

static RESERVED: LazyLock<HashSet<&str>> = LazyLock::new(|| KEYWORDS.split_whitespace().collect());

/// The name of an object in its namespace.
///
/// As text, and so in JSON, it is what SQL says: `public.notes`, `public."Odd.name"`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct QualifiedName {
    /// The namespace, unquoted.
    pub namespace: String,
    /// The name in it, unquoted.
    pub name: String,
}

/// The identity of a function or procedure: its name and the types of its input arguments.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Signature {
    /// Its name.
    pub name: QualifiedName,
    /// The types of its input arguments, as SQL lists them.
    pub arguments: String,
}

/// Why a text is no name.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NameError {
    /// It is not `namespace.name`.
    #[error("`{text}` is not a qualified name")]
    NotQualified {
        /// The text.
        text: String,
    },
    /// It is not `namespace.name(types)`.
    #[error("`{text}` is not the signature of a routine")]
    NotSignature {
        /// The text.
        text: String,
    },
}

impl QualifiedName {
    /// The name `name` in `namespace`, both unquoted.
    pub fn new(namespace: impl Into<String>, name: impl Into<String>) -> Self {
        Self { namespace: namespace.into(), name: name.into() }
    }
}

impl fmt::Display for QualifiedName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}", quote(&self.namespace), quote(&self.name))
    }
}

impl FromStr for QualifiedName {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        match qualified(text) {
            Some((name, "")) => Ok(name),
            _ => Err(NameError::NotQualified { text: text.to_owned() }),
        }
    }
}

impl TryFrom<String> for QualifiedName {
    type Error = NameError;

    fn try_from(text: String) -> Result<Self, NameError> {
        text.parse()
    }
}

impl From<QualifiedName> for String {
    fn from(name: QualifiedName) -> Self {
        name.to_string()
    }
}

impl fmt::Display for Signature {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}({})", self.name, self.arguments)
    }
}

impl FromStr for Signature {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        let parts = qualified(text).and_then(|(name, rest)| {
            let arguments = rest.strip_prefix('(')?.strip_suffix(')')?;
            Some(Self { name, arguments: arguments.to_owned() })
        });
        parts.ok_or_else(|| NameError::NotSignature { text: text.to_owned() })
    }
}

impl TryFrom<String> for Signature {
    type Error = NameError;

    fn try_from(text: String) -> Result<Self, NameError> {
        text.parse()
    }
}

impl From<Signature> for String {
    fn from(signature: Signature) -> Self {
        signature.to_string()
    }
}

/// Writes an identifier as SQL needs it: in quotes unless every supported PostgreSQL takes it
/// without.
pub fn quote(name: &str) -> Cow<'_, str> {
    let is_plain = name.starts_with(|first: char| first.is_ascii_lowercase() || first == '_')
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if is_plain && !RESERVED.contains(name) {
        Cow::Borrowed(name)
    } else {
        Cow::Owned(format!("\"{}\"", name.replace('"', "\"\"")))
    }
}

/// Writes a list of identifiers, as SQL has it between parentheses.
pub fn quote_list<T: AsRef<str>>(names: &[T]) -> String {
    names.iter().map(|name| quote(name.as_ref())).collect::<Vec<_>>().join(", ")
}

/// Writes a text as a literal that means the same whatever `standard_conforming_strings` says.
pub fn literal(text: &str) -> String {
    let quoted = format!("'{}'", text.replace('\'', "''"));
    if text.contains('\\') { format!("E{}", quoted.replace('\\', "\\\\")) } else { quoted }
}

/// Reads `namespace.name` and gives what follows it.
fn qualified(text: &str) -> Option<(QualifiedName, &str)> {
    let (namespace, rest) = identifier(text)?;
    let (name, rest) = identifier(rest.strip_prefix('.')?)?;
    Some((QualifiedName { namespace, name }, rest))
}

/// Reads one identifier as [`quote`] writes it and gives what follows it.
fn identifier(text: &str) -> Option<(String, &str)> {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find(['.', '(', '"']).unwrap_or(text.len());
        return (end > 0).then(|| (text[..end].to_owned(), &text[end..]));
    };
    let mut name = String::new();
    let mut rest = quoted;
    loop {
        let end = rest.find('"')?;
        name.push_str(&rest[..end]);
        rest = &rest[end + 1..];
        match rest.strip_prefix('"') {
            Some(after) => {
                name.push('"');
                rest = after;
            }
            None => return Some((name, rest)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_quoted_where_they_must_be_and_read_again() {
        let check = |namespace: &str, name: &str, expected: &str| {
            let qualified = QualifiedName::new(namespace, name);
            assert_eq!(qualified.to_string(), expected);
            assert_eq!(expected.parse::<QualifiedName>().unwrap(), qualified);
            let signature =
                Signature { name: qualified, arguments: "integer, a.\"b(c\"".to_owned() };
            assert_eq!(signature.to_string().parse::<Signature>().unwrap(), signature);
        };
        check("public", "notes", "public.notes");
        check("public", "_n0tes", "public._n0tes");
        check("public", "0notes", "public.\"0notes\"");
        check("public", "Notes", "public.\"Notes\"");
        check("public", "user", "public.\"user\"");
        check("public", "json_value", "public.\"json_value\"");
        check("public", "name", "public.name");
        check("odd.one", "a \"b\".(c)", "\"odd.one\".\"a \"\"b\"\".(c)\"");
        check("füchse", "bäu", "\"füchse\".\"bäu\"");
    }

    #[test]
    fn what_is_no_name_is_refused() {
        let check = |text: &str, expected: &str| {
            assert_eq!(text.parse::<QualifiedName>().unwrap_err().to_string(), expected);
        };
        check("notes", "`notes` is not a qualified name");
        check("a.b.c", "`a.b.c` is not a qualified name");
        check("a.\"b", "`a.\"b` is not a qualified name");
        check("", "`` is not a qualified name");
        let signature = "a.b(integer".parse::<Signature>().unwrap_err();
        assert_eq!(signature.to_string(), "`a.b(integer` is not the signature of a routine");
    }

    #[test]
    fn literals_mean_what_they_say() {
        let check = |text: &str, expected: &str| assert_eq!(literal(text), expected);
        check("it's", "'it''s'");
        check("a\\b", "E'a\\\\b'");
    }
}
