//! The catalog of a database: what it holds beside its rows, as values that can be compared,
//! written down and read again.
//!
//! [`inspect()`] reads it; everything else here is pure.

mod assemble;
pub mod fingerprint;
pub mod identifier;
pub mod inspect;
pub mod listing;
pub mod model;
pub(crate) mod normalize;
mod registry;
mod rows;

pub use fingerprint::Fingerprint;
pub use identifier::{QualifiedName, Signature};
pub use inspect::{InspectError, Options, Source, inspect};
pub use model::Catalog;
