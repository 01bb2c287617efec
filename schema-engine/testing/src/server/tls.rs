//! A server that encrypts, with a certificate for `localhost` that an authority of its own signed.

use std::{path::PathBuf, sync::LazyLock};

use super::Server;

static SERVER: LazyLock<Server> = LazyLock::new(|| Server::prepared(Some((CERTIFICATES, OPTIONS))));

/// The server of this test process that encrypts, started when it is first asked for.
pub fn tls_server() -> &'static Server {
    &SERVER
}

const OPTIONS: &str = "-c ssl=on -c ssl_cert_file=../server.crt -c ssl_key_file=../server.key";

/// An authority, one that has signed nothing, and a server's certificate.
const CERTIFICATES: &str = r#"
new="-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
{
    for authority in root other; do
        openssl req -x509 $new -days 2 -subj "/CN=$authority" \
            -keyout $authority.key -out $authority.crt
    done
    openssl req $new -subj /CN=localhost -keyout server.key -out server.csr
    printf 'subjectAltName = DNS:localhost\nbasicConstraints = CA:FALSE\n' >server.extensions
    openssl x509 -req -in server.csr -CA root.crt -CAkey root.key -CAcreateserial -days 2 \
        -extfile server.extensions -out server.crt
} 2>openssl.log
"#;

impl Server {
    /// The certificate of the authority that signed this server's.
    pub fn root_certificate(&self) -> PathBuf {
        self.folder.join("root.crt")
    }

    /// The certificate of an authority that did not.
    pub fn other_certificate(&self) -> PathBuf {
        self.folder.join("other.crt")
    }
}
