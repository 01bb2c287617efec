//! Writes the values that were bound as text, by the server that understood them: no type is
//! foreign to it. Reads.

use std::collections::HashMap;

use sea_orm::sqlx::{
    self, Encode, PgPool, Postgres, Type,
    encode::IsNull,
    error::BoxDynError,
    postgres::{PgArgumentBuffer, PgTypeInfo, types::Oid},
};

use super::{
    literal::literal,
    log::{Event, Value},
};

/// As many values as one query asks about.
const AT_ONCE: usize = 1_000;

/// What each value of `events` is as a literal.
pub(super) async fn literals(
    pool: &PgPool,
    events: &[Event],
) -> Result<HashMap<Value, String>, sqlx::Error> {
    let mut values: Vec<&Value> =
        events.iter().flat_map(|event| event.values.iter().flatten()).collect();
    values.sort_unstable_by_key(|value| (value.type_oid, &value.bytes));
    values.dedup();
    let mut literals = HashMap::new();
    if values.is_empty() {
        return Ok(literals);
    }
    let names = type_names(pool, &values).await?;
    for some in values.chunks(AT_ONCE) {
        for (value, text) in std::iter::zip(some, texts(pool, some).await?) {
            let name = names.get(&value.type_oid).map_or("text", String::as_str);
            literals.insert((*value).clone(), literal(name, text.as_deref()));
        }
    }
    Ok(literals)
}

async fn type_names(pool: &PgPool, values: &[&Value]) -> Result<HashMap<u32, String>, sqlx::Error> {
    let oids: Vec<i64> = values.iter().map(|value| value.type_oid.into()).collect();
    let names: Vec<(i64, String)> = sqlx::query_as(
        "SELECT oid::bigint, format_type(oid, NULL) FROM pg_type WHERE oid::bigint = ANY ($1)",
    )
    .bind(oids)
    .fetch_all(pool)
    .await?;
    // An oid is 32 bits wide.
    Ok(names.into_iter().filter_map(|(oid, name)| Some((u32::try_from(oid).ok()?, name))).collect())
}

async fn texts(pool: &PgPool, values: &[&Value]) -> Result<Vec<Option<String>>, sqlx::Error> {
    let parameters: Vec<String> =
        (1..=values.len()).map(|number| format!("${number}::text")).collect();
    let sql = format!("SELECT ARRAY[{}]", parameters.join(", "));
    let mut query = sqlx::query_scalar(sqlx::AssertSqlSafe(sql));
    for value in values {
        query = query.bind(AsSent(value));
    }
    query.fetch_one(pool).await
}

/// A value in the very bytes that it was bound with.
struct AsSent<'a>(&'a Value);

impl Type<Postgres> for AsSent<'_> {
    fn type_info() -> PgTypeInfo {
        PgTypeInfo::with_name("text")
    }
}

impl<'a> Encode<'a, Postgres> for AsSent<'a> {
    fn encode_by_ref(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        match &self.0.bytes {
            None => Ok(IsNull::Yes),
            Some(bytes) if self.0.is_binary => {
                buffer.extend_from_slice(bytes);
                Ok(IsNull::No)
            }
            Some(_) => Err("a value was bound as text".into()),
        }
    }

    fn produces(&self) -> Option<PgTypeInfo> {
        Some(PgTypeInfo::with_oid(Oid(self.0.type_oid)))
    }
}
