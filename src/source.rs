//! Texts with a path: the only place that reads files, and the meaning of a position.
//!
//! A [`Span`] counts bytes of [`Source::text`]. Lines, columns and bytes of the file (which differ from those of the
//! text where the file has a byte order mark or is UTF-16) are worked out at the edge, by [`Source::position`].

use std::any::Any;
use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, OnceLock, RwLock};

/// The largest file that is read, in bytes. A larger one is a [`Miss::TooLarge`].
pub const MAX_FILE_BYTES: u64 = 64 * 1024 * 1024;

/// Which text of [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceId(u32);

/// A piece of a text: bytes `start..end` of [`Source::text`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    pub source: SourceId,
    pub start: u32,
    pub end: u32,
}

impl Span {
    pub fn new(source: SourceId, range: std::ops::Range<usize>) -> Span {
        let int = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Span { source, start: int(range.start), end: int(range.end) }
    }

    /// Length in bytes.
    pub fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.source == other.source && self.start <= other.start && other.end <= self.end
    }

    /// From the start of this to the end of `other`, which lies in the same text.
    pub fn to(self, other: Span) -> Span {
        Span { source: self.source, start: self.start, end: other.end.max(self.start) }
    }
}

/// A place as people and tools name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// From 1.
    pub line: u32,
    /// From 1, in Unicode code points; a byte order mark is no column.
    pub column: u32,
    /// From 0, in bytes of the file on disk.
    pub byte: u32,
}

/// How the bytes of a file became a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    /// UTF-8 behind a byte order mark, which the text leaves out.
    Utf8Mark,
    /// Little or big endian, behind a byte order mark. Read, never written.
    Utf16,
}

/// A text with a path.
#[derive(Debug)]
pub struct Source {
    pub id: SourceId,
    /// Absolute, without `.`, `..` or symbolic links.
    pub path: PathBuf,
    pub text: String,
    pub encoding: Encoding,
    lines: OnceLock<Vec<u32>>,
    tree: OnceLock<Arc<dyn Any + Send + Sync>>,
}

impl Source {
    /// The text at a span of this source; empty where the span does not fit.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or("")
    }

    /// The bytes of the file that holds `text` in this encoding; `None` for UTF-16, which is never written.
    pub fn bytes_of(&self, text: &str) -> Option<Vec<u8>> {
        match self.encoding {
            Encoding::Utf8 => Some(text.as_bytes().to_vec()),
            Encoding::Utf8Mark => Some([b"\xef\xbb\xbf", text.as_bytes()].concat()),
            Encoding::Utf16 => None,
        }
    }

    /// What a parser made of the text, made when it is first asked for. The first parser that asks is the one that is
    /// remembered.
    pub fn tree<T: Send + Sync + 'static>(&self, parse: impl Fn() -> T) -> Arc<T> {
        let known = self.tree.get_or_init(|| Arc::new(parse()));
        Arc::clone(known).downcast().unwrap_or_else(|_| Arc::new(parse()))
    }

    /// Byte offsets at which the lines of the text start.
    pub fn line_starts(&self) -> &[u32] {
        self.lines.get_or_init(|| {
            let ends = memchr_iter(self.text.as_bytes());
            std::iter::once(0).chain(ends.map(|at| u32::try_from(at + 1).unwrap_or(u32::MAX))).collect()
        })
    }

    /// The line, from 0, that holds a byte of the text.
    pub fn line_of(&self, offset: u32) -> usize {
        self.line_starts().partition_point(|start| *start <= offset) - 1
    }

    /// Line, column and byte of a byte offset of the text.
    pub fn position(&self, offset: u32) -> Position {
        let line = self.line_of(offset);
        let start = self.line_starts()[line] as usize;
        let end = (offset as usize).min(self.text.len());
        let int = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let column = self.text.get(start..end).map_or(end - start, |before| before.chars().count());
        Position { line: int(line + 1), column: int(column + 1), byte: int(self.byte_in_file(end)) }
    }

    fn byte_in_file(&self, offset: usize) -> usize {
        match self.encoding {
            Encoding::Utf8 => offset,
            Encoding::Utf8Mark => offset + 3,
            Encoding::Utf16 => 2 + self.text.get(..offset).map_or(offset, |before| before.encode_utf16().count()) * 2,
        }
    }
}

fn memchr_iter(bytes: &[u8]) -> impl Iterator<Item = usize> + '_ {
    bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at)
}

/// Why a file gives no text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Miss {
    /// Nothing there, or a folder.
    NotFound,
    /// Outside the workspace, directly or by a symbolic link: never read.
    Outside,
    /// Neither UTF-8 nor UTF-16 with a byte order mark.
    NotText,
    /// Above [`MAX_FILE_BYTES`].
    TooLarge,
    /// The operating system refused; its words.
    Io(String),
}

impl std::fmt::Display for Miss {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Miss::NotFound => f.write_str("does not exist"),
            Miss::Outside => f.write_str("lies outside the workspace and is not read"),
            Miss::NotText => f.write_str("is neither UTF-8 nor UTF-16 with a byte order mark"),
            Miss::TooLarge => write!(f, "is larger than {} MB", MAX_FILE_BYTES / 1024 / 1024),
            Miss::Io(why) => f.write_str(why),
        }
    }
}

/// Every text read so far, by path and by number. Shared between threads; a file is read once.
#[derive(Debug, Default)]
pub struct Sources {
    roots: Vec<PathBuf>,
    known: RwLock<Known>,
}

#[derive(Debug, Default, Clone)]
struct Known {
    by_path: HashMap<PathBuf, Result<SourceId, Miss>>,
    all: Vec<Arc<Source>>,
}

impl Sources {
    /// Nothing outside the given folders (absolute, canonical) is ever read.
    pub fn new(roots: Vec<PathBuf>) -> Sources {
        Sources { roots, known: RwLock::default() }
    }

    /// The same texts under the same numbers, to which others can be added.
    pub fn fork(&self) -> Sources {
        let known = self.known.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone();
        Sources { roots: self.roots.clone(), known: RwLock::new(known) }
    }

    /// The workspace that a path belongs to: the innermost root that holds it.
    pub fn root_of(&self, path: &Path) -> Option<&Path> {
        let holds = self.roots.iter().filter(|root| path.starts_with(root));
        holds.max_by_key(|root| root.components().count()).map(PathBuf::as_path)
    }

    /// The text with this number.
    pub fn get(&self, id: SourceId) -> Arc<Source> {
        let known = self.known.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        Arc::clone(&known.all[id.0 as usize])
    }

    /// Puts a text under a path, in place of what the disk holds: unsaved editor text, a rule that is built in.
    pub fn insert(&self, path: &Path, text: String) -> Arc<Source> {
        let encoding = self.lookup(path).and_then(Result::ok).map_or(Encoding::Utf8, |known| known.encoding);
        self.remember(path, Ok((text, encoding))).unwrap_or_else(|_| unreachable!("a text was given"))
    }

    /// Reads a file, or hands out the text read before.
    pub fn read(&self, path: &Path) -> Result<Arc<Source>, Miss> {
        let path = lexical(path);
        if let Some(known) = self.lookup(&path) {
            return known;
        }
        let loaded = self.load(&path);
        self.remember(&path, loaded)
    }

    fn lookup(&self, path: &Path) -> Option<Result<Arc<Source>, Miss>> {
        let known = self.known.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        let found = known.by_path.get(path)?.clone();
        Some(found.map(|id| Arc::clone(&known.all[id.0 as usize])))
    }

    fn load(&self, path: &Path) -> Result<(String, Encoding), Miss> {
        let real = path.canonicalize().map_err(|error| miss(&error))?;
        if self.root_of(&real).is_none() {
            return Err(Miss::Outside);
        }
        let facts = std::fs::metadata(&real).map_err(|error| miss(&error))?;
        if !facts.is_file() {
            return Err(Miss::NotFound);
        }
        if facts.len() > MAX_FILE_BYTES {
            return Err(Miss::TooLarge);
        }
        decode(std::fs::read(&real).map_err(|error| miss(&error))?)
    }

    fn remember(&self, path: &Path, loaded: Result<(String, Encoding), Miss>) -> Result<Arc<Source>, Miss> {
        let mut known = self.known.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        let made = loaded.map(|(text, encoding)| {
            let id = SourceId(u32::try_from(known.all.len()).unwrap_or(u32::MAX));
            let source =
                Source { id, path: path.to_path_buf(), text, encoding, lines: OnceLock::new(), tree: OnceLock::new() };
            known.all.push(Arc::new(source));
            id
        });
        known.by_path.insert(path.to_path_buf(), made.clone());
        made.map(|id| Arc::clone(&known.all[id.0 as usize]))
    }
}

fn miss(error: &std::io::Error) -> Miss {
    match error.kind() {
        std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory => Miss::NotFound,
        _ => Miss::Io(error.to_string()),
    }
}

fn decode(bytes: Vec<u8>) -> Result<(String, Encoding), Miss> {
    let utf16 = |unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes[2..].chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
        String::from_utf16(&units).map(|text| (text, Encoding::Utf16)).map_err(|_| Miss::NotText)
    };
    match bytes.as_slice() {
        [0xff, 0xfe, ..] => utf16(u16::from_le_bytes),
        [0xfe, 0xff, ..] => utf16(u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => {
            let text = std::str::from_utf8(rest).map_err(|_| Miss::NotText)?;
            Ok((text.to_owned(), Encoding::Utf8Mark))
        }
        _ => String::from_utf8(bytes).map(|text| (text, Encoding::Utf8)).map_err(|_| Miss::NotText),
    }
}

/// A path without `.` and `..`, without asking the disk.
pub fn lexical(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                out.pop();
            }
            other => out.push(other),
        }
    }
    out
}

/// A path as seen from a folder, with `/` on every system.
pub fn relative(path: &Path, from: &Path) -> String {
    let (target, base): (Vec<Component>, Vec<Component>) = (path.components().collect(), from.components().collect());
    let shared = target.iter().zip(&base).take_while(|(a, b)| a == b).count();
    // A text without a place on the disk, or one on another drive.
    if !path.is_absolute() || shared == 0 {
        return joined(&target);
    }
    let up = std::iter::repeat_n(Component::ParentDir, base.len() - shared);
    let parts: Vec<Component> = up.chain(target[shared..].iter().copied()).collect();
    if parts.is_empty() { ".".to_owned() } else { joined(&parts) }
}

fn joined(parts: &[Component]) -> String {
    let mut out = String::new();
    for part in parts {
        if !out.is_empty() && !out.ends_with('/') {
            out.push('/');
        }
        match part {
            Component::RootDir => out.push_str(if out.ends_with('/') { "" } else { "/" }),
            other => out.push_str(&other.as_os_str().to_string_lossy()),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Source {
        let (text, encoding) = decode(bytes.to_vec()).expect("text");
        Source {
            id: SourceId(0),
            path: PathBuf::from("x"),
            text,
            encoding,
            lines: OnceLock::new(),
            tree: OnceLock::new(),
        }
    }

    #[test]
    fn columns_count_code_points_and_bytes_count_the_mark() {
        let source = read("\u{feff}a\né = 1\n".as_bytes());
        let at = u32::try_from(source.text.find('=').expect("there")).expect("small");
        assert_eq!(source.position(at), Position { line: 2, column: 3, byte: 3 + 2 + 3 });
    }

    #[test]
    fn utf16_is_read_with_bytes_of_the_file() {
        let bytes: Vec<u8> =
            [0xff, 0xfe].into_iter().chain("kms\nx".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let source = read(&bytes);
        assert_eq!(source.text, "kms\nx");
        assert_eq!(source.position(4), Position { line: 2, column: 1, byte: 10 });
    }

    #[test]
    fn a_link_that_leads_out_is_outside() {
        let dir = std::env::temp_dir().join(format!("kmslint-source-{}", std::process::id()));
        let root = dir.join("in");
        std::fs::create_dir_all(&root).expect("temporary folder");
        std::fs::write(dir.join("secret"), "x").expect("written");
        let root = root.canonicalize().expect("there");
        let sources = Sources::new(vec![root.clone()]);
        assert_eq!(sources.read(&root.join("../secret")).map(|_| ()), Err(Miss::Outside));
        #[cfg(unix)]
        {
            let link = root.join("link");
            let _ = std::fs::remove_file(&link);
            std::os::unix::fs::symlink(dir.join("secret"), &link).expect("linked");
            assert_eq!(sources.read(&link).map(|_| ()), Err(Miss::Outside));
        }
        assert_eq!(sources.read(&root.join("none")).map(|_| ()), Err(Miss::NotFound));
        std::fs::remove_dir_all(&dir).expect("removed");
    }

    #[test]
    fn paths_are_seen_from_the_working_directory() {
        let seen = |path: &str, from: &str| relative(Path::new(path), Path::new(from));
        assert_eq!(seen("/w/env/prod.tfvars", "/w"), "env/prod.tfvars");
        assert_eq!(seen("/w/hub/main.tf", "/w/env/prod"), "../../hub/main.tf");
        assert_eq!(seen("/w", "/w"), ".");
        assert_eq!(seen("/w/a b.tf", "/"), "w/a b.tf");
        assert_eq!(seen("rules/azure-kms.yaml", "/w"), "rules/azure-kms.yaml");
    }
}
