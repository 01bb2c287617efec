//! Takes out of what was printed all that another run on another machine would print otherwise.

/// The text of a command: durations, moments, who ran it and the port.
pub(crate) fn mask_text(text: &str) -> String {
    let text = without_times(text);
    text.lines().map(mask_run).map(|line| mask_port(&line) + "\n").collect()
}

/// The JSON document of a command: the same, by the keys that it stands behind.
pub(crate) fn mask_json(document: &str) -> String {
    let keys =
        ["actor", "applied_at", "duration_ms", "finished_at", "host", "started_at", "tool_version"];
    let masked = document.lines().map(|line| {
        let value = line.trim_start().strip_prefix('"').and_then(|rest| rest.split_once("\": "));
        match value {
            Some((key, value)) if keys.contains(&key) && !value.starts_with("null") => {
                let comma = if line.ends_with(',') { "," } else { "" };
                let start = &line[..line.len() - value.len()];
                format!("{start}\"<{key}>\"{comma}\n")
            }
            _ => mask_port(line) + "\n",
        }
    });
    masked.collect()
}

/// `2026-02-03 04:05:06 +00:00 by fox on den in` as `<when> by <actor> on <host> in`.
fn mask_run(line: &str) -> String {
    let mut words: Vec<&str> = line.split(' ').collect();
    for index in 3..words.len().saturating_sub(4) {
        if words[index] == "by" && words[index + 2] == "on" && words[index + 4] == "in" {
            words[index - 3] = "<when>";
            (words[index + 1], words[index + 3]) = ("<actor>", "<host>");
            words.drain(index - 2..index);
            return words.join(" ");
        }
    }
    line.to_owned()
}

fn mask_port(line: &str) -> String {
    let Some((before, rest)) = line.split_once("@127.0.0.1:") else { return line.to_owned() };
    format!(
        "{before}@127.0.0.1:<port>{}",
        rest.trim_start_matches(|digit: char| digit.is_ascii_digit())
    )
}

/// `text` with every duration written as `<time>`, whatever its width.
pub(crate) fn without_times(text: &str) -> String {
    let mut lines = Vec::new();
    for line in text.lines() {
        let mut words: Vec<String> = line.split(' ').map(str::to_owned).collect();
        for index in 1..words.len() {
            let unit = words[index].trim_end_matches(')').to_owned();
            let number = words[index - 1].trim_start_matches('(').to_owned();
            if (unit == "ms" || unit == "s") && number.parse::<f64>().is_ok() {
                words[index - 1] = words[index - 1].replace(&number, "");
                words[index] = words[index].replace(&unit, "<time>");
            }
        }
        let words: Vec<String> = words.into_iter().filter(|word| word != "(").collect();
        lines.push(words.join(" ").replace(" (<time>)", " <time>").replace(" <time>)", " <time>"));
    }
    // The column of times is as wide as its widest; one space is enough to compare.
    let joined = lines.join("\n");
    let mut text = joined.clone();
    while text.contains("  <time>") {
        text = text.replace("  <time>", " <time>");
    }
    text + "\n"
}
