//! Sentences about several things that are one, where they say the same of each. Pure.

/// Something that is said of a thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Phrase {
    /// What stands before the thing.
    pub(super) before: String,
    /// The thing; none where the rest says it all.
    pub(super) thing: Option<String>,
    /// What stands behind it, where it is one and where it is several.
    pub(super) after: [String; 2],
}

impl Phrase {
    /// What is said of nothing else.
    pub(super) fn whole(text: impl Into<String>) -> Self {
        Self { before: text.into(), thing: None, after: Default::default() }
    }

    /// What reads the same of one thing and of several.
    pub(super) fn of(
        before: impl Into<String>,
        thing: impl Into<String>,
        after: impl Into<String>,
    ) -> Self {
        let after = after.into();
        Self::counted(before, thing, [after.clone(), after])
    }

    /// What reads otherwise of several things.
    pub(super) fn counted(
        before: impl Into<String>,
        thing: impl Into<String>,
        after: [String; 2],
    ) -> Self {
        Self { before: before.into(), thing: Some(thing.into()), after }
    }
}

/// The phrases in their order, each once, those of one kind where the first of them stands.
pub(super) fn told(phrases: impl IntoIterator<Item = Phrase>) -> Vec<String> {
    let mut kinds: Vec<(Phrase, Vec<String>)> = Vec::new();
    for phrase in phrases {
        let kind = Phrase { thing: None, ..phrase.clone() };
        let place = kinds.iter().position(|(known, _)| *known == kind);
        let place = place.unwrap_or_else(|| {
            kinds.push((kind, Vec::new()));
            kinds.len() - 1
        });
        let things = &mut kinds[place].1;
        things.extend(phrase.thing.filter(|thing| !things.contains(thing)));
    }
    let sentence = |(Phrase { before, after: [one, several], .. }, things): &(Phrase, Vec<_>)| {
        let after = if things.len() > 1 { several } else { one };
        format!("{before}{}{after}", list(things))
    };
    kinds.iter().map(sentence).collect()
}

/// `a`, `a and b`, `a, b and c`.
pub(super) fn list(things: &[String]) -> String {
    match things {
        [] => String::new(),
        [only] => only.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_several_things_is_said_once() {
        let holds = |thing| {
            Phrase::counted("what ", thing, [" of t holds".to_owned(), " of t hold".to_owned()])
        };
        let check = |phrases: &[Phrase], expected: &[&str]| {
            assert_eq!(told(phrases.iter().cloned()), expected);
        };
        check(&[], &[]);
        check(&[holds("a")], &["what a of t holds"]);
        check(
            &[holds("a"), Phrase::whole("the rows"), holds("b"), holds("b"), holds("c")],
            &["what a, b and c of t hold", "the rows"],
        );
        check(&[Phrase::of("x ", "a", ""), Phrase::of("y ", "a", "")], &["x a", "y a"]);
    }
}
