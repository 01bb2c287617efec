//! Turns the two files of e-mail data into grants; pure.

use std::{collections::BTreeMap, fmt};

use sea_orm::prelude::{Date, DateTime, DateTimeUtc, DateTimeWithTimeZone};
use serde_json::{Map, Value, json};

/// The file of the accounts.
pub(crate) const ACCOUNTS: &str = "accounts.json";
/// The file of what each account may do.
pub(crate) const PERMISSIONS: &str = "permissions.json";

/// What the files say.
#[derive(Debug)]
pub(crate) struct EmailGrants {
    /// How many accounts stand in both files.
    pub(crate) accounts: usize,
    /// The grants of those accounts.
    pub(crate) grants: Vec<Grant>,
}

/// A row for `resource_access_control`: the account is both resource and subject.
#[derive(Debug)]
pub(crate) struct Grant {
    pub(crate) account: String,
    pub(crate) permission_level: &'static str,
    pub(crate) granted_at: DateTimeUtc,
    pub(crate) conditions: Value,
    pub(crate) metadata: Value,
}

/// Why the files cannot be understood. Holds no address and no value of the files.
#[derive(Debug)]
pub(crate) struct Malformed {
    file: &'static str,
    /// From the account down to the field; empty where the file as a whole is meant.
    key: Vec<String>,
    problem: String,
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: ", self.file)?;
        if !self.key.is_empty() {
            write!(f, "{}: ", self.key.join("."))?;
        }
        f.write_str(&self.problem)
    }
}

impl std::error::Error for Malformed {}

struct Account {
    email_address: String,
    kind: String,
    created_at: DateTimeUtc,
}

struct Permissions {
    flags: [bool; OPERATIONS.len()],
    max_emails_per_day: i64,
    max_storage_mb: i64,
    allowed_domains: Vec<String>,
    blocked_domains: Vec<String>,
}

struct Operation {
    flag: &'static str,
    default: bool,
    permission_level: &'static str,
    name: &'static str,
    description: &'static str,
}

const OPERATIONS: [Operation; 7] = [
    Operation {
        flag: "can_send_emails",
        default: true,
        permission_level: "editor",
        name: "send",
        description: "Sends e-mails from the account.",
    },
    Operation {
        flag: "can_receive_emails",
        default: true,
        permission_level: "viewer",
        name: "receive",
        description: "Reads the e-mails that the account receives.",
    },
    Operation {
        flag: "can_use_encryption",
        default: true,
        permission_level: "editor",
        name: "encrypt",
        description: "Encrypts e-mails of the account.",
    },
    Operation {
        flag: "can_schedule_meetings",
        default: true,
        permission_level: "editor",
        name: "schedule",
        description: "Schedules meetings for the account.",
    },
    Operation {
        flag: "can_use_ai_responses",
        default: true,
        permission_level: "editor",
        name: "ai_responses",
        description: "Has answers written for the account by a model.",
    },
    Operation {
        flag: "can_access_analytics",
        default: true,
        permission_level: "viewer",
        name: "analytics",
        description: "Reads the figures of the account.",
    },
    Operation {
        flag: "can_manage_other_accounts",
        default: false,
        permission_level: "owner",
        name: "manage",
        description: "Manages other accounts.",
    },
];

/// The width of the columns that hold an account's id.
const LONGEST_ID: usize = 255;

/// Reads the texts of the two files.
///
/// Every account is checked, also one that stands in a single file and so gets no grant.
///
/// # Errors
///
/// `Malformed`, with the file and the key, for the first thing that is not as it should be.
pub(crate) fn parse(accounts: &str, permissions: &str) -> Result<EmailGrants, Malformed> {
    let accounts = entries(ACCOUNTS, accounts, account)?;
    let permissions = entries(PERMISSIONS, permissions, permissions_of)?;
    let mut found = EmailGrants { accounts: 0, grants: Vec::new() };
    for (id, account) in &accounts {
        if let Some(permissions) = permissions.get(id) {
            found.accounts += 1;
            found.grants.push(owner_grant(id, account));
            found.grants.extend(operation_grants(id, account, permissions));
        }
    }
    Ok(found)
}

fn owner_grant(id: &str, account: &Account) -> Grant {
    Grant {
        account: id.to_owned(),
        permission_level: "owner",
        granted_at: account.created_at,
        conditions: json!({}),
        metadata: json!({
            "migrated": true,
            "source": "email_account_owner",
            "email_address": account.email_address,
            "account_type": account.kind,
        }),
    }
}

fn operation_grants(
    id: &str,
    account: &Account,
    permissions: &Permissions,
) -> impl Iterator<Item = Grant> {
    let held = OPERATIONS.iter().zip(permissions.flags).filter(|(_, held)| *held);
    held.map(|(operation, _)| Grant {
        account: id.to_owned(),
        permission_level: operation.permission_level,
        granted_at: account.created_at,
        conditions: json!({
            "operation": operation.name,
            "max_emails_per_day": permissions.max_emails_per_day,
            "max_storage_mb": permissions.max_storage_mb,
            "allowed_domains": permissions.allowed_domains,
            "blocked_domains": permissions.blocked_domains,
        }),
        metadata: json!({
            "migrated": true,
            "source": "email_permission",
            "operation": operation.name,
            "description": operation.description,
        }),
    })
}

fn account(entry: &Entry<'_>) -> Result<Account, Malformed> {
    Ok(Account {
        email_address: entry.read("email_address", &Value::Null, "a string", text)?,
        kind: entry.read("account_type", &json!("user"), "a string", text)?,
        created_at: entry.read("created_at", &json!("2025-01-01T00:00:00"), "a time", time)?,
    })
}

fn permissions_of(entry: &Entry<'_>) -> Result<Permissions, Malformed> {
    let mut flags = [false; OPERATIONS.len()];
    for (flag, operation) in flags.iter_mut().zip(&OPERATIONS) {
        let default = json!(operation.default);
        *flag = entry.read(operation.flag, &default, "true or false", Value::as_bool)?;
    }
    let limit = |key| entry.read(key, &json!(1000), "an integer", Value::as_i64);
    let domains = |key| entry.read(key, &json!([]), "a list of strings", texts);
    Ok(Permissions {
        flags,
        max_emails_per_day: limit("max_emails_per_day")?,
        max_storage_mb: limit("max_storage_mb")?,
        allowed_domains: domains("allowed_domains")?,
        blocked_domains: domains("blocked_domains")?,
    })
}

/// What a file says of one account.
struct Entry<'a> {
    file: &'static str,
    account: String,
    fields: &'a Map<String, Value>,
}

impl Entry<'_> {
    /// Reads a field, or its default where there is none; a default of null means that the field
    /// must be there.
    fn read<T>(
        &self,
        key: &str,
        default: &Value,
        expected: &str,
        convert: impl FnOnce(&Value) -> Option<T>,
    ) -> Result<T, Malformed> {
        let field = self.fields.get(key);
        convert(field.unwrap_or(default)).ok_or_else(|| Malformed {
            file: self.file,
            key: vec![self.account.clone(), format!("`{key}`")],
            problem: match field {
                Some(_) => format!("is not {expected}"),
                None => "is missing".to_owned(),
            },
        })
    }
}

/// Reads a file: an object of objects, keyed by account id.
fn entries<T>(
    file: &'static str,
    content: &str,
    read: impl Fn(&Entry<'_>) -> Result<T, Malformed>,
) -> Result<BTreeMap<String, T>, Malformed> {
    let whole = |problem| Malformed { file, key: Vec::new(), problem };
    let accounts: Value =
        serde_json::from_str(content).map_err(|error| whole(format!("is not JSON: {error}")))?;
    let accounts: BTreeMap<_, _> = match accounts {
        Value::Object(accounts) => accounts.into_iter().collect(),
        _ => return Err(whole("is not an object keyed by account id".to_owned())),
    };
    let count = accounts.len();
    let mut entries = BTreeMap::new();
    for (position, (id, fields)) in accounts.into_iter().enumerate() {
        let account = shown(&id, position, count);
        let malformed =
            |problem: &str| Malformed { file, key: vec![account.clone()], problem: problem.into() };
        if !is_id(&id) {
            return Err(malformed("the id is empty, too long or holds a control character"));
        }
        let fields = fields.as_object().ok_or_else(|| malformed("is not an object"))?;
        let entry = read(&Entry { file, account, fields })?;
        entries.insert(id, entry);
    }
    Ok(entries)
}

fn is_id(id: &str) -> bool {
    !id.is_empty() && id.chars().count() <= LONGEST_ID && !id.contains(char::is_control)
}

/// Names an account in a message: by its id, unless that may be an address.
fn shown(id: &str, position: usize, count: usize) -> String {
    if is_id(id) && !id.contains('@') {
        format!("`{id}`")
    } else {
        format!("account {} of {count} in the order of their ids", position + 1)
    }
}

/// A string that PostgreSQL can hold: its texts have no zero character.
fn text(value: &Value) -> Option<String> {
    value.as_str().filter(|text| !text.contains('\0')).map(str::to_owned)
}

fn texts(value: &Value) -> Option<Vec<String>> {
    value.as_array()?.iter().map(text).collect()
}

/// A time in one of the ISO 8601 forms that Python writes; one without an offset is UTC.
fn time(value: &Value) -> Option<DateTimeUtc> {
    let text = value.as_str()?;
    let naive = || {
        ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M"]
            .into_iter()
            .find_map(|form| DateTime::parse_from_str(text, form).ok())
            .or_else(|| Date::parse_from_str(text, "%Y-%m-%d").ok()?.and_hms_opt(0, 0, 0))
    };
    DateTimeWithTimeZone::parse_from_rfc3339(text)
        .map(|time| time.to_utc())
        .ok()
        .or_else(|| Some(naive()?.and_utc()))
        .filter(|time| has_plain_year(*time))
}

/// Whether the year has four digits and is not zero: PostgreSQL reads no other in this form.
fn has_plain_year(time: DateTimeUtc) -> bool {
    let shown = time.to_rfc3339();
    shown.starts_with(|first: char| first.is_ascii_digit()) && !shown.starts_with("0000")
}

#[cfg(test)]
mod tests;
