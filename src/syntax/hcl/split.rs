//! Splits a file that does not parse into its top-level blocks, so that one mistake costs one block.

use std::ops::Range;

/// The top-level blocks and attributes of a text, in order; together they hold every byte that is neither blank nor
/// comment. Where brackets do not balance, a line that starts a block at the margin ends what stands before.
pub(super) fn blocks(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(start) = next_start(text, at) {
        let end = block_end(text, start);
        out.push(start..end);
        at = end;
    }
    out
}

/// The next byte that is neither blank nor comment.
fn next_start(text: &str, mut at: usize) -> Option<usize> {
    loop {
        let rest = &text[at..];
        at += rest.len() - rest.trim_start().len();
        at = match comment_end(text, at) {
            Some(end) => end,
            None => return (at < text.len()).then_some(at),
        };
    }
}

/// The end of the comment that starts here.
fn comment_end(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    if rest.starts_with('#') || rest.starts_with("//") {
        return Some(at + rest.find('\n').map_or(rest.len(), |end| end + 1));
    }
    let inner = rest.strip_prefix("/*")?;
    Some(at + inner.find("*/").map_or(rest.len(), |end| end + 4))
}

/// The end of the block or attribute that starts here: its line's end outside all brackets.
fn block_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut depth = 0_usize;
    let mut at = start;
    while at < text.len() {
        if let Some(end) = comment_end(text, at) {
            // A line comment ends the line it is on.
            at = if bytes[at] == b'/' && bytes.get(at + 1) == Some(&b'*') { end } else { end.max(at + 1) - 1 };
            if at < text.len() && bytes[at] != b'\n' {
                continue;
            }
            if at >= text.len() {
                break;
            }
        }
        match bytes[at] {
            b'{' | b'[' | b'(' => depth += 1,
            b'}' | b']' | b')' => depth = depth.saturating_sub(1),
            b'"' => {
                at = string_end(text, at);
                continue;
            }
            b'<' if text[at..].starts_with("<<") => {
                if let Some(end) = heredoc_end(text, at) {
                    at = end;
                    continue;
                }
            }
            b'\n' if depth == 0 || starts_block(&text[at + 1..]) => return at + 1,
            _ => {}
        }
        at += 1;
    }
    text.len()
}

/// The byte behind a string; a string that its line does not end is given up at the line's end.
fn string_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = start + 1;
    let mut depth = 0_usize;
    while at < text.len() {
        match bytes[at] {
            b'\\' if depth == 0 => at += 1,
            b'\n' => return at,
            b'"' if depth == 0 => return at + 1,
            b'"' => {
                at = string_end(text, at);
                continue;
            }
            b'$' | b'%' if bytes.get(at + 1) == Some(&b'{') => {
                depth += 1;
                at += 1;
            }
            b'{' if depth > 0 => depth += 1,
            b'}' if depth > 0 => depth -= 1,
            _ => {}
        }
        at += 1;
    }
    text.len()
}

/// The byte behind the end marker of the heredoc that starts here, if it has one.
fn heredoc_end(text: &str, start: usize) -> Option<usize> {
    let rest = text[start + 2..].strip_prefix('-').unwrap_or(&text[start + 2..]);
    let line = rest.lines().next()?;
    let marker = line.trim_end();
    let valid = !marker.is_empty() && marker.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-');
    if !valid {
        return None;
    }
    let mut at = text.len() - rest.len() + line.len();
    for line in text[at..].split_inclusive('\n') {
        if line.trim() == marker {
            return Some(at + line.trim_end().len());
        }
        at += line.len();
    }
    None
}

/// Whether a line opens a top-level block at the margin.
fn starts_block(rest: &str) -> bool {
    const KINDS: [&str; 14] = [
        "resource",
        "data",
        "variable",
        "locals",
        "module",
        "output",
        "provider",
        "terraform",
        "moved",
        "import",
        "check",
        "removed",
        "ephemeral",
        "inputs",
    ];
    let line = rest.lines().next().unwrap_or("");
    let word = line.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(line.len());
    KINDS.contains(&&line[..word]) && (line.trim_end().ends_with('{') || line.trim_end().ends_with('}'))
}
