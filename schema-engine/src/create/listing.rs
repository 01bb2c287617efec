//! Where a `migrations.rs` lists its migrations, found by its syntax tree. Pure.

use std::ops::Range;

use syn::{
    Expr, ExprArray, ExprLit, Item, ItemMod, Lit, LitStr, Macro, MacroDelimiter, Token,
    punctuated::{Pair, Punctuated},
    spanned::Spanned as _,
    token::Bracket,
    visit::{self, Visit},
};

/// What a `migrations.rs` lists; every place in it is a range of bytes of the text.
#[derive(Debug)]
pub(super) struct Listing {
    /// The modules whose text is a file of their own.
    pub(super) modules: Vec<Named>,
    /// Each `vec![…]` in a function called `migrations`.
    pub(super) rust: Vec<List>,
    /// Each `&[…]` that is a constant called `SQL_MIGRATIONS`.
    pub(super) sql: Vec<List>,
    /// Each `&[…]` that is a constant called `TABLES`.
    pub(super) tables: Vec<List>,
    /// Where items may begin: after the `use` that stands last, or where the first item begins.
    pub(super) body: Body,
}

/// A thing with the name of a migration, or another's.
#[derive(Debug)]
pub(super) struct Named {
    pub(super) name: String,
    pub(super) range: Range<usize>,
}

#[derive(Debug)]
pub(super) struct List {
    pub(super) entries: Vec<Named>,
    /// Where the last entry's comma ends, if it has one.
    pub(super) last_comma: Option<usize>,
    /// Behind the opening bracket.
    pub(super) start: usize,
    /// Before the closing bracket.
    pub(super) end: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Body {
    After(usize),
    Before(usize),
}

impl Listing {
    /// Reads a whole `migrations.rs`.
    pub(super) fn read(text: &str) -> syn::Result<Self> {
        let file: syn::File = syn::parse_str(text)?;
        let body = body(&file.items).unwrap_or(Body::Before(text.len()));
        let (modules, rust, sql, tables) = Default::default();
        let listing = Self { modules, rust, sql, tables, body };
        let mut finder = Finder { in_migrations: false, listing };
        finder.visit_file(&file);
        Ok(finder.listing)
    }

    /// Every name that it lists.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let lists = self.rust.iter().chain(&self.sql).flat_map(|list| &list.entries);
        self.modules.iter().chain(lists).map(|named| named.name.as_str())
    }
}

struct Finder {
    in_migrations: bool,
    listing: Listing,
}

impl<'ast> Visit<'ast> for Finder {
    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        // An inline module, `tests` for one, has lists of its own.
        if item.content.is_none() {
            let name = item.ident.to_string();
            self.listing.modules.push(Named { name, range: item.span().byte_range() });
        }
    }

    fn visit_item_const(&mut self, item: &'ast syn::ItemConst) {
        if let Expr::Reference(reference) = &*item.expr
            && let Expr::Array(ExprArray { elems, bracket_token, .. }) = &*reference.expr
        {
            let lists = match item.ident.to_string().as_str() {
                "SQL_MIGRATIONS" => &mut self.listing.sql,
                "TABLES" => &mut self.listing.tables,
                _ => return,
            };
            lists.push(list(elems, bracket_token));
        }
    }

    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        self.in_migrations = function.sig.ident == "migrations";
        visit::visit_item_fn(self, function);
        self.in_migrations = false;
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        self.in_migrations = function.sig.ident == "migrations";
        visit::visit_impl_item_fn(self, function);
        self.in_migrations = false;
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        if self.in_migrations
            && call.path.segments.last().is_some_and(|last| last.ident == "vec")
            && let MacroDelimiter::Bracket(bracket) = &call.delimiter
            && let Ok(entries) =
                call.parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated)
        {
            self.listing.rust.push(list(&entries, bracket));
        }
    }
}

fn list(entries: &Punctuated<Expr, Token![,]>, bracket: &Bracket) -> List {
    let named = |entry| Named { name: name_of(entry), range: entry.span().byte_range() };
    List {
        entries: entries.iter().map(named).collect(),
        last_comma: match entries.pairs().next_back() {
            Some(Pair::Punctuated(_, comma)) => Some(comma.span().byte_range().end),
            _ => None,
        },
        start: bracket.span.open().byte_range().end,
        end: bracket.span.close().byte_range().start,
    }
}

fn body(items: &[Item]) -> Option<Body> {
    let last_use = items.iter().rfind(|item| matches!(item, Item::Use(_)));
    let first = items.first().map(|item| Body::Before(item.span().byte_range().start));
    last_use.map(|item| Body::After(item.span().byte_range().end)).or(first)
}

/// What `Box::new(name::Migration)`, `sql_migration!("name")` and `"name"` name; empty for others.
fn name_of(entry: &Expr) -> String {
    let name = match entry {
        Expr::Call(call) => match call.args.first() {
            Some(Expr::Path(path)) => {
                path.path.segments.first().map(|first| first.ident.to_string())
            }
            _ => None,
        },
        Expr::Lit(ExprLit { lit: Lit::Str(name), .. }) => Some(name.value()),
        Expr::Macro(call) => call.mac.parse_body::<LitStr>().ok().map(|name| name.value()),
        _ => None,
    };
    name.unwrap_or_default()
}
