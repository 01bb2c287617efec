//! The changes that turn one catalog into another. Pure.

use crate::catalog::{
    QualifiedName, Signature,
    model::{
        Attribute, Column, ColumnName, Composite, Constraint, Domain, Enum, Extension, Firing,
        Index, Namespace, Object, Other, Partition, ReplicaIdentity, Routine, Sequence, Table,
        Trigger, View,
    },
};

/// One change of a database, with all that its SQL needs.
///
/// What is created or dropped is told whole, so that the way back can be told as well.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "a variant says what is done to what its fields name")]
pub enum Change {
    CreateNamespace {
        name: String,
        namespace: Namespace,
    },
    DropNamespace {
        name: String,
        namespace: Namespace,
    },
    CreateExtension {
        name: String,
        extension: Extension,
    },
    DropExtension {
        name: String,
        extension: Extension,
    },
    MoveExtension {
        name: String,
        from: String,
        to: String,
    },
    CreateType {
        name: QualifiedName,
        definition: TypeDefinition,
    },
    DropType {
        name: QualifiedName,
        definition: TypeDefinition,
    },
    AddEnumLabel {
        name: QualifiedName,
        label: String,
        place: LabelPlace,
    },
    RenameEnumLabel {
        name: QualifiedName,
        from: String,
        to: String,
    },
    AlterDomain {
        name: QualifiedName,
        from: Domain,
        to: Domain,
        aspect: DomainAspect,
    },
    AlterComposite {
        name: QualifiedName,
        action: AttributeAction,
    },
    /// Types that cannot be altered are made anew and take the old ones' place in the columns.
    RebuildTypes {
        types: Vec<RebuiltType>,
        columns: Vec<RetypedColumn>,
    },
    /// The first stage of [`Self::RebuildTypes`], after which the old types are still there, set
    /// aside.
    ReplaceTypes {
        types: Vec<RebuiltType>,
        columns: Vec<RetypedColumn>,
    },
    /// The second.
    DropReplacedTypes {
        types: Vec<RebuiltType>,
    },
    CreateSequence {
        name: QualifiedName,
        sequence: Sequence,
    },
    DropSequence {
        name: QualifiedName,
        sequence: Sequence,
    },
    AlterSequence {
        name: QualifiedName,
        from: Sequence,
        to: Sequence,
    },
    SetSequenceOwner {
        name: QualifiedName,
        from: Option<ColumnName>,
        to: Option<ColumnName>,
    },
    /// The table has its columns and those constraints that can be made with it.
    CreateTable {
        name: QualifiedName,
        table: Table,
    },
    DropTable {
        name: QualifiedName,
        table: Table,
    },
    RenameTable {
        from: QualifiedName,
        to: QualifiedName,
    },
    AlterTable {
        name: QualifiedName,
        aspect: TableAspect,
    },
    AttachPartition {
        name: QualifiedName,
        partition: Partition,
    },
    DetachPartition {
        name: QualifiedName,
        partition: Partition,
    },
    AddColumn {
        table: QualifiedName,
        column: Column,
    },
    DropColumn {
        table: QualifiedName,
        column: Column,
    },
    /// The table has its new name already where that changes too.
    RenameColumn {
        table: QualifiedName,
        from: String,
        to: String,
    },
    /// The table may be a view where its column's default is meant.
    AlterColumn {
        table: QualifiedName,
        from: Column,
        to: Column,
        aspect: ColumnAspect,
    },
    /// The index is the one that backs it.
    AddConstraint {
        of: Constrained,
        name: String,
        constraint: Constraint,
        index: Option<Index>,
    },
    DropConstraint {
        of: Constrained,
        name: String,
        constraint: Constraint,
        index: Option<Index>,
    },
    ValidateConstraint {
        of: Constrained,
        name: String,
    },
    CreateIndex {
        table: QualifiedName,
        name: String,
        index: Index,
    },
    DropIndex {
        table: QualifiedName,
        name: String,
        index: Index,
    },
    RenameIndex {
        table: QualifiedName,
        from: String,
        to: String,
    },
    RenameConstraint {
        table: QualifiedName,
        from: String,
        to: String,
    },
    /// An index that a failed build left over is built again.
    Reindex {
        table: QualifiedName,
        name: String,
    },
    /// The index is what it becomes.
    SetIndexOptions {
        table: QualifiedName,
        name: String,
        from: Index,
        index: Index,
    },
    CreateView {
        name: QualifiedName,
        view: View,
    },
    DropView {
        name: QualifiedName,
        view: View,
    },
    /// The new query gives the old columns and perhaps more, so that what reads the view can stay.
    ReplaceView {
        name: QualifiedName,
        from: View,
        to: View,
    },
    SetViewOptions {
        name: QualifiedName,
        from: View,
        to: View,
    },
    CreateRoutine {
        signature: Signature,
        routine: Routine,
    },
    DropRoutine {
        signature: Signature,
        routine: Routine,
    },
    /// The new one is called as the old one was, so that what calls it can stay.
    ReplaceRoutine {
        signature: Signature,
        from: Routine,
        to: Routine,
    },
    CreateTrigger {
        of: QualifiedName,
        name: String,
        trigger: Trigger,
    },
    DropTrigger {
        of: QualifiedName,
        name: String,
        trigger: Trigger,
    },
    SetFiring {
        of: QualifiedName,
        name: String,
        from: Firing,
        to: Firing,
    },
    CreateOther {
        name: String,
        other: Other,
    },
    DropOther {
        name: String,
        other: Other,
    },
    SetComment {
        on: Commented,
        from: Option<String>,
        to: Option<String>,
    },
    /// What cannot be altered is dropped and created anew, at one go.
    Replace {
        drop: Box<Change>,
        create: Box<Change>,
    },
    /// What cannot stay while something beneath it changes is dropped, for [`Self::Restore`].
    Suspend {
        drop: Box<Change>,
    },
    /// What was suspended is created again; `drop` says as what it was dropped.
    Restore {
        drop: Box<Change>,
        create: Box<Change>,
    },
}

/// A type that a database defines for itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypeDefinition {
    /// An enum.
    Enum(Enum),
    /// A domain with its checks.
    Domain(Domain),
    /// A composite type.
    Composite(Composite),
}

/// Where a label of an enum stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LabelPlace {
    /// Right before this one.
    Before(String),
    /// After all.
    Last,
}

/// What of a domain is altered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DomainAspect {
    /// Its default.
    Default,
    /// Whether it holds no null.
    NotNull,
}

/// What is done to an attribute of a composite type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AttributeAction {
    /// There is a new one.
    Add(Attribute),
    /// It goes.
    Drop(Attribute),
    /// Its type or collation changes.
    Retype {
        /// What it was.
        from: Attribute,
        /// What it becomes.
        to: Attribute,
    },
}

/// A type that is made anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RebuiltType {
    /// Its name.
    pub name: QualifiedName,
    /// What it was.
    pub from: TypeDefinition,
    /// What it becomes; the same where only a type within it changes.
    pub to: TypeDefinition,
}

/// A column whose type is made anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetypedColumn {
    /// Its table.
    pub table: QualifiedName,
    /// What it was.
    pub from: Column,
    /// What it becomes.
    pub to: Column,
}

/// What of a table is altered, from what it was to what it becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields of each are what it was and what it becomes")]
pub enum TableAspect {
    Options {
        from: std::collections::BTreeMap<String, String>,
        to: std::collections::BTreeMap<String, String>,
    },
    AccessMethod {
        from: Option<String>,
        to: Option<String>,
    },
    Unlogged {
        to: bool,
    },
    RowSecurity {
        to: bool,
    },
    ForcedRowSecurity {
        to: bool,
    },
    ReplicaIdentity {
        from: ReplicaIdentity,
        to: ReplicaIdentity,
    },
    Parents {
        from: Vec<QualifiedName>,
        to: Vec<QualifiedName>,
    },
}

/// What of a column is altered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnAspect {
    /// Its type or collation, and its default with it.
    Type,
    /// Whether it holds no null.
    NotNull,
    /// Where its value comes from.
    Value,
    /// How it is stored, compressed and looked at by ANALYZE.
    Settings,
}

/// What a constraint is on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Constrained {
    /// A table.
    Table(QualifiedName),
    /// A domain.
    Domain(QualifiedName),
}

/// What a comment is on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Commented {
    /// A namespace.
    Namespace(String),
    /// A materialised view.
    MaterializedView(QualifiedName),
    /// A constraint of a domain.
    DomainConstraint {
        /// The domain.
        of: QualifiedName,
        /// The constraint.
        name: String,
    },
    /// Any other object.
    Object(Object),
}

impl Constrained {
    /// Its name.
    pub fn name(&self) -> &QualifiedName {
        match self {
            Self::Table(name) | Self::Domain(name) => name,
        }
    }
}

impl TypeDefinition {
    /// The comment on it.
    pub fn comment(&self) -> Option<&String> {
        match self {
            Self::Enum(found) => found.comment.as_ref(),
            Self::Domain(found) => found.comment.as_ref(),
            Self::Composite(found) => found.comment.as_ref(),
        }
    }

    /// Writes the statement that makes it, as `name`.
    pub fn definition(&self, name: &QualifiedName) -> String {
        match self {
            Self::Enum(found) => found.definition(name),
            Self::Domain(found) => found.definition(name),
            Self::Composite(found) => found.definition(name),
        }
    }
}
