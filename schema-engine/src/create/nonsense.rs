//! Ten thousand pieces of nonsense for each thing that `create` reads: no panic, and nothing of
//! what was there is lost.

use std::{ffi::OsString, fs, os::unix::ffi::OsStringExt as _, path::Path};

use super::{
    Wanted, create,
    name::{Message, slug_of},
    register::{is_registered, register},
    template,
    tests::{LIST, at, contents},
};
use crate::schema::Kind;

const NEW: &str = "m20990101_000000_new";

/// Lists in the layouts that there are, small enough to be read ten thousand times.
const LISTS: [&str; 4] = [
    LIST,
    "mod m1;\r\n\r\nfn migrations() -> Vec<Box<dyn M>> {\r\n    vec![Box::new(m1::Migration)]\r\n}\r\n",
    "const SQL_MIGRATIONS: &[S] = &[\n    sql_migration!(\"m1\"), // é\n];\nfn migrations() { vec![] }\n",
    "mod a; /* [ */ mod z; fn migrations() { in_order(S, vec![make(), Box::new(z::Migration),]) }",
];

#[test]
fn a_list_keeps_every_letter_or_is_refused() {
    let mut random = Random(0x5eed);
    let (mut listed, mut refused) = (0, 0);
    for round in 0..10_000 {
        let kind = [Kind::Rust, Kind::Sql][round % 2];
        let list = LISTS[random.below(LISTS.len())];
        let before = random.damaged(list);
        let Ok(after) = register(&before, NEW, kind) else {
            refused += 1;
            continue;
        };
        listed += 1;
        assert!(is_registered(&before, &after, NEW, kind), "round {round}: {before}");
        let mut letters = after.chars();
        assert!(
            before.chars().all(|letter| letters.any(|kept| kept == letter)),
            "round {round}: {before}\nbecame {after}"
        );
    }
    assert!(listed > 1000 && refused > 1000, "{listed} listed, {refused} refused");
}

#[test]
fn a_message_gives_a_name_and_files_or_is_refused() {
    let mut random = Random(0xc0de);
    let mut named = 0;
    for round in 0..10_000 {
        let sense = "Add tool_notes – `all` */ 'them' $$ /* --\n\r\u{2028}\\ \"{x}\"; ../";
        let message = random.damaged(sense);
        let Ok(message) = Message::read(&message) else { continue };
        named += 1;
        let name = message.name("2026-02-03T04:05:06Z".parse().expect("a time"));
        assert_eq!(slug_of(&name), Some(message.slug.as_str()), "round {round}");
        let rust = template::rust(&message.text);
        let file: syn::File = syn::parse_str(&rust).expect("Rust");
        assert_eq!(file.items.len(), 3, "round {round}: {rust}");
        for sql in
            [template::sql_up(&name, &message.text), template::sql_down(&name, &message.text)]
        {
            let statements = sql.lines().filter(|line| !line.is_empty() && !line.starts_with("--"));
            assert_eq!(statements.count(), 1, "round {round}: {sql}");
            assert!(!sql.contains('\r'), "round {round}: {sql}");
        }
    }
    assert!(named > 1000, "{named} named");
}

#[test]
fn a_checkout_with_any_files_in_it_keeps_them() {
    let mut random = Random(0xf11e);
    let mut created = 0;
    for round in 0..100 {
        let checkout = tempfile::tempdir().expect("a folder");
        let package = checkout.path().join("mcp-schema");
        fs::create_dir_all(package.join("src/migrations")).expect("a folder");
        fs::create_dir(package.join("sql")).expect("a folder");
        // Not as rustfmt has it, which would have to be asked each time.
        fs::write(package.join("src/migrations.rs"), format!("{LIST}  ")).expect("a list");
        for _ in 0..100 {
            let folder = package.join(["src/migrations", "sql"][random.below(2)]);
            random.add_file(&folder);
        }
        let before = contents(checkout.path());
        let kind = [Kind::Rust, Kind::Sql][round % 2];
        let (schema, message) = ("mcp", "Try nonsense");
        let wanted = Wanted { schema, message, kind, module: None, changes: None };
        created += usize::from(create(checkout.path(), &wanted, at(0)).is_ok());
        let after = contents(checkout.path());
        let is_kept = |(file, text): &(_, String)| {
            let list = package.join("src/migrations.rs");
            after.iter().any(|(kept, now)| kept == file && (now == text || kept == &list))
        };
        assert!(before.iter().all(is_kept), "round {round}");
    }
    assert!(created > 10, "{created} created");
}

/// A xorshift generator: the same nonsense on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).expect("it is below a usize")
    }

    /// `sense` with up to three places cut out, doubled, moved or filled with what means much in
    /// Rust and SQL.
    fn damaged(&mut self, sense: &str) -> String {
        let mut letters: Vec<char> = sense.chars().collect();
        for _ in 0..self.below(4) {
            let start = self.below(letters.len() + 1);
            let end = start + self.below((letters.len() - start).min(12) + 1);
            let piece: Vec<char> = match self.below(4) {
                0 => letters.drain(start..end).collect(),
                1 => letters[start..end].to_vec(),
                2 => vec![['[', ']', '(', '}', '"', '\'', ',', '/', '\r', 'é'][self.below(10)]],
                _ => "mod new; // vec![".chars().collect(),
            };
            let at = self.below(letters.len() + 1);
            letters.splice(at..at, piece);
        }
        letters.into_iter().collect()
    }

    /// A file whose name nearly is a migration's, not always in Unicode.
    fn add_file(&mut self, folder: &Path) {
        let name = self.damaged("m20260203_040505_add_notes.up.sql").replace(['/', '\0'], "");
        let mut name = name.into_bytes();
        if self.below(8) == 0 {
            name.insert(self.below(name.len() + 1), 0xff);
        }
        let file = folder.join(OsString::from_vec(name));
        // The name may be that of the folder, or there already.
        if !file.exists() {
            fs::write(file, "-- mine").expect("a file");
        }
    }
}
