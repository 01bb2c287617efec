//! The renames that entities tell themselves, by `renamed_from`. Reads the files of a checkout: on
//! PostgreSQL `SeaORM` says nothing of them.

use std::{fs, path::Path};

use syn::{
    Attribute, Expr, ExprLit, Item, ItemStruct, Lit, Meta, Token, ext::IdentExt as _,
    punctuated::Punctuated,
};

use super::{States, entities};
use crate::{
    catalog::{Catalog, QualifiedName},
    diff::{self, Rename},
    schema::Schema,
};

/// Finds what the entities of `schema` tell in the checkout at `root` and the migrations do not know
/// yet, where `renames` are known beside that; nothing where there is no checkout.
pub fn told_renames(
    root: &Path,
    schema: &Schema,
    states: &States,
    renames: &[Rename],
) -> Vec<Rename> {
    let made = diff::renamed(&states.migrations, renames);
    let is_new = |rename: &Rename| {
        let Rename::Column { table, from, to } = rename else { return false };
        let has = |catalog: &Catalog, column: &str| {
            catalog.tables.get(table).is_some_and(|table| table.column(column).is_some())
        };
        has(&made, from) && !has(&made, to) && has(&states.entities, to)
    };
    let files = entities::modules(schema.entities).into_iter().map(entities::file);
    let texts = files.filter_map(|file| fs::read_to_string(root.join(file)).ok());
    texts.flat_map(|text| told_in(&text)).filter(is_new).collect()
}

/// What a file tells; nothing where it is no Rust.
fn told_in(text: &str) -> Vec<Rename> {
    let items = syn::parse_file(text).map(|file| file.items).unwrap_or_default();
    let told = items.iter().filter_map(|item| match item {
        Item::Struct(item) => told_by(item),
        _ => None,
    });
    told.flatten().collect()
}

fn told_by(entity: &ItemStruct) -> Option<Vec<Rename>> {
    let namespace = said(&entity.attrs, "schema_name").unwrap_or_else(|| "public".to_owned());
    let table = QualifiedName::new(&namespace, said(&entity.attrs, "table_name")?);
    let renames = entity.fields.iter().filter_map(|field| {
        let from = said(&field.attrs, "renamed_from")?;
        let to = said(&field.attrs, "column_name")
            .or_else(|| Some(field.ident.as_ref()?.unraw().to_string()))?;
        Some(Rename::Column { table: table.clone(), from, to })
    });
    Some(renames.collect())
}

/// The text of `#[sea_orm(key = "text")]`.
fn said(attributes: &[Attribute], key: &str) -> Option<String> {
    let ours = attributes.iter().filter(|attribute| attribute.path().is_ident("sea_orm"));
    let metas = ours.filter_map(|attribute| {
        attribute.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated).ok()
    });
    metas.flatten().find_map(|meta| match meta {
        Meta::NameValue(pair) if pair.path.is_ident(key) => match pair.value {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_says_what_its_column_was_called() {
        let check = |text: &str, expected: &[&str]| {
            let found: Vec<String> = told_in(text).iter().map(Rename::option).collect();
            assert_eq!(found, expected, "{text}");
        };
        let entity = |fields: &str| {
            format!(
                "#[sea_orm::model]\n#[sea_orm(table_name = \"a\")]\npub struct Model {{ {fields} }}"
            )
        };
        check("no Rust", &[]);
        check("struct A { #[sea_orm(renamed_from = \"b\")] c: u8 }", &[]);
        check(&entity("#[sea_orm(primary_key)] pub id: i32"), &[]);
        check(
            &entity(
                "#[sea_orm(indexed, column_type = \"Text\", renamed_from = \"b\")] pub c: String,
                 #[sea_orm(renamed_from = \"d\")] pub r#type: i32,
                 #[sea_orm(column_name = \"E\", renamed_from = \"D\")] pub e: i32",
            ),
            &["a.b=c", "a.d=type", "a.D=E"],
        );
    }
}
