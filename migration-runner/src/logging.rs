//! Log lines on stderr, beside the output and never in it.

use std::io;

use tracing_subscriber::{
    EnvFilter, filter::filter_fn, layer::SubscriberExt as _, util::SubscriberInitExt as _,
};

use crate::output;

/// Which folder the e-mail files were read from belongs to the run; the rest only on request.
const QUIET: &str = "warn,sqlx=error,main_schema=info";
const VERBOSE: &str = "info,sqlx=warn";
const VERY_VERBOSE: &str = "debug";

/// Starts logging: `RUST_LOG` if it is set, else by the number of `-v`.
pub(crate) fn init(verbose: u8) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| {
        EnvFilter::new(match verbose {
            0 => QUIET,
            1 => VERBOSE,
            _ => VERY_VERBOSE,
        })
    });
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        .with_ansi(output::paints(&io::stderr()))
        .with_target(verbose > 0)
        .without_time()
        .finish()
        .with(filter_fn(|event| {
            let has = |field: &str| event.fields().field(field).is_some();
            // The driver would repeat a malformed line of a password file, or a parameter of a URL.
            !(event.target().starts_with("sqlx_postgres::options") && (has("line") || has("value")))
        }))
        .init();
}
