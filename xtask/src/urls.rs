//! Finds the URLs among the arguments of a command: they hold passwords. Pure.

/// The options that take a URL, the letter of those that have one, and the variable that the
/// runner reads in their place.
const OPTIONS: [(&str, Option<char>, &str); 2] = [
    ("--database-url", Some('u'), "REYNARD_DATABASE_URL"),
    ("--shadow-url", None, "REYNARD_SHADOW_URL"),
];

/// Takes every URL out of `arguments`, in whichever way its option is written; gives the variables
/// that say the same, and the rest.
pub(crate) fn take(arguments: &[String]) -> (Vec<(&'static str, String)>, Vec<String>) {
    let mut urls = Vec::new();
    let mut rest = Vec::new();
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        let Some(Found { variable, flags, value }) = find(word) else {
            rest.push(word.clone());
            continue;
        };
        match value.or_else(|| words.next().map(String::as_str)) {
            Some(url) => {
                urls.push((variable, url.to_owned()));
                rest.extend((flags.len() > 1).then(|| flags.to_owned()));
            }
            None => rest.push(word.clone()),
        }
    }
    (urls, rest)
}

/// An option for a URL, in one word.
struct Found<'a> {
    variable: &'static str,
    /// `-v` and the like, where that shares the word.
    flags: &'a str,
    /// The URL; none where it is the next word.
    value: Option<&'a str>,
}

fn find(word: &str) -> Option<Found<'_>> {
    OPTIONS.iter().find_map(|(long, letter, variable)| {
        if let Some(value) = word.strip_prefix(long) {
            let is_option = value.is_empty() || value.starts_with('=');
            return is_option.then(|| Found {
                variable,
                flags: "",
                value: value.strip_prefix('='),
            });
        }
        let (flags, value) = word.split_once((*letter)?)?;
        let is_short = flags.strip_prefix('-')?.bytes().all(|flag| flag == b'v');
        let value = (!value.is_empty()).then(|| value.strip_prefix('=').unwrap_or(value));
        is_short.then_some(Found { variable, flags, value })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(command: &str, expected: &str) {
        let words: Vec<String> = command.split_whitespace().map(str::to_owned).collect();
        let (urls, rest) = take(&words);
        let urls = urls.iter().map(|(variable, url)| format!("{variable}={url} "));
        assert_eq!(urls.collect::<String>() + &rest.join(" "), expected, "{command}");
    }

    #[test]
    fn a_url_becomes_a_variable() {
        for command in [
            "migrate ecs -u U",
            "migrate ecs -uU",
            "migrate -u=U ecs",
            "migrate --database-url U ecs",
            "migrate --database-url=U ecs",
        ] {
            check(command, "REYNARD_DATABASE_URL=U migrate ecs");
        }
        check("migrate -vvu U ecs", "REYNARD_DATABASE_URL=U migrate -vv ecs");
        check("checksums --shadow-url U ecs", "REYNARD_SHADOW_URL=U checksums ecs");
        check(
            "checksums -u U --shadow-url=S",
            "REYNARD_DATABASE_URL=U REYNARD_SHADOW_URL=S checksums",
        );
    }

    #[test]
    fn everything_else_stays() {
        for command in [
            "migrate ecs -u",
            "migrate ecs --user x",
            "upgrade ecs -v",
            "migrate --database-urls=U",
            "create ecs -m u",
        ] {
            check(command, command);
        }
    }
}
