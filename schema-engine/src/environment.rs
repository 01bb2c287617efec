//! What the environment says about databases: the process's variables over those of a `.env` file.
//!
//! Reads the process environment, one `.env` file and the files that `<VARIABLE>_FILE` names.

use std::{
    collections::HashMap,
    fs, io,
    path::{Path, PathBuf},
};

/// Why the environment could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EnvironmentError {
    /// A line of the `.env` file is no assignment.
    #[error("cannot parse {}: line {line}", file.display())]
    Syntax {
        /// The `.env` file.
        file: PathBuf,
        /// The line, from 1.
        line: usize,
    },
    /// A file that was named cannot be read.
    #[error("cannot read {}, which {named_by} names", file.display())]
    File {
        /// The file.
        file: PathBuf,
        /// The option or variable that names it.
        named_by: String,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// A value came both ways.
    #[error("both `{variable}` and `{variable}_FILE` are set; keep one")]
    Twice {
        /// The variable that holds the value itself.
        variable: String,
    },
    /// A variable is there but says nothing.
    #[error("`{variable}` is set but empty; give it a URL or unset it")]
    Empty {
        /// The variable.
        variable: String,
    },
}

/// Which `.env` file counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dotenv {
    /// `.env` of the root, if it is there.
    Root,
    /// This file, which must be there.
    File(PathBuf),
    /// None.
    Off,
}

/// A value and what to tell the user about where it came from.
#[derive(Clone, PartialEq, Eq)]
pub struct Found {
    /// The value; it may hold a password.
    pub value: String,
    /// The variable that held it, with the file that the variable stood in or named.
    pub origin: String,
}

/// The variables of a run. Its `Debug` shows no values.
#[derive(Default, Clone)]
pub struct Environment {
    process: HashMap<String, String>,
    dotenv: HashMap<String, String>,
    dotenv_name: String,
}

impl std::fmt::Debug for Environment {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Environment")
            .field("dotenv_name", &self.dotenv_name)
            .finish_non_exhaustive()
    }
}

impl Environment {
    /// Reads the process's variables and the `.env` file that `dotenv` asks for.
    ///
    /// # Errors
    ///
    /// [`EnvironmentError::Syntax`] and [`EnvironmentError::File`].
    pub fn read(root: &Path, dotenv: &Dotenv) -> Result<Self, EnvironmentError> {
        // A variable that is no Unicode cannot be a URL.
        let process = std::env::vars_os().filter_map(|(name, value)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        });
        let (file, named_by) = match dotenv {
            Dotenv::Off => (None, String::new()),
            Dotenv::Root => (Some(root.join(".env")).filter(|file| file.exists()), ".env".into()),
            Dotenv::File(file) => (Some(file.clone()), "`--env-file`".into()),
        };
        let dotenv = file.as_deref().map(|file| read_dotenv(file, &named_by)).transpose()?;
        let dotenv_name = match dotenv {
            Some(_) if named_by == ".env" => named_by,
            _ => file.map(|file| file.display().to_string()).unwrap_or_default(),
        };
        Ok(Self { process: process.collect(), dotenv: dotenv.unwrap_or_default(), dotenv_name })
    }

    /// An environment of just these process variables and these of a `.env` file.
    pub fn of(process: &[(&str, &str)], dotenv: &[(&str, &str)]) -> Self {
        let owned = |pairs: &[(&str, &str)]| {
            pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
        };
        Self { process: owned(process), dotenv: owned(dotenv), dotenv_name: ".env".to_owned() }
    }

    /// The value of `variable`, or of the file that `<variable>_FILE` names; the process's over
    /// the `.env` file's.
    ///
    /// # Errors
    ///
    /// [`EnvironmentError::Twice`], [`EnvironmentError::Empty`] and [`EnvironmentError::File`].
    pub fn secret(&self, variable: &str) -> Result<Option<Found>, EnvironmentError> {
        for (variables, place) in
            [(&self.process, String::new()), (&self.dotenv, format!(", {}", self.dotenv_name))]
        {
            let file_variable = format!("{variable}_FILE");
            let found = match (variables.get(variable), variables.get(&file_variable)) {
                (None, None) => continue,
                (Some(_), Some(_)) => {
                    return Err(EnvironmentError::Twice { variable: variable.to_owned() });
                }
                (Some(value), None) => {
                    Found { value: value.trim().to_owned(), origin: format!("{variable}{place}") }
                }
                (None, Some(file)) => {
                    let origin = format!("{file_variable}{place}");
                    let value =
                        fs::read_to_string(file).map_err(|source| EnvironmentError::File {
                            file: file.into(),
                            named_by: file_variable,
                            source,
                        })?;
                    Found { value: value.trim().to_owned(), origin }
                }
            };
            if found.value.is_empty() {
                let variable = found.origin.split(',').next().unwrap_or_default().to_owned();
                return Err(EnvironmentError::Empty { variable });
            }
            return Ok(Some(found));
        }
        Ok(None)
    }

    /// The same without one variable.
    #[must_use]
    pub fn without(&self, variable: &str) -> Self {
        let mut rest = self.clone();
        for variables in [&mut rest.process, &mut rest.dotenv] {
            variables.remove(variable);
            variables.remove(&format!("{variable}_FILE"));
        }
        rest
    }

    /// The value of a variable that holds no secret; the process's over the `.env` file's.
    pub fn plain(&self, variable: &str) -> Option<&str> {
        let value = self.process.get(variable).or_else(|| self.dotenv.get(variable));
        value.map(|value| value.trim())
    }
}

fn read_dotenv(file: &Path, named_by: &str) -> Result<HashMap<String, String>, EnvironmentError> {
    let text = fs::read_to_string(file).map_err(|source| EnvironmentError::File {
        file: file.to_owned(),
        named_by: named_by.to_owned(),
        source,
    })?;
    let mut variables = HashMap::new();
    for entry in dotenvy::from_read_iter(text.as_bytes()) {
        // The parser's own message repeats the line, which may hold a password.
        let (name, value) = entry.map_err(|error| EnvironmentError::Syntax {
            file: file.to_owned(),
            line: faulty_line(&text, &error),
        })?;
        variables.entry(name).or_insert(value);
    }
    Ok(variables)
}

fn faulty_line(text: &str, error: &dotenvy::Error) -> usize {
    let dotenvy::Error::LineParse(faulty, _) = error else { return 1 };
    text.lines().position(|line| line.trim() == faulty.trim()).unwrap_or_default() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(process: &[(&str, &str)], dotenv: &[(&str, &str)], expected: &str) {
        let answer = match Environment::of(process, dotenv).secret("ECS_DATABASE_URL") {
            Ok(None) => "none".to_owned(),
            Ok(Some(found)) => format!("{} from {}", found.value, found.origin),
            Err(error) => format!("error: {error}"),
        };
        assert_eq!(answer, expected);
    }

    #[test]
    fn the_process_wins_over_the_file() {
        check(&[], &[], "none");
        check(&[], &[("ECS_DATABASE_URL", "b")], "b from ECS_DATABASE_URL, .env");
        check(
            &[("ECS_DATABASE_URL", "a")],
            &[("ECS_DATABASE_URL", "b")],
            "a from ECS_DATABASE_URL",
        );
    }

    #[test]
    fn what_is_set_must_say_something_and_say_it_once() {
        check(
            &[("ECS_DATABASE_URL", " ")],
            &[],
            "error: `ECS_DATABASE_URL` is set but empty; give it a URL or unset it",
        );
        check(
            &[("ECS_DATABASE_URL", "a"), ("ECS_DATABASE_URL_FILE", "b")],
            &[],
            "error: both `ECS_DATABASE_URL` and `ECS_DATABASE_URL_FILE` are set; keep one",
        );
        check(
            &[("ECS_DATABASE_URL_FILE", "/nowhere/at/all")],
            &[],
            "error: cannot read /nowhere/at/all, which ECS_DATABASE_URL_FILE names",
        );
    }

    #[test]
    fn a_line_that_is_no_assignment_is_named_and_not_shown() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(".env");
        fs::write(&file, "A=1\nECS_DATABASE_URL='postgres://u:hunter2@h/d\n").unwrap();
        let error = Environment::read(folder.path(), &Dotenv::Root).unwrap_err();
        assert_eq!(error.to_string(), format!("cannot parse {}: line 2", file.display()));
        assert!(!format!("{error:?}").contains("hunter2"));
    }
}
