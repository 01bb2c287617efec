//! The head of a generated migration: what it does, and what that costs. Pure.

use super::story;
use crate::diff::Change;

/// The longest line.
const WIDTH: usize = 100;

/// Writes it as documentation, with the empty line that ends it.
pub(super) fn header(sentence: &str, up: &[Change], down: &[Change]) -> String {
    let mut paragraphs = vec![wrapped(sentence, "//! ", "//! ")];
    let deeds = story::deeds(up);
    if !deeds.is_empty() {
        let items = deeds.iter().map(|deed| wrapped(deed, "//! - ", "//!   "));
        paragraphs.push(items.collect::<Vec<_>>().join("\n"));
    }
    let lost = |changes: &[Change]| story::losses(changes);
    paragraphs.push(wrapped(&story::reversal(&lost(up), &lost(down)), "//! ", "//! "));
    let hazards = story::hazards(up);
    if !hazards.is_empty() {
        let text = format!("Hazards: `up` {}.", hazards.join("; it "));
        paragraphs.push(wrapped(&text, "//! ", "//! "));
    }
    paragraphs.join("\n//!\n") + "\n"
}

fn wrapped(text: &str, first: &str, next: &str) -> String {
    let mut lines = vec![first.to_owned()];
    let mut is_begun = false;
    for word in text.split_whitespace() {
        let line = lines.last_mut().map(|line| line.chars().count()).unwrap_or_default();
        if is_begun && line + 1 + word.chars().count() > WIDTH {
            lines.push(next.to_owned());
            is_begun = false;
        }
        if let Some(line) = lines.last_mut() {
            if is_begun {
                line.push(' ');
            }
            line.push_str(word);
            is_begun = true;
        }
    }
    lines.join("\n")
}
