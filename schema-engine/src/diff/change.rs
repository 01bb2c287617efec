//! The changes that turn one catalog into another. Pure.

use super::{
    AttributeAction, ColumnAspect, Commented, Constrained, DomainAspect, LabelPlace, RebuiltType,
    RetypedColumn, TableAspect, TypeDefinition,
};
use crate::catalog::{
    QualifiedName, Signature,
    model::{
        Column, ColumnName, Constraint, Domain, Extension, Firing, Index, Namespace, Other,
        Partition, Routine, Sequence, Table, Trigger, View,
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
