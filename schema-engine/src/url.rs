//! The URL of a database, which never shows its password. Pure.

use std::{
    fmt,
    path::{Path, PathBuf},
    str::FromStr,
};

use sea_orm::sqlx::postgres::{PgConnectOptions, PgSslMode};

/// A URL that names no PostgreSQL database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UrlError {
    /// It does not begin as one.
    #[error("it does not begin with postgres:// or postgresql://")]
    Scheme,
    /// It begins as one and goes on as something else.
    #[error(
        "it cannot be parsed as postgres://USER:PASSWORD@HOST:PORT/DATABASE; \
         a character like @ : / % # in the password must be percent-encoded"
    )]
    Malformed,
    /// What it asks for behind `?` would be left undone, or is the rest of a password.
    #[error(
        "behind `?` it has a parameter that is none of {}; a `?` in the password must be \
         percent-encoded", PARAMETERS.join(", ")
    )]
    Parameter,
    /// It does not say which database.
    #[error("it names no database: postgres://USER:PASSWORD@HOST:PORT/DATABASE")]
    NoDatabase,
}

/// What may stand behind `?`, beside `options[…]`. The driver ignores what it does not know: a
/// misspelt `sslmode` would give a connection that anybody can read.
const PARAMETERS: [&str; 13] = [
    "sslmode",
    "sslrootcert",
    "sslcert",
    "sslkey",
    "host",
    "hostaddr",
    "port",
    "dbname",
    "user",
    "password",
    "application_name",
    "options",
    "statement-cache-capacity",
];

/// Where a PostgreSQL database is and how to log in. `Debug` and `Display` leave the login out.
#[derive(Clone)]
pub struct DatabaseUrl {
    // Boxed: it is large, and a location mostly is an embedded one.
    options: Box<PgConnectOptions>,
    root_certificate: Option<PathBuf>,
}

impl DatabaseUrl {
    /// Its connect options, password included.
    pub fn options(&self) -> &PgConnectOptions {
        &self.options
    }

    /// The host, or the folder of the socket.
    pub fn host(&self) -> String {
        self.options
            .get_socket()
            .map_or_else(|| self.options.get_host().to_owned(), |path| path.display().to_string())
    }

    /// The port.
    pub fn port(&self) -> u16 {
        self.options.get_port()
    }

    /// The database.
    pub fn database(&self) -> &str {
        self.options.get_database().unwrap_or_default()
    }

    /// The file with the certificate of the authority that signed the server's, if it names one.
    pub fn root_certificate(&self) -> Option<&Path> {
        self.root_certificate.as_deref()
    }

    /// The same server and login, another database.
    #[must_use]
    pub fn with_database(&self, database: &str) -> Self {
        let options = Box::new(self.options().clone().database(database));
        Self { options, root_certificate: self.root_certificate.clone() }
    }
}

impl FromStr for DatabaseUrl {
    type Err = UrlError;

    fn from_str(text: &str) -> Result<Self, UrlError> {
        if !text.starts_with("postgres://") && !text.starts_with("postgresql://") {
            return Err(UrlError::Scheme);
        }
        refuse_stray_password(text)?;
        // The parser's own message may repeat a part of the URL.
        let options: PgConnectOptions = text.parse().map_err(|_| UrlError::Malformed)?;
        match options.get_database() {
            Some(name) if !name.is_empty() => {
                let root_certificate = root_certificate(text);
                // As libpq has it: whoever names a root wants the certificate checked by it.
                let options = match (options.get_ssl_mode(), &root_certificate) {
                    (PgSslMode::Require, Some(_)) => options.ssl_mode(PgSslMode::VerifyCa),
                    _ => options,
                };
                Ok(Self { options: Box::new(options), root_certificate })
            }
            _ => Err(UrlError::NoDatabase),
        }
    }
}

/// A password with a bare `/`, `?` or `#` in it ends the login where it stands: its rest would be
/// taken for a database or a parameter, and shown as one.
fn refuse_stray_password(text: &str) -> Result<(), UrlError> {
    let (place, query) = text.split_once('?').unwrap_or((text, ""));
    let path = place.splitn(4, '/').nth(3).unwrap_or_default();
    if text.contains('#') || path.contains('@') || query.starts_with('@') {
        return Err(UrlError::Malformed);
    }
    let mut names = query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
        let (name, _) = pair.split_once('=').unwrap_or((pair, ""));
        name
    });
    if names.all(|name| PARAMETERS.contains(&name) || name.starts_with("options[")) {
        Ok(())
    } else {
        Err(UrlError::Parameter)
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} at {}:{}", self.database(), self.host(), self.port())
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "DatabaseUrl({self})")
    }
}

/// The file that a URL names; a certificate that is written out in it is no file.
fn root_certificate(url: &str) -> Option<PathBuf> {
    let (_, query) = url.split_once('?')?;
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let value = decoded(pairs.rfind(|(name, _)| *name == "sslrootcert")?.1);
    (!value.trim_start().starts_with("-----BEGIN")).then(|| value.into())
}

/// A value of a query, which has `+` for a space and `%` before the two digits of a byte.
fn decoded(text: &str) -> String {
    let mut pieces = text.split('%');
    let mut bytes: Vec<u8> = pieces.next().unwrap_or_default().replace('+', " ").into_bytes();
    for piece in pieces {
        let digits = piece.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match digits {
            Some(byte) => {
                bytes.push(byte);
                bytes.extend(piece[2..].replace('+', " ").bytes());
            }
            None => bytes.extend(format!("%{piece}").bytes()),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(url: &str, expected: &str) {
        let shown = url.parse::<DatabaseUrl>().map_or_else(
            |error| error.to_string(),
            |url| {
                assert!(!format!("{url:?}").contains("hunter2"));
                url.to_string()
            },
        );
        assert_eq!(shown, expected, "{url}");
    }

    #[test]
    fn a_url_shows_where_and_never_who() {
        check("postgres://ana:hunter2@db.internal:6432/reynard", "reynard at db.internal:6432");
        check("postgresql://ana:hunter2%40%3A@[::1]/reynard", "reynard at [::1]:5432");
        check("postgres://ana:hunter2@db/reynard?sslmode=require", "reynard at db:5432");
    }

    #[test]
    fn a_root_certificate_is_one_to_check_by() {
        let check = |parameters: &str, expected: &str| {
            let url = format!("postgres://db/d?{parameters}");
            let url: DatabaseUrl = url.parse().unwrap();
            let mode = format!("{:?}", url.options().get_ssl_mode());
            let root = url.root_certificate().map(|file| format!(" {}", file.display()));
            assert_eq!(mode + root.as_deref().unwrap_or_default(), expected, "{parameters}");
        };
        check("sslmode=require", "Require");
        check("sslmode=require&sslrootcert=/a%20b/root.crt", "VerifyCa /a b/root.crt");
        check("sslmode=verify-full&sslrootcert=root.crt", "VerifyFull root.crt");
        check("sslmode=verify-full&sslrootcert=-----BEGIN%20CERTIFICATE-----", "VerifyFull");
        check("sslrootcert=a+b%2F100%.crt&sslmode=verify-ca", "VerifyCa a b/100%.crt");
    }

    #[test]
    fn what_is_no_url_is_refused_without_being_repeated() {
        check("hunter2", "it does not begin with postgres:// or postgresql://");
        check(
            "mysql://ana:hunter2@db/reynard",
            "it does not begin with postgres:// or postgresql://",
        );
        let malformed = UrlError::Malformed.to_string();
        check("postgres://ana:hunter2@db:port/reynard", &malformed);
        check("postgres://ana:hunter2@db", &UrlError::NoDatabase.to_string());
    }

    #[test]
    fn a_password_may_hold_what_it_encodes_and_what_ends_no_login() {
        for password in ["hunter2%40%3A%25%2F%3F%23", "hunter2@:", "hunter2:@den", "100%hunter2"] {
            check(&format!("postgres://ana:{password}@db/reynard"), "reynard at db:5432");
        }
        for parameters in ["password=hunter2%40", "sslmode=disable&password=hunter2@:"] {
            check(&format!("postgres://ana@db/reynard?{parameters}"), "reynard at db:5432");
        }
    }

    #[test]
    fn the_rest_of_a_password_is_no_database_and_no_parameter() {
        let (malformed, parameter) =
            (UrlError::Malformed.to_string(), UrlError::Parameter.to_string());
        for (password, expected) in [
            ("1/hunter2", &malformed),
            ("1/hunter2?", &malformed),
            ("1#hunter2", &malformed),
            ("1/a#hunter2", &malformed),
            ("1?hunter2", &parameter),
            ("1/a?hunter2=", &parameter),
            ("%ffhunter2", &malformed),
        ] {
            check(&format!("postgres://ana:{password}@db/reynard"), expected);
        }
        check("postgres://ana@db/reynard?sslmod=require", &parameter);
        check("postgres://ana@db/reynard?pasword=hunter2", &parameter);
    }
}
