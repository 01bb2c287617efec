//! Call chains, laid out as rustfmt does it. Pure.

/// The longest line.
pub(super) const WIDTH: usize = 100;

const STEP: usize = 4;

/// A value, and what is called on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chain {
    head: String,
    calls: Vec<Call>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Call {
    name: &'static str,
    arguments: Arguments,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Arguments {
    /// As they stand.
    Plain(String),
    /// One, which can be laid out.
    Chain(Chain),
}

impl Chain {
    /// Nothing but `head`.
    pub(super) fn of(head: impl Into<String>) -> Self {
        Self { head: head.into(), calls: Vec::new() }
    }

    /// The same with a call more.
    pub(super) fn call(mut self, name: &'static str, arguments: impl Into<String>) -> Self {
        self.calls.push(Call { name, arguments: Arguments::Plain(arguments.into()) });
        self
    }

    /// The same with a call more, of one argument.
    pub(super) fn call_with(mut self, name: &'static str, argument: Self) -> Self {
        self.calls.push(Call { name, arguments: Arguments::Chain(argument) });
        self
    }

    /// The same with the calls of another, where both begin alike.
    pub(super) fn followed_by(mut self, other: &Self) -> Option<Self> {
        (self.head == other.head).then(|| {
            self.calls.extend(other.calls.iter().cloned());
            self
        })
    }

    /// All of it on one line.
    pub(super) fn one_line(&self) -> String {
        let calls = self.calls.iter().map(Call::one_line);
        format!("{}{}", self.head, calls.collect::<String>())
    }

    /// As it stands at `indent`, where `used` columns of the first line are taken and `more` are
    /// needed behind the last.
    pub(super) fn laid_out(&self, indent: usize, used: usize, more: usize) -> String {
        let one_line = self.one_line();
        if used + one_line.chars().count() + more <= WIDTH || self.calls.is_empty() {
            return one_line;
        }
        let margin = " ".repeat(indent + STEP);
        let last = self.calls.len() - 1;
        let calls = self.calls.iter().enumerate().map(|(place, call)| {
            let more = if place == last { more } else { 0 };
            format!("\n{margin}{}", call.laid_out(indent + STEP, more))
        });
        format!("{}{}", self.head, calls.collect::<String>())
    }
}

impl Call {
    fn one_line(&self) -> String {
        let arguments = match &self.arguments {
            Arguments::Plain(text) => text.clone(),
            Arguments::Chain(chain) => chain.one_line(),
        };
        format!(".{}({arguments})", self.name)
    }

    fn laid_out(&self, indent: usize, more: usize) -> String {
        let one_line = self.one_line();
        let fits = indent + one_line.chars().count() + more <= WIDTH;
        match &self.arguments {
            Arguments::Chain(chain) if !fits => {
                let (inner, margin) = (indent + STEP, " ".repeat(indent));
                let argument = chain.laid_out(inner, inner, ",".len());
                format!(".{}(\n{margin}    {argument},\n{margin})", self.name)
            }
            _ => one_line,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_is_broken_where_it_must_be() {
        let check = |chain: &Chain, expected: &str| {
            assert_eq!(chain.laid_out(0, 0, 1), expected);
        };
        let short = Chain::of("a()").call("b", "1, 2").call_with("c", Chain::of("d").call("e", ""));
        check(&short, "a().b(1, 2).c(d.e())");
        let long = Chain::of("a()").call("b", format!("\"{}\"", "x".repeat(88)));
        check(
            &long.clone().call_with("c", Chain::of("d").call("e", "").call("f", "1")),
            &format!("a()\n    .b(\"{}\")\n    .c(d.e().f(1))", "x".repeat(88)),
        );
        check(
            &long.clone().call_with("c", long.call("g", "7")),
            &format!(
                "a()\n    .b(\"{0}\")\n    .c(\n        a()\n            .b(\"{0}\")\n            \
                 .g(7),\n    )",
                "x".repeat(88)
            ),
        );
    }
}
