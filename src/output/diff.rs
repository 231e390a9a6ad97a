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
        let path = harmless(&relative(&change.before.path, root));
        let mark = if change.before.encoding == Encoding::Utf8Mark { "\u{feff}" } else { "" };
        let (before, after) = (format!("{mark}{}", change.before.text), format!("{mark}{}", change.after));
        let diff = TextDiff::from_lines(before.as_str(), after.as_str());
        writeln!(out, "{}", paint("1", &format!("diff --git a/{path} b/{path}")))?;
        writeln!(out, "{}", paint("1", &format!("--- a/{path}")))?;
        writeln!(out, "{}", paint("1", &format!("+++ b/{path}")))?;
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
