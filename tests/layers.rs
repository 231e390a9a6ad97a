//! The layer table in the doc comment of `src/lib.rs` holds: a module uses only modules of earlier lines.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::BTreeMap;
use std::path::Path;

/// The line of each module, counted from the top.
type Layers = BTreeMap<String, usize>;

#[test]
fn modules_use_only_earlier_layers() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let layers = table(&std::fs::read_to_string(src.join("lib.rs")).unwrap());
    assert!(layers.len() > 1, "src/lib.rs has no ```layers block");
    let mut problems = Vec::new();
    let mut files = 0;
    visit(&src, &mut |path| {
        let inside = path.strip_prefix(&src).unwrap();
        if inside == Path::new("lib.rs") {
            return;
        }
        files += 1;
        let names: Vec<_> = inside.with_extension("").iter().map(|part| part.to_string_lossy().into_owned()).collect();
        problems.extend(violations(&layers, &names, &std::fs::read_to_string(path).unwrap()));
    });
    assert!(files > 1, "no modules found");
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

fn visit(folder: &Path, each: &mut impl FnMut(&Path)) {
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            visit(&path, each);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            each(&path);
        }
    }
}

/// Reads the ```` ```layers ```` block of a crate's doc comment.
fn table(text: &str) -> Layers {
    let doc = text.lines().filter_map(|line| line.strip_prefix("//!")).map(str::trim);
    let lines = doc.skip_while(|line| *line != "```layers").skip(1).take_while(|line| *line != "```");
    let places = lines.enumerate().flat_map(|(layer, line)| line.split_whitespace().map(move |name| (name, layer)));
    places.map(|(name, layer)| (name.to_owned(), layer)).collect()
}

/// What a file, named by its module path, uses against the table.
fn violations(layers: &Layers, path: &[String], text: &str) -> Vec<String> {
    let own = &path[0];
    let file = path.join("/");
    let Some(layer) = layers.get(own) else {
        return vec![format!("{file}: the module {own} is not in the layer table")];
    };
    let mut problems = Vec::new();
    for used in used(&code(text), path.len()) {
        match layers.get(&used.name) {
            _ if used.name == *own => {}
            Some(other) if other < layer => {}
            Some(_) => problems.push(format!("{file}: {own} uses {}, which is not in an earlier layer", used.name)),
            None if used.by_super => {}
            None => problems.push(format!("{file}: {own} uses {}, which is not in the layer table", used.name)),
        }
    }
    problems
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Used {
    name: String,
    /// Reached by `super`, which in a `mod tests` leads to the file's own module: perhaps no module of the crate.
    by_super: bool,
}

/// Modules at the root of the crate that the code names: `crate::x`, `crate::{x, y::z}`, `super::x` from a top-level
/// file, and `kmslint::x`, as the binary says.
fn used(code: &str, depth: usize) -> Vec<Used> {
    let up = "super::".repeat(depth);
    let mut all = Vec::new();
    for prefix in ["crate::", "kmslint::", up.as_str()] {
        for (at, _) in code.match_indices(prefix) {
            let joined = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
            if code[..at].ends_with(joined) {
                continue;
            }
            let rest = &code[at + prefix.len()..];
            let names = rest.strip_prefix('{').map_or_else(|| vec![ident(rest)], first_names);
            all.extend(names.into_iter().map(|name| Used { name, by_super: prefix == up }));
        }
    }
    let is_module = |c: char| c.is_lowercase() || c.is_numeric() || c == '_';
    all.retain(|used| !used.name.is_empty() && used.name != "self" && used.name.chars().all(is_module));
    all.sort();
    all.dedup();
    all
}

fn ident(text: &str) -> String {
    text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// The first name of each member of a `{...}` group that starts behind its brace.
fn first_names(group: &str) -> Vec<String> {
    let mut names = Vec::new();
    let (mut depth, mut start) = (0_i32, 0);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                names.push(ident(&group[start..at]));
                return names;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                names.push(ident(&group[start..at]));
                start = at + 1;
            }
            _ => {}
        }
    }
    names
}

/// The text without comments and without what stands in string literals.
fn code(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let skip = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(length) = raw_string(rest) {
            length
        } else if c == '"' {
            string(rest)
        } else if let Some(length) = character(rest) {
            length
        } else {
            out.push(c);
            rest = &rest[c.len_utf8()..];
            continue;
        };
        out.push(' ');
        rest = &rest[skip..];
    }
    out
}

/// The length of the string literal at the start.
fn string(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

fn raw_string(text: &str) -> Option<usize> {
    let hashes = text.strip_prefix('r')?.chars().take_while(|c| *c == '#').count();
    let body = text[1 + hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    Some(body.find(&end).map_or(text.len(), |at| 2 + hashes + at + end.len()))
}

/// The length of the character literal at the start; a lifetime is none.
fn character(text: &str) -> Option<usize> {
    let body = text.strip_prefix('\'')?;
    let first = body.chars().next()?;
    let from = if first == '\\' { 2 } else { first.len_utf8() };
    let end = body.get(from..)?.find('\'')?;
    (first == '\\' || end == 0).then_some(1 + from + end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "//! Text.\n//! ```layers\n//! source\n//! value finding\n//! check\n//! main\n//! ```\n";

    fn problems(path: &[&str], text: &str) -> usize {
        let path: Vec<_> = path.iter().map(|&part| part.to_owned()).collect();
        violations(&table(TABLE), &path, text).len()
    }

    #[test]
    fn reads_the_table() {
        let layers = table(TABLE);
        assert_eq!((layers.len(), layers["source"], layers["finding"], layers["main"]), (5, 0, 1, 3));
    }

    #[test]
    fn earlier_layers_and_the_own_module_are_free() {
        assert_eq!(
            problems(&["check"], "use crate::{source::Span, value::{self, Value}};\nfn f() -> crate::finding::Fix {}"),
            0
        );
        assert_eq!(
            problems(&["value", "trail"], "use crate::value::Value; use super::Data; use super::super::source::Span;"),
            0
        );
        assert_eq!(problems(&["value"], "#[cfg(test)] mod tests { use super::{parse, Data}; }"), 0);
        assert_eq!(problems(&["main"], "fn main() { kmslint::check::run(); }"), 0);
    }

    #[test]
    fn later_layers_and_neighbours_are_not() {
        assert_eq!(problems(&["source"], "use crate::check::judge;"), 1);
        assert_eq!(problems(&["value"], "use crate::finding::Fix;"), 1);
        assert_eq!(problems(&["value"], "fn f() { let x = crate::check::judge(); }"), 1);
        assert_eq!(problems(&["value"], "use crate::{source::Span, check::{judge, Other}, finding};"), 2);
        assert_eq!(problems(&["value", "trail"], "use super::super::check::judge;"), 1);
        assert_eq!(problems(&["value"], "use super::check::judge;"), 1);
    }

    #[test]
    fn a_module_has_to_be_in_the_table() {
        assert_eq!(problems(&["helpers"], "fn f() {}"), 1);
        assert_eq!(problems(&["check"], "use crate::helpers::f;"), 1);
    }

    #[test]
    fn comments_and_texts_do_not_count() {
        let text = "/// See [`crate::check::judge`].\nconst A: &str = \"crate::check\"; const B: &str = r#\"\"crate::check\"#; /* crate::check */ const C: char = '\"'; fn f<'a>(x: &'a str) {}";
        assert_eq!(problems(&["value"], text), 0);
        assert_eq!(problems(&["value"], &format!("{text} use crate::check::judge;")), 1);
    }
}
