//! What the other suites measure with is itself measured here.

mod catalog;
