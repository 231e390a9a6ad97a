//! Splits text by a small lexer that knows brackets, strings, heredocs and comments: a file that does not parse into
//! its top-level blocks, so that one mistake costs one block, and a large object into its items, as the parser needs
//! time quadratic in their number.

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
        if let Some(end) = opaque_end(text, at) {
            at = end;
            continue;
        }
        match bytes[at] {
            b'{' | b'[' | b'(' => depth += 1,
            b'}' | b']' | b')' => depth = depth.saturating_sub(1),
            b'\n' if depth == 0 || starts_block(&text[at + 1..]) => return at + 1,
            _ => {}
        }
        at += 1;
    }
    text.len()
}

/// The end of the comment (without its line's end), string or heredoc that starts here.
fn opaque_end(text: &str, at: usize) -> Option<usize> {
    match text.as_bytes()[at] {
        b'"' => Some(string_end(text, at)),
        b'<' if text[at..].starts_with("<<") => heredoc_end(text, at),
        b'#' | b'/' => {
            let end = comment_end(text, at)?;
            let line = !text[at..].starts_with("/*") && text.as_bytes()[end - 1] == b'\n';
            Some(if line { end - 1 } else { end })
        }
        _ => None,
    }
}

/// The insides of the outermost objects with more than so many items.
pub(super) fn large_objects(text: &str, many: usize) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut out: Vec<Range<usize>> = Vec::new();
    // Each open bracket: where it is, whether it may be an object, how many lines or commas it holds so far.
    let mut open: Vec<(usize, bool, usize)> = Vec::new();
    let mut before = b' ';
    let mut at = 0;
    while at < text.len() {
        if let Some(end) = opaque_end(text, at) {
            if bytes[at] == b'"' || bytes[at] == b'<' {
                before = b'"';
            }
            at = end;
            continue;
        }
        match bytes[at] {
            b'{' => {
                let block = before == b'"' || before.is_ascii_alphanumeric() || before == b'_' || before == b'-';
                let inside = text[at + 1..].trim_start();
                let is_for = inside.strip_prefix("for").is_some_and(|rest| rest.starts_with(char::is_whitespace));
                open.push((at, !block && !is_for, 0));
            }
            b'[' | b'(' => open.push((at, false, 0)),
            b'}' | b']' | b')' => {
                if let Some((start, true, items)) = open.pop()
                    && items > many
                {
                    out.retain(|inner| inner.start < start);
                    out.push(start + 1..at);
                }
            }
            b'\n' | b',' => {
                if let Some((_, _, items)) = open.last_mut() {
                    *items += 1;
                }
            }
            _ => {}
        }
        if !bytes[at].is_ascii_whitespace() {
            before = bytes[at];
        }
        at += 1;
    }
    out
}

/// The items of an object, given its inside.
pub(super) fn items(text: &str, inside: Range<usize>) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut depth = 0_usize;
    let mut start = inside.start;
    let mut at = inside.start;
    while at < inside.end {
        if let Some(end) = opaque_end(text, at) {
            at = end.min(inside.end);
            continue;
        }
        match bytes[at] {
            b'{' | b'[' | b'(' => depth += 1,
            b'}' | b']' | b')' => depth = depth.saturating_sub(1),
            b'\n' | b',' if depth == 0 => {
                out.push(start..at);
                start = at + 1;
            }
            _ => {}
        }
        at += 1;
    }
    out.push(start..inside.end);
    let text = &text[..inside.end];
    out.retain(|item| next_start(text, item.start).is_some_and(|first| first < item.end));
    out
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
