//! Writes new files and changed ones: all of them, or none.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use super::CreateError;

/// A file with another text.
pub(super) struct Changed {
    pub(super) file: PathBuf,
    pub(super) before: String,
    pub(super) after: String,
}

/// Writes the new `files`, then those that are `changed`; where one of them fails, takes back what it
/// wrote.
pub(super) fn write(
    root: &Path,
    files: &[(PathBuf, String)],
    changed: &[Changed],
) -> Result<(), CreateError> {
    let mut made = Made(Vec::new());
    for (file, content) in files {
        made.create(&root.join(file), content)
            .map_err(|source| CreateError::Write { file: file.clone(), source })?;
    }
    for (place, Changed { file, after, .. }) in changed.iter().enumerate() {
        if let Err(source) = replace(&root.join(file), after) {
            for Changed { file, before, .. } in &changed[..place] {
                // Nothing better is left to do.
                let _ = replace(&root.join(file), before);
            }
            return Err(CreateError::Write { file: file.clone(), source });
        }
    }
    made.0.clear();
    Ok(())
}

/// What was made and must go again unless everything succeeds.
struct Made(Vec<PathBuf>);

impl Made {
    fn create(&mut self, file: &Path, content: &str) -> io::Result<()> {
        let folder = file.parent().unwrap_or(file);
        if !folder.exists() {
            fs::create_dir(folder)?;
            self.0.push(folder.to_owned());
        }
        // Never over a file that somebody wrote in the meantime.
        let mut new = OpenOptions::new().write(true).create_new(true).open(file)?;
        self.0.push(file.to_owned());
        new.write_all(content.as_bytes())
    }
}

impl Drop for Made {
    fn drop(&mut self) {
        for path in self.0.iter().rev() {
            let _ = if path.is_dir() { fs::remove_dir(path) } else { fs::remove_file(path) };
        }
    }
}

/// Replaces a file in one step: whoever reads it finds the old text or the new one.
fn replace(file: &Path, text: &str) -> io::Result<()> {
    // Through a symbolic link, so that it stays one.
    let file = fs::canonicalize(file)?;
    let draft = file.with_extension("rs.new");
    let written = fs::write(&draft, text)
        .and_then(|()| fs::set_permissions(&draft, fs::metadata(&file)?.permissions()))
        .and_then(|()| fs::rename(&draft, &file));
    if written.is_err() {
        let _ = fs::remove_file(&draft);
    }
    written
}

/// `text` as rustfmt lays it out, in a workspace that is laid out by rustfmt; where there is no
/// rustfmt, or `before` is laid out by hand, nothing.
pub(super) fn laid_out(root: &Path, before: &str, text: &str) -> Option<String> {
    (rustfmt(root, before)? == before).then(|| rustfmt(root, text))?
}

/// `text` as rustfmt lays it out, where there is one.
pub(super) fn rustfmt(root: &Path, text: &str) -> Option<String> {
    let mut rustfmt = Command::new("rustfmt")
        .args(["--edition", "2024", "--quiet"])
        .current_dir(root)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let mut stdin = rustfmt.stdin.take()?;
    // It reads everything before it prints, so neither pipe can fill up.
    stdin.write_all(text.as_bytes()).ok()?;
    drop(stdin);
    let output = rustfmt.wait_with_output().ok()?;
    if !output.status.success() {
        return None;
    }
    String::from_utf8(output.stdout).ok()
}
