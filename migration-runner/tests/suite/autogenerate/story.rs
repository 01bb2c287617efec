//! What a story of edits is: the entities of a schema grow, and then they change.

use super::scratch::Scratch;

/// Pieces of a file, each with what takes its place.
pub(super) type Edits = &'static [(&'static str, &'static str)];

/// The edits of one schema; paths are from the `src` of its crate.
pub(super) struct Story {
    pub(super) schema: &'static str,
    /// SQL for rows that the migrations have to carry along.
    pub(super) rows: &'static str,
    /// Columns with defaults, other types, a wider text, null allowed and forbidden, indexes and
    /// unique sets that come and go, and a table with a relation.
    pub(super) grow: Round,
    /// New names, a label more, what was allowed forbidden again, and a table less.
    pub(super) change: Round,
}

/// Edits that become one migration.
pub(super) struct Round {
    /// What the migration is called.
    pub(super) message: &'static str,
    /// What `create` is told beside that.
    pub(super) options: &'static [&'static str],
    pub(super) written: &'static [(&'static str, &'static str)],
    pub(super) removed: &'static [&'static str],
    pub(super) renamed: &'static [(&'static str, &'static str)],
    /// Files by their new names.
    pub(super) edited: &'static [(&'static str, Edits)],
}

impl Round {
    /// Edits the entities of `schema`.
    pub(super) fn make(&self, scratch: &Scratch, schema: &str) {
        let path = |file: &str| format!("{schema}-schema/src/{file}");
        for (file, text) in self.written {
            scratch.write(&path(file), text);
        }
        for file in self.removed {
            scratch.remove(&path(file));
        }
        for (from, to) in self.renamed {
            scratch.rename(&path(from), &path(to));
        }
        for (file, edits) in self.edited {
            scratch.edit(&path(file), edits);
        }
    }
}
