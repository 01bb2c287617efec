//! Where a database is, whether what passes on the way is encrypted, and which server it is. Pure.

use sea_orm::sqlx::postgres::PgSslMode;

use super::{Finding, look::Look};
use crate::location::Location;

pub(super) const CHECK: &str = "connection";
const VERSION: &str = "server version";

/// The oldest server that the migrations are made for.
const OLDEST: u32 = 14;

pub(super) fn examine(look: &Look<'_>) -> Vec<Finding> {
    let connection = match &look.opened.located.location {
        Location::Embedded { shown, .. } => {
            Finding::fine(CHECK, format!("embedded PostgreSQL at {shown}"))
        }
        Location::Server { url, origin } => {
            let place = format!("{url}, as `{}`", look.role.name);
            let (host, mode) = (url.host(), url.options().get_ssl_mode());
            secrecy(&place, &host, mode, look.role.encryption.as_deref(), origin)
        }
    };
    vec![connection, version(&look.opened.state.server_version)]
}

/// Judges by what the server says of the connection, and by what its URL asked to be checked.
fn secrecy(
    place: &str,
    host: &str,
    mode: PgSslMode,
    encryption: Option<&str>,
    origin: &str,
) -> Finding {
    let Some(encryption) = encryption else {
        let text = format!("{place}, not encrypted");
        if is_here(host) {
            return Finding::fine(CHECK, format!("{text}, on this machine"));
        }
        let fix = format!("write `sslmode=verify-full` into the URL in {origin}");
        return Finding::warning(CHECK, text, fix);
    };
    let text = format!("{place}, encrypted ({encryption})");
    match mode {
        PgSslMode::VerifyFull => {
            Finding::fine(CHECK, format!("{text}, certificate and host name checked"))
        }
        _ if is_here(host) => Finding::fine(CHECK, text),
        // The driver trusts the public authorities too, and they sign for anybody.
        PgSslMode::VerifyCa => Finding::warning(
            CHECK,
            format!("{text}, certificate checked, but not that it is this host's"),
            format!("write `sslmode=verify-full` into the URL in {origin}"),
        ),
        _ => Finding::warning(
            CHECK,
            format!("{text}, certificate not checked"),
            format!(
                "write `sslmode=verify-full` into the URL in {origin}, and `sslrootcert=FILE` \
                 where no public authority signed the certificate"
            ),
        ),
    }
}

fn is_here(host: &str) -> bool {
    let host = host.trim_matches(['[', ']']);
    host.starts_with('/') || host == "localhost" || host == "::1" || host.starts_with("127.")
}

fn version(server_version: &str) -> Finding {
    let digits = server_version.split(|letter: char| !letter.is_ascii_digit()).next();
    match digits.and_then(|digits| digits.parse::<u32>().ok()) {
        Some(major) if major < OLDEST => Finding::problem(
            VERSION,
            format!("PostgreSQL {server_version}, older than {OLDEST}"),
            "upgrade the server",
        ),
        _ => Finding::fine(VERSION, format!("PostgreSQL {server_version}")),
    }
}

#[cfg(test)]
mod tests {
    use super::{super::finding::lines, *};

    fn check(host: &str, mode: &str, encryption: Option<&str>, expected: &str) {
        let mode = mode.parse().unwrap();
        let finding = secrecy("d at h:1", host, mode, encryption, "URL");
        assert_eq!(lines(&[finding]), [expected], "{host} {mode:?}");
    }

    #[test]
    fn what_passes_over_a_network_is_to_be_encrypted_and_checked() {
        let tls = Some("tls");
        check(
            "db.internal",
            "verify-full",
            tls,
            "fine: d at h:1, encrypted (tls), certificate and host name checked",
        );
        check(
            "db.internal",
            "verify-ca",
            tls,
            "warning: d at h:1, encrypted (tls), certificate checked, but not that it is this \
             host's; write `sslmode=verify-full` into the url in url",
        );
        check(
            "db.internal",
            "prefer",
            tls,
            "warning: d at h:1, encrypted (tls), certificate not checked; write \
             `sslmode=verify-full` into the url in url, and `sslrootcert=file` where no public \
             authority signed the certificate",
        );
        check(
            "db.internal",
            "prefer",
            None,
            "warning: d at h:1, not encrypted; write `sslmode=verify-full` into the url in url",
        );
    }

    #[test]
    fn what_stays_on_the_machine_is_nobodys_to_read() {
        for host in ["/run/postgresql", "localhost", "127.0.0.1", "[::1]"] {
            check(host, "prefer", None, "fine: d at h:1, not encrypted, on this machine");
            check(host, "require", Some("tls"), "fine: d at h:1, encrypted (tls)");
        }
    }

    #[test]
    fn an_old_server_is_a_problem() {
        let check = |version: &str, expected: &str| {
            assert_eq!(lines(&[super::version(version)]), [expected]);
        };
        check("18.0", "fine: postgresql 18.0");
        check("14.2 (Debian 14.2-1)", "fine: postgresql 14.2 (debian 14.2-1)");
        check("13.9", "problem: postgresql 13.9, older than 14; upgrade the server");
        check("17beta1", "fine: postgresql 17beta1");
    }
}
