//! What repairs change, as git writes it, so that `git apply` takes it.

use super::View;
use crate::source::{Encoding, relative};
use crate::workspace::Change;
use similar::{ChangeTag, TextDiff};
use std::io::{self, Write};

/// Lines around a change.
const CONTEXT: usize = 3;

/// Writes a unified diff of all changes.
///
/// # Errors
///
/// Those of `out`.
pub fn write(changes: &[Change], view: &View, out: &mut dyn Write) -> io::Result<()> {
    let paint =
        |code: &str, text: &str| if view.color { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() };
    for change in changes {
        // As git names it: from the root of the work tree.
        let root = view.sources.root_of(&change.before.path).unwrap_or(view.cwd);
        let path = relative(&change.before.path, root);
        let mark = if change.before.encoding == Encoding::Utf8Mark { "\u{feff}" } else { "" };
        let (before, after) = (format!("{mark}{}", change.before.text), format!("{mark}{}", change.after));
        let diff = TextDiff::from_lines(before.as_str(), after.as_str());
        writeln!(out, "{}", paint("1", &format!("diff --git {} {}", quoted("a/", &path), quoted("b/", &path))))?;
        writeln!(out, "{}", paint("1", &format!("--- {}", quoted("a/", &path))))?;
        writeln!(out, "{}", paint("1", &format!("+++ {}", quoted("b/", &path))))?;
        for hunk in diff.unified_diff().context_radius(CONTEXT).iter_hunks() {
            writeln!(out, "{}", paint("36", &hunk.header().to_string()))?;
            for line in hunk.iter_changes() {
                let (sign, code) = match line.tag() {
                    ChangeTag::Equal => (' ', ""),
                    ChangeTag::Delete => ('-', "31"),
                    ChangeTag::Insert => ('+', "32"),
                };
                let text = line.value();
                let text = text.strip_suffix('\n').unwrap_or(text);
                let shown = format!("{sign}{}", harmless(text));
                writeln!(out, "{}", if code.is_empty() { shown } else { paint(code, &shown) })?;
                if line.missing_newline() {
                    writeln!(out, "\\ No newline at end of file")?;
                }
            }
        }
    }
    Ok(())
}

/// Without what a terminal would obey. All else stays, or the patch would not fit.
fn harmless(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\t' && c != '\r' { '\u{fffd}' } else { c }).collect()
}

/// A path as git writes it: between quotes, with escapes, where it holds what ends a line or a field.
fn quoted(side: &str, path: &str) -> String {
    if !path.contains(|c: char| c.is_control() || matches!(c, '"' | '\\')) {
        return format!("{side}{}", harmless(path));
    }
    let escaped = |byte: u8| match byte {
        b'\t' => "\\t".to_owned(),
        b'\n' => "\\n".to_owned(),
        b'"' | b'\\' => format!("\\{}", char::from(byte)),
        b' '..=b'~' => char::from(byte).to_string(),
        _ => format!("\\{byte:03o}"),
    };
    format!("\"{side}{}\"", path.bytes().map(escaped).collect::<String>())
}
