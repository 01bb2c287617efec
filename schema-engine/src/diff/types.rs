//! Enums, domains and composite types. Pure.

mod within;

use std::collections::BTreeSet;

use super::{
    AttributeAction, Change, Commented, Constrained, DomainAspect, LabelPlace, RebuiltType,
    RetypedColumn, TypeDefinition, columns, constraints,
    draft::{Draft, both},
    rank::Rank,
    sql,
    step::{Effect, Step},
};
use crate::catalog::{
    Catalog, QualifiedName,
    identifier::literal,
    model::{Attribute, Composite, Domain, Object},
};

pub(super) use within::is_tightened_within;

/// The names of the types that a catalog holds.
pub(super) fn names(catalog: &Catalog) -> BTreeSet<&QualifiedName> {
    let names = catalog.enums.keys().chain(catalog.domains.keys());
    names.chain(catalog.composites.keys()).collect()
}

/// The type of that name.
pub(super) fn definition(catalog: &Catalog, name: &QualifiedName) -> Option<TypeDefinition> {
    let of_enum = || catalog.enums.get(name).cloned().map(TypeDefinition::Enum);
    let of_domain = || catalog.domains.get(name).cloned().map(TypeDefinition::Domain);
    let composite = || catalog.composites.get(name).cloned().map(TypeDefinition::Composite);
    of_enum().or_else(of_domain).or_else(composite)
}

/// Whether statements lead from one to the other without making the type anew; `is_used` says that
/// columns and the like are of the type.
pub(super) fn is_alterable(old: &TypeDefinition, new: &TypeDefinition, is_used: bool) -> bool {
    match (old, new) {
        (TypeDefinition::Enum(old), TypeDefinition::Enum(new)) => {
            let mut labels = new.labels.iter();
            old.labels.iter().all(|label| labels.any(|other| other == label))
        }
        (TypeDefinition::Domain(old), TypeDefinition::Domain(new)) => {
            (&old.data_type, &old.collation) == (&new.data_type, &new.collation)
        }
        // While columns are of the type, no attribute can get another type.
        (TypeDefinition::Composite(old), TypeDefinition::Composite(new)) => {
            !is_used || retyped(old, new).is_empty()
        }
        _ => false,
    }
}

/// Whether something names a label of an enum that is new: in the transaction that adds the label,
/// the server would refuse that.
pub(super) fn uses_new_label(
    to: &Catalog,
    name: &QualifiedName,
    old: &TypeDefinition,
    new: &TypeDefinition,
) -> bool {
    let (TypeDefinition::Enum(old), TypeDefinition::Enum(new)) = (old, new) else { return false };
    let labels = new.labels.iter().filter(|label| !old.labels.contains(label));
    let labels: Vec<_> = labels.map(|label| literal(label)).collect();
    let of = name.to_string();
    !labels.is_empty()
        && sql::any(to, |sql| {
            let is_of_it = sql.contains(&of) || sql.starts_with("FOR VALUES");
            is_of_it && labels.iter().any(|label| sql.contains(label.as_str()))
        })
}

pub(super) fn compare(draft: &mut Draft<'_>) {
    let all: BTreeSet<_> = names(draft.from).into_iter().chain(names(draft.to)).collect();
    for name in all {
        match (definition(draft.from, name), definition(draft.to, name)) {
            (Some(old), None) => {
                let change = Change::DropType { name: name.clone(), definition: old };
                draft.add(step(Rank::DropType, Effect::Drop, name, change));
            }
            (None, Some(new)) => {
                let change = Change::CreateType { name: name.clone(), definition: new };
                draft.add(step(Rank::CreateType, Effect::Create, name, change));
            }
            (Some(old), Some(new)) if !draft.fates.is_rebuilt(name) => {
                alter(draft, name, &old, &new);
            }
            _ => {}
        }
    }
    for group in groups(draft) {
        rebuild(draft, &group);
    }
}

fn step(rank: Rank, effect: Effect, name: &QualifiedName, change: Change) -> Step {
    Step::new(rank, effect, Object::Type(name.clone()), change).naming(name.clone())
}

fn alter(draft: &mut Draft<'_>, name: &QualifiedName, old: &TypeDefinition, new: &TypeDefinition) {
    match (old, new) {
        (TypeDefinition::Enum(old), TypeDefinition::Enum(new)) => {
            add_labels(draft, name, &old.labels, &new.labels);
        }
        (TypeDefinition::Domain(old), TypeDefinition::Domain(new)) => {
            alter_domain(draft, name, old, new);
        }
        (TypeDefinition::Composite(old), TypeDefinition::Composite(new)) => {
            alter_composite(draft, name, old, new);
        }
        _ => {}
    }
    let on = Commented::Object(Object::Type(name.clone()));
    draft.comment(on, old.comment(), new.comment());
}

fn add_labels(draft: &mut Draft<'_>, name: &QualifiedName, old: &[String], new: &[String]) {
    for (place, label) in new.iter().enumerate().filter(|(_, label)| !old.contains(label)) {
        // Those between it and the next old label are added later, and before that one too.
        let next = new[place..].iter().find(|label| old.contains(label));
        let place = next.map_or(LabelPlace::Last, |label| LabelPlace::Before(label.clone()));
        let change = Change::AddEnumLabel { name: name.clone(), label: label.clone(), place };
        draft.add(step(Rank::AlterType, Effect::Alter, name, change));
    }
}

fn alter_domain(draft: &mut Draft<'_>, name: &QualifiedName, old: &Domain, new: &Domain) {
    let change = |aspect| Change::AlterDomain {
        name: name.clone(),
        from: old.clone(),
        to: new.clone(),
        aspect,
    };
    if old.default != new.default {
        draft.add(step(Rank::AlterType, Effect::Alter, name, change(DomainAspect::Default)));
    }
    if old.is_not_null != new.is_not_null {
        draft.add(step(Rank::AlterType, Effect::Alter, name, change(DomainAspect::NotNull)));
    }
    let of = Constrained::Domain(name.clone());
    // The draft keeps what it is told for as long as the catalogs, which the parts are of.
    let (Some(old), Some(new)) = (draft.from.domains.get(name), draft.to.domains.get(name)) else {
        return;
    };
    for (key, old, new) in both(&old.constraints, &new.constraints) {
        constraints::compare(draft, &of, &key, (old, new), (None, None), false);
    }
}

fn alter_composite(draft: &mut Draft<'_>, name: &QualifiedName, old: &Composite, new: &Composite) {
    let find = |of: &Composite, name: &str| of.attributes.iter().any(|other| other.name == name);
    let dropped = old.attributes.iter().filter(|attribute| !find(new, &attribute.name));
    let added = new.attributes.iter().filter(|attribute| !find(old, &attribute.name));
    let actions = added
        .cloned()
        .map(AttributeAction::Add)
        .chain(retyped(old, new).into_iter().map(|(from, to)| AttributeAction::Retype { from, to }))
        .chain(dropped.cloned().map(AttributeAction::Drop));
    for action in actions.collect::<Vec<_>>() {
        let (effect, attribute) = match &action {
            AttributeAction::Add(attribute) => (Effect::Create, attribute),
            AttributeAction::Drop(attribute) => (Effect::Drop, attribute),
            AttributeAction::Retype { to, .. } => (Effect::Shake, to),
        };
        let object = Object::Column { of: name.clone(), name: attribute.name.clone() };
        let change = Change::AlterComposite { name: name.clone(), action };
        let mut step = Step::new(Rank::AlterType, effect, object, change);
        step.effects.push((Effect::Alter, Object::Type(name.clone())));
        draft.add(step);
    }
    for now in &new.attributes {
        if let Some(old) = old.attributes.iter().find(|other| other.name == now.name) {
            let object = Object::Column { of: name.clone(), name: now.name.clone() };
            draft.comment(Commented::Object(object), old.comment.as_ref(), now.comment.as_ref());
        }
    }
}

fn retyped(old: &Composite, new: &Composite) -> Vec<(Attribute, Attribute)> {
    let pairs = new.attributes.iter().filter_map(|now| {
        let old = old.attributes.iter().find(|other| other.name == now.name)?;
        let is_same = (&old.data_type, &old.collation) == (&now.data_type, &now.collation);
        (!is_same).then(|| (old.clone(), now.clone()))
    });
    pairs.collect()
}

/// The types that are made anew, with each those that are because of it, what stands on others last.
fn groups(draft: &Draft<'_>) -> Vec<Vec<QualifiedName>> {
    let rebuilt = draft.fates.rebuilt();
    let edges = draft.to.dependencies.iter().filter_map(|dependency| {
        let name = match &dependency.dependent {
            Object::Column { of, .. } => of,
            other => other.qualified_name()?,
        };
        let Object::Type(on) = &dependency.on else { return None };
        (rebuilt.contains(name) && rebuilt.contains(on)).then_some((name, on))
    });
    let edges: Vec<_> = edges.collect();
    let moves = moves(draft);
    let mut groups: Vec<BTreeSet<&QualifiedName>> = Vec::new();
    for name in rebuilt {
        let mut group = BTreeSet::from([name]);
        let linked = |group: &BTreeSet<&QualifiedName>, other: &BTreeSet<&QualifiedName>| {
            edges.iter().chain(&moves).any(|(a, b)| {
                group.contains(a) && other.contains(b) || group.contains(b) && other.contains(a)
            })
        };
        let (near, far): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|other| linked(&group, other));
        group.extend(near.into_iter().flatten());
        groups = far;
        groups.push(group);
    }
    groups
        .into_iter()
        .map(|group| {
            let mut sorted: Vec<QualifiedName> = Vec::new();
            while sorted.len() < group.len() {
                let before = sorted.len();
                for name in &group {
                    let waits =
                        edges.iter().any(|(a, b)| a == name && b != name && !sorted.contains(b));
                    if !sorted.contains(name) && !waits {
                        sorted.push((*name).clone());
                    }
                }
                if sorted.len() == before {
                    break;
                }
            }
            sorted
        })
        .collect()
}

/// The types that are made anew between which a column moves.
fn moves<'a>(draft: &'a Draft<'_>) -> Vec<(&'a QualifiedName, &'a QualifiedName)> {
    let mut moves = Vec::new();
    for (name, new) in &draft.to.tables {
        let Some(old) = draft.from.tables.get(name) else { continue };
        for column in &new.columns {
            let from = old.column(&column.name).and_then(|old| draft.fates.rebuilt_type_of(old));
            moves.extend(from.zip(draft.fates.rebuilt_type_of(column)));
        }
    }
    moves
}

fn rebuild(draft: &mut Draft<'_>, names: &[QualifiedName]) {
    let types: Vec<_> = names
        .iter()
        .filter_map(|name| {
            let (from, to) = (definition(draft.from, name)?, definition(draft.to, name)?);
            Some(RebuiltType { name: name.clone(), from, to })
        })
        .collect();
    let mut moved = Vec::new();
    for (table, new) in &draft.to.tables {
        let Some(old) = draft.from.tables.get(table) else { continue };
        let columns = new.columns.iter();
        let own = columns.filter(|column| !columns::is_inherited(draft, table, &column.name));
        for to in own {
            let Some(from) = old.column(&to.name) else { continue };
            let object = Object::Column { of: table.clone(), name: to.name.clone() };
            let is_of_these =
                |name: Option<&QualifiedName>| name.is_some_and(|n| names.contains(n));
            if is_of_these(draft.fates.rebuilt_type_of(to))
                && is_of_these(draft.fates.rebuilt_type_of(from))
                && !draft.fates.is_recreated(&object)
                && !draft.fates.is_recreated_relation(table)
            {
                let (table, from, to) = (table.clone(), from.clone(), to.clone());
                moved.push(RetypedColumn { table, from, to });
            }
        }
    }
    let retyped = moved.iter().flat_map(|column| {
        let own = columns::object(&column.table, &column.to.name);
        let below = columns::below(draft, &column.table, &column.to.name);
        below.into_iter().chain([(Effect::Shake, own)])
    });
    let retyped: Vec<_> = retyped.collect();
    let with_types = |effect, retyped: &[(Effect, Object)]| {
        let types = names.iter().cloned().map(|name| (effect, Object::Type(name)));
        types.chain(retyped.iter().cloned()).collect::<Vec<_>>()
    };
    let step = |change, effects| Step { effects, ..Step::bare(Rank::AlterType, change) };
    let (replaced, columns) = (types.clone(), moved.clone());
    draft.stage(
        step(Change::RebuildTypes { types, columns: moved }, with_types(Effect::Shake, &retyped)),
        [
            step(
                Change::ReplaceTypes { types: replaced.clone(), columns },
                with_types(Effect::Create, &retyped),
            ),
            step(Change::DropReplacedTypes { types: replaced }, with_types(Effect::Drop, &[])),
        ],
    );
}
