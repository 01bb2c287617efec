//! A command on a terminal, which `script` makes.

use std::{
    io::Write as _,
    process::{Command, Stdio},
};

/// Runs `command` on a terminal where somebody types `answers`; gives all that is shown there.
pub(super) fn run(command: &Command, answers: &str) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words = words.map(|word| format!("'{}'", word.to_str().expect("text")));
    let mut script = Command::new("script");
    script.args(["--quiet", "--return", "--command"]);
    script.arg(words.collect::<Vec<_>>().join(" ")).arg("/dev/null");
    script.current_dir(command.get_current_dir().expect("a folder"));
    for (variable, value) in command.get_envs() {
        match value {
            Some(value) => script.env(variable, value),
            None => script.env_remove(variable),
        };
    }
    let mut child = script
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("`script`, which is part of util-linux");
    child.stdin.take().expect("a pipe").write_all(answers.as_bytes()).expect("a reader");
    let output = child.wait_with_output().expect("an end");
    let shown = String::from_utf8(output.stdout).expect("text").replace('\r', "");
    assert!(output.status.success(), "{shown}");
    shown
}
