//! What went wrong between the two ends of an encrypted connection, and what to do about it.
//!
//! Pure, but for a look whether the file of `sslrootcert` can be read.

use std::{fs::File, io, path::PathBuf};

use sea_orm::sqlx::{self, postgres::PgSslMode};

use crate::url::DatabaseUrl;

/// Why a connection that was to be encrypted was not made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TlsError {
    /// The file with the certificate of the authority cannot be read.
    #[error("cannot read `{}`; check `sslrootcert` in {origin}", file.display())]
    RootCertificate {
        /// The file.
        file: PathBuf,
        /// Where the URL came from.
        origin: String,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The server does not encrypt.
    #[error(
        "{host}:{port} does not offer TLS; let it (`ssl = on`), or ask for less by `sslmode` in \
         {origin}"
    )]
    NotOffered {
        /// The host.
        host: String,
        /// The port.
        port: u16,
        /// Where the URL came from.
        origin: String,
    },
    /// The server's certificate is signed by somebody whom we do not trust.
    #[error(
        "nobody whom we trust signed the certificate of {host}:{port}; name the file with the \
         certificate of its authority by `sslrootcert` in {origin}"
    )]
    UnknownAuthority {
        /// The host.
        host: String,
        /// The port.
        port: u16,
        /// Where the URL came from.
        origin: String,
        /// What the check said.
        #[source]
        source: sqlx::Error,
    },
    /// The server's certificate is another host's.
    #[error(
        "the certificate of {host}:{port} is not for `{host}`; write the host in {origin} as the \
         certificate names it"
    )]
    OtherHost {
        /// The host.
        host: String,
        /// The port.
        port: u16,
        /// Where the URL came from.
        origin: String,
        /// What the check said.
        #[source]
        source: sqlx::Error,
    },
    /// Anything else in the way of encryption.
    #[error("cannot encrypt the connection to {host}:{port}; check the certificates in {origin}")]
    Refused {
        /// The host.
        host: String,
        /// The port.
        port: u16,
        /// Where the URL came from.
        origin: String,
        /// What was said.
        #[source]
        source: sqlx::Error,
    },
}

/// Refuses a file of `sslrootcert` that cannot be read: the driver would not say which it was.
pub(super) fn check_root_certificate(url: &DatabaseUrl, origin: &str) -> Result<(), TlsError> {
    let Some(file) = url.root_certificate() else { return Ok(()) };
    let origin = origin.to_owned();
    match File::open(file) {
        Ok(_) => Ok(()),
        Err(source) => Err(TlsError::RootCertificate { file: file.to_owned(), origin, source }),
    }
}

/// Tells what the driver said of encryption from what it said of anything else.
pub(super) fn recognise(
    error: sqlx::Error,
    url: &DatabaseUrl,
    origin: &str,
) -> Result<TlsError, sqlx::Error> {
    let (host, port, origin) = (url.host(), url.port(), origin.to_owned());
    // The driver keeps the library's own error to itself; what it says is what there is to go by.
    let said = error.to_string();
    let is_of_tls = match &error {
        sqlx::Error::Tls(_) => true,
        sqlx::Error::Io(error) => error.kind() == io::ErrorKind::InvalidData,
        _ => false,
    };
    if !is_of_tls || matches!(url.options().get_ssl_mode(), PgSslMode::Disable) {
        return Err(error);
    }
    Ok(if said.contains("does not support TLS") {
        TlsError::NotOffered { host, port, origin }
    } else if said.contains("UnknownIssuer") {
        TlsError::UnknownAuthority { host, port, origin, source: error }
    } else if said.contains("not valid for name") || said.contains("NotValidForName") {
        TlsError::OtherHost { host, port, origin, source: error }
    } else {
        TlsError::Refused { host, port, origin, source: error }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(error: sqlx::Error, expected: &str) {
        let url = "postgres://db/reynard?sslmode=verify-full".parse().unwrap();
        let said = recognise(error, &url, "URL")
            .map_or_else(|other| format!("other: {other}"), |error| error.to_string());
        assert_eq!(said, expected);
    }

    fn handshake(said: &str) -> sqlx::Error {
        io::Error::new(io::ErrorKind::InvalidData, said).into()
    }

    #[test]
    fn each_way_to_fail_has_its_way_out() {
        check(
            sqlx::Error::Tls("server does not support TLS".into()),
            "db:5432 does not offer TLS; let it (`ssl = on`), or ask for less by `sslmode` in URL",
        );
        check(
            handshake("invalid peer certificate: UnknownIssuer"),
            "nobody whom we trust signed the certificate of db:5432; name the file with the \
             certificate of its authority by `sslrootcert` in URL",
        );
        check(
            handshake("invalid peer certificate: certificate not valid for name \"db\""),
            "the certificate of db:5432 is not for `db`; write the host in URL as the certificate \
             names it",
        );
        check(
            handshake("invalid peer certificate: certificate expired"),
            "cannot encrypt the connection to db:5432; check the certificates in URL",
        );
        check(
            io::Error::from(io::ErrorKind::ConnectionReset).into(),
            "other: error communicating with database: connection reset",
        );
    }

    #[test]
    fn a_file_that_cannot_be_read_is_named() {
        let url = "postgres://db/d?sslmode=verify-ca&sslrootcert=/no/such/root.crt";
        let said = check_root_certificate(&url.parse().unwrap(), "URL").unwrap_err().to_string();
        assert_eq!(said, "cannot read `/no/such/root.crt`; check `sslrootcert` in URL");
        let url = "postgres://db/d?sslmode=verify-full".parse().unwrap();
        assert!(check_root_certificate(&url, "URL").is_ok());
    }
}
