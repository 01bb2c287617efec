//! The risks of running a migration on a database that is in use, each with its reason and the safe
//! way. Pure.

use std::{fmt, str::FromStr};

/// A risk, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
#[expect(missing_docs, reason = "`why` says what each is")]
pub enum Hazard {
    DropTable,
    DropColumn,
    DropColumnOfEntity,
    DropSequence,
    DropExtension,
    DropEnumValue,
    DropDatabase,
    NarrowColumn,
    DeleteRows,
    TruncateTable,
    RewriteTable,
    NotNullOnRows,
    UniqueOnRows,
    RequiredColumn,
    ValidateUnderLock,
    IndexNotConcurrently,
    DropIndexNotConcurrently,
    ReindexNotConcurrently,
    DetachNotConcurrently,
    ForeignKeyWithoutIndex,
    EnumValueUsedAtOnce,
    RenameTable,
    RenameColumn,
}

/// What is to be known of a hazard.
struct Known {
    hazard: Hazard,
    name: &'static str,
    loses_data: bool,
    why: &'static str,
    instead: &'static str,
}

const CONCURRENTLY: &str = "write it with CONCURRENTLY, in an SQL migration with `-- transaction: \
                            none` in its head";
const EXPAND_AND_CONTRACT: &str = "add the new one, let every application move over, and drop the \
                                   old one in a later migration";

const KNOWN: [Known; 23] = [
    Known {
        hazard: Hazard::DropTable,
        name: "drop-table",
        loses_data: true,
        why: "its rows are lost, and whoever still asks for it fails",
        instead: "drop it when no application that runs names it, with a copy of what is in it",
    },
    Known {
        hazard: Hazard::DropColumn,
        name: "drop-column",
        loses_data: true,
        why: "its values are lost, and whoever still asks for it fails",
        instead: "drop it when no application that runs names it, with a copy of what is in it",
    },
    Known {
        hazard: Hazard::DropColumnOfEntity,
        name: "drop-column-of-entity",
        loses_data: true,
        why: "an entity of this very build reads it, and fails without it",
        instead: "take it out of the entity first, and drop it when that build runs everywhere",
    },
    Known {
        hazard: Hazard::DropSequence,
        name: "drop-sequence",
        loses_data: true,
        why: "how far it has counted is lost",
        instead: "drop it when nothing draws from it",
    },
    Known {
        hazard: Hazard::DropExtension,
        name: "drop-extension",
        loses_data: true,
        why: "what it brought goes with it, and columns of its types",
        instead: "leave it; an extension that nobody uses costs nothing",
    },
    Known {
        hazard: Hazard::DropEnumValue,
        name: "drop-enum-value",
        loses_data: true,
        why: "every table that has the type is written anew, and a row that has the value stops it",
        instead: "leave the value and write it no more",
    },
    Known {
        hazard: Hazard::DropDatabase,
        name: "drop-database",
        loses_data: true,
        why: "all that is in it is lost",
        instead: "an administrator drops databases, not a migration",
    },
    Known {
        hazard: Hazard::NarrowColumn,
        name: "narrow-column",
        loses_data: true,
        why: "what the new type cannot hold is rounded or cut off",
        instead: EXPAND_AND_CONTRACT,
    },
    Known {
        hazard: Hazard::DeleteRows,
        name: "delete-rows",
        loses_data: true,
        why: "the rows are lost",
        instead: "keep a copy of them, or mark them instead",
    },
    Known {
        hazard: Hazard::TruncateTable,
        name: "truncate-table",
        loses_data: true,
        why: "all rows are lost, and nobody reads the table meanwhile",
        instead: "keep a copy of them, or mark them instead",
    },
    Known {
        hazard: Hazard::RewriteTable,
        name: "rewrite-table",
        loses_data: false,
        why: "the table is written anew, and nobody reads or writes it meanwhile",
        instead: EXPAND_AND_CONTRACT,
    },
    Known {
        hazard: Hazard::NotNullOnRows,
        name: "not-null-on-rows",
        loses_data: false,
        why: "a null that is there stops it, and the table is read from end to end under its lock",
        instead: "fill the nulls, add CHECK (… IS NOT NULL) NOT VALID, validate it in the next \
                  migration, and set NOT NULL then",
    },
    Known {
        hazard: Hazard::UniqueOnRows,
        name: "unique-on-rows",
        loses_data: false,
        why: "two equal rows that are there stop it, and nobody writes the table meanwhile",
        instead: "build the unique index concurrently, and add the constraint USING INDEX then",
    },
    Known {
        hazard: Hazard::RequiredColumn,
        name: "required-column",
        loses_data: false,
        why: "rows that are there have no value for it, and whoever inserts without it fails",
        instead: "give it a default, or add it with nulls, fill it, and set NOT NULL then",
    },
    Known {
        hazard: Hazard::ValidateUnderLock,
        name: "validate-under-lock",
        loses_data: false,
        why: "every row is checked while nobody writes the table",
        instead: "add it NOT VALID, and VALIDATE CONSTRAINT in the next migration",
    },
    Known {
        hazard: Hazard::IndexNotConcurrently,
        name: "index-not-concurrently",
        loses_data: false,
        why: "nobody writes the table while the index is built",
        instead: CONCURRENTLY,
    },
    Known {
        hazard: Hazard::DropIndexNotConcurrently,
        name: "drop-index-not-concurrently",
        loses_data: false,
        why: "nobody reads or writes the table while others still use the index",
        instead: CONCURRENTLY,
    },
    Known {
        hazard: Hazard::ReindexNotConcurrently,
        name: "reindex-not-concurrently",
        loses_data: false,
        why: "nobody writes the table while the index is built",
        instead: CONCURRENTLY,
    },
    Known {
        hazard: Hazard::DetachNotConcurrently,
        name: "detach-not-concurrently",
        loses_data: false,
        why: "nobody reads or writes the partitioned table meanwhile",
        instead: CONCURRENTLY,
    },
    Known {
        hazard: Hazard::ForeignKeyWithoutIndex,
        name: "foreign-key-without-index",
        loses_data: false,
        why: "each row that is deleted or renamed there is looked for here, from end to end",
        instead: "add an index that begins with the columns of the key",
    },
    Known {
        hazard: Hazard::EnumValueUsedAtOnce,
        name: "enum-value-used-at-once",
        loses_data: false,
        why: "PostgreSQL refuses a value in the transaction that adds it",
        instead: "use it in the next migration",
    },
    Known {
        hazard: Hazard::RenameTable,
        name: "rename-table",
        loses_data: false,
        why: "whoever asks for the old name fails",
        instead: EXPAND_AND_CONTRACT,
    },
    Known {
        hazard: Hazard::RenameColumn,
        name: "rename-column",
        loses_data: false,
        why: "whoever asks for the old name fails",
        instead: EXPAND_AND_CONTRACT,
    },
];

impl Hazard {
    /// Every hazard, those that lose data first.
    pub fn all() -> impl Iterator<Item = Self> {
        KNOWN.iter().map(|known| known.hazard)
    }

    /// What it is called.
    pub fn name(self) -> &'static str {
        self.known().name
    }

    /// Whether something is gone afterwards that no `down` brings back.
    pub fn loses_data(self) -> bool {
        self.known().loses_data
    }

    /// What is dangerous in it.
    pub fn why(self) -> &'static str {
        self.known().why
    }

    /// The safe way to the same end.
    pub fn instead(self) -> &'static str {
        self.known().instead
    }

    fn known(self) -> &'static Known {
        // They stand in the order of the variants.
        &KNOWN[self as usize]
    }
}

impl fmt::Display for Hazard {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// No hazard has this name.
#[derive(Debug, thiserror::Error)]
#[error(
    "there is no hazard `{name}`; there are {}",
    Hazard::all().map(Hazard::name).collect::<Vec<_>>().join(", ")
)]
pub struct UnknownHazard {
    /// The name that was given.
    pub name: String,
}

impl FromStr for Hazard {
    type Err = UnknownHazard;

    fn from_str(name: &str) -> Result<Self, UnknownHazard> {
        let found = Self::all().find(|hazard| hazard.name() == name);
        found.ok_or_else(|| UnknownHazard { name: name.to_owned() })
    }
}

impl serde::Serialize for Hazard {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_known_by_its_name_and_is_what_it_says() {
        for known in &KNOWN {
            assert_eq!(known.hazard.name(), known.name, "they stand in the order of the variants");
            assert_eq!(known.name.parse::<Hazard>().ok(), Some(known.hazard));
        }
        let unknown = "drop-everything".parse::<Hazard>().expect_err("no hazard").to_string();
        assert!(
            unknown.starts_with("there is no hazard `drop-everything`; there are drop-table, ")
        );
    }
}
