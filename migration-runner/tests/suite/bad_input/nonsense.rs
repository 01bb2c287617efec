//! Ten thousand pieces of nonsense of each kind, from seeds that stay: no panic, no secret.

use std::{fs, path::Path};

use schema_engine::{database::select, environment::Environment, location, location::Wishes};

/// Ten thousand of each kind, from a seed that is printed where one fails.
#[test]
fn nonsense_is_refused_without_a_panic_and_without_a_secret() {
    let mut random = Random(0x5eed);
    let none = Environment::default();
    for round in 0..10_000 {
        let url = random.nonsense("postgres://ana:hunter2@h:1/d?sslmode=require&password=hunter2%");
        let name = random.nonsense("auth main ecs mcp e2e all_");
        let variables = [("ECS_DATABASE_URL", url.as_str()), ("E2E_DATABASE_URL", name.as_str())];
        let environment = Environment::of(&variables, &[]);
        let databases = select(&["ecs", "e2e"]).expect("names");
        let located =
            location::locate(&databases, &Wishes::default(), &environment, Path::new("/"));
        let shown = match &located {
            Ok(located) => located.iter().map(location::Located::line).collect(),
            Err(error) => format!("{error} {error:?}"),
        };
        assert!(!shown.contains("hunter2"), "round {round}: {shown}");
        if let Err(error) = select(&[&name]) {
            assert!(error.to_string().contains("there is no database"), "round {round}");
        }
        let wishes = Wishes { database_url: Some(url), ..Wishes::default() };
        let _ = location::locate(&databases[..1], &wishes, &none, Path::new("/"));
    }
}

#[test]
fn nonsense_in_a_dotenv_file_is_refused_without_a_panic_and_without_a_secret() {
    let mut random = Random(0xd07e);
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join(".env");
    for round in 0..10_000 {
        let text = random.nonsense("ECS_DATABASE_URL='postgres://ana:hunter2@h/d'\n#=\"$\\{}é ");
        fs::write(&file, text).expect("a file");
        let read = Environment::read(folder.path(), &schema_engine::environment::Dotenv::Root);
        let shown = match read {
            Ok(environment) => format!("{environment:?}"),
            Err(error) => format!("{error} {error:?}"),
        };
        assert!(!shown.contains("hunter2"), "round {round}: {shown}");
    }
}

/// A xorshift generator: the same nonsense on every machine.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % below as u64).expect("it is below a usize")
    }

    /// Pieces of `sense`, repeated, cut and shuffled.
    pub(crate) fn nonsense(&mut self, sense: &str) -> String {
        let letters: Vec<char> = sense.chars().collect();
        let mut text = String::new();
        for _ in 0..=self.next(4) {
            let start = self.next(letters.len());
            let end = start + self.next(letters.len() - start + 1);
            text.extend(&letters[start..end]);
            if self.next(3) == 0 {
                text.push(letters[self.next(letters.len())]);
            }
        }
        text
    }
}
