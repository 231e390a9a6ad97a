//! The Terraform language: bodies, blocks and expressions, every one with its span.
//!
//! Parsing never fails as a whole: what cannot be parsed is left out block by block and reported as a [`Mistake`].

pub use patch::patched;

use crate::source::{Source, Span};
use std::sync::Arc;

mod convert;
mod from_json;
mod patch;
mod split;
mod text;

/// The content of a file or of a block.
#[derive(Debug, Clone, Default)]
pub struct Body {
    pub attributes: Vec<Attribute>,
    /// Shared, as modules hold on to single blocks.
    pub blocks: Vec<Arc<Block>>,
}

#[derive(Debug, Clone)]
pub struct Attribute {
    pub name: Arc<str>,
    pub name_span: Span,
    pub expr: Expr,
}

#[derive(Debug, Clone)]
pub struct Block {
    pub kind: Arc<str>,
    pub labels: Vec<Arc<str>>,
    pub body: Body,
    /// From the block's type to its last label.
    pub header: Span,
    pub span: Span,
}

#[derive(Debug, Clone)]
pub struct Expr {
    pub kind: ExprKind,
    pub span: Span,
}

#[derive(Debug, Clone)]
pub enum ExprKind {
    Null,
    Bool(bool),
    Number(f64),
    /// A literal between quotes.
    Text(Vec<Literal>),
    /// Between quotes or a heredoc, with something put in.
    Template(Vec<Part>),
    List(Vec<Expr>),
    Object(Vec<Item>),
    Parenthesis(Box<Expr>),
    /// A name alone, or the first of a reference: `var`, `local`, `each`, a resource type.
    Name(Arc<str>),
    Traverse(Box<Expr>, Vec<Step>),
    Call(Call),
    Not(Box<Expr>),
    Negate(Box<Expr>),
    Binary(Operator, Box<Expr>, Box<Expr>),
    Conditional(Box<Expr>, Box<Expr>, Box<Expr>),
    For(Box<For>),
}

/// A run of literal text: as long as its span, or else spelled with an escape.
#[derive(Debug, Clone)]
pub struct Literal {
    pub text: Arc<str>,
    pub span: Span,
}

#[derive(Debug, Clone)]
pub enum Part {
    Literal(Literal),
    /// `${ }`.
    Put(Expr),
    /// `%{ if }`, with the other branch, which may be empty.
    If(Expr, Vec<Part>, Vec<Part>),
    /// `%{ for }`.
    For {
        key: Option<Arc<str>>,
        value: Arc<str>,
        collection: Expr,
        body: Vec<Part>,
    },
}

impl Part {
    /// The expression that is put in, if the part is one.
    pub fn put(&self) -> Option<&Expr> {
        match self {
            Part::Put(inner) => Some(inner),
            _ => None,
        }
    }
}

#[derive(Debug, Clone)]
pub struct Item {
    pub key: ItemKey,
    pub value: Expr,
}

#[derive(Debug, Clone)]
pub enum ItemKey {
    Name(Arc<str>, Span),
    Expr(Expr),
}

/// One step of a reference.
#[derive(Debug, Clone)]
pub struct Step {
    pub kind: StepKind,
    pub span: Span,
}

#[derive(Debug, Clone)]
pub enum StepKind {
    Attribute(Arc<str>),
    Index(Box<Expr>),
    /// `[*]` or `.*`, with the steps that apply to each element.
    Splat(Vec<Step>),
}

#[derive(Debug, Clone)]
pub struct Call {
    pub name: Arc<str>,
    pub args: Vec<Expr>,
    /// The last argument is followed by `...`.
    pub expand: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
    And,
    Or,
}

#[derive(Debug, Clone)]
pub struct For {
    pub key: Option<Arc<str>>,
    pub value: Arc<str>,
    pub collection: Expr,
    /// Of an object: the key of each entry.
    pub entry_key: Option<Expr>,
    pub result: Expr,
    pub condition: Option<Expr>,
    pub group: bool,
}

/// A place that does not parse.
#[derive(Debug, Clone)]
pub struct Mistake {
    pub span: Span,
    pub message: String,
    /// The block that was left out because of it.
    pub lost: Span,
}

/// A file: what could be parsed, and what could not.
#[derive(Debug)]
pub struct File {
    pub body: Body,
    pub mistakes: Vec<Mistake>,
}

/// Parses a file in either syntax, by its name, once. A mistake costs the top-level block it is in, in JSON the file.
pub fn parse(source: &Arc<Source>) -> Arc<File> {
    source.tree(|| parsed(source))
}

fn parsed(source: &Arc<Source>) -> File {
    let name = source.path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    if source.path.extension().is_some_and(|kind| kind == "json") {
        let literal = name.ends_with(".tfvars.json");
        let (body, mistakes) = match from_json::body(source, literal) {
            Ok(body) => (body, Vec::new()),
            Err(stop) => (Body::default(), vec![mistake(source, stop)]),
        };
        return File { body, mistakes };
    }
    let whole = 0..source.text.len();
    let (body, mistakes) = match convert::body(source, whole) {
        Ok(body) => (body, Vec::new()),
        Err(_) => parse_blockwise(source),
    };
    File { body, mistakes }
}

fn parse_blockwise(source: &Arc<Source>) -> (Body, Vec<Mistake>) {
    let mut body = Body::default();
    let mut mistakes = Vec::new();
    for chunk in split::blocks(&source.text) {
        match convert::body(source, chunk.clone()) {
            Ok(mut part) => {
                body.attributes.append(&mut part.attributes);
                body.blocks.append(&mut part.blocks);
            }
            Err((at, message)) => {
                let lost = Span::new(source.id, chunk);
                mistakes.push(Mistake { span: token(source, at), message, lost });
            }
        }
    }
    (body, mistakes)
}

/// The word or sign at a byte of the text, to be marked.
fn token(source: &Source, at: usize) -> Span {
    let at = at.min(source.text.len());
    let rest = source.text.get(at..).unwrap_or("");
    let word = rest.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '-').unwrap_or(rest.len());
    let sign = rest.chars().next().map_or(0, char::len_utf8);
    Span::new(source.id, at..at + word.max(sign))
}

/// Parses one expression that stands alone, as a test and a `--var` do.
pub fn parse_expression(source: &Arc<Source>) -> Result<Expr, Mistake> {
    let place = convert::Place::At(source.id, 0);
    convert::expression(&source.text, place).map_err(|stop| mistake(source, stop))
}

/// Parses a file that is a template as a whole.
pub fn parse_template(source: &Arc<Source>) -> Result<Vec<Part>, Mistake> {
    let place = convert::Place::At(source.id, 0);
    convert::template(&source.text, place).map_err(|stop| mistake(source, stop))
}

fn mistake(source: &Source, (at, message): convert::Stop) -> Mistake {
    let lost = Span::new(source.id, 0..source.text.len());
    Mistake { span: token(source, at), message, lost }
}

impl Body {
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| &*attribute.name == name)
    }

    /// The blocks of one type.
    pub fn blocks_of<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Arc<Block>> {
        self.blocks.iter().filter(move |block| &*block.kind == kind)
    }
}

impl Expr {
    /// The text, if the expression is a literal without anything put in.
    pub fn as_text(&self) -> Option<String> {
        match &self.kind {
            ExprKind::Text(literals) => Some(literals.iter().map(|literal| &*literal.text).collect()),
            ExprKind::Parenthesis(inner) => inner.as_text(),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;
    use std::path::Path;

    fn file(text: &str) -> (Arc<Source>, Arc<File>) {
        let source = Sources::default().insert(Path::new("/x/main.tf"), text.to_owned());
        let file = parse(&source);
        (source, file)
    }

    fn names(file: &File) -> Vec<String> {
        file.body.blocks.iter().map(|block| block.labels.join(".")).collect()
    }

    #[test]
    fn one_mistake_costs_one_block() {
        for broken in [
            "resource \"b\" \"broken\" {\n  x = = 1\n}\n",
            "resource \"b\" \"broken\" {\n  x = [1, 2\n}\n",
            "resource \"b\" \"broken\" {\n  x = \"open\n}\n",
            "resource \"b\" \"broken\" {\n  x {\n}\n",
            "resource \"b\" \"broken\" {\n  x = <<EOT\n text\n}\n",
            "resource \"b\" \"broken\" {\n  x = \"${a\"\n}\n",
            "}\n",
        ] {
            let head = "resource \"a\" \"x\" {\n  n = 1\n}\n\n";
            let text = format!("{head}{broken}\nresource \"c\" \"y\" {{\n  n = 2\n}}\n");
            let (_, file) = file(&text);
            assert_eq!(names(&file), ["a.x", "c.y"], "{broken}");
            assert_eq!(file.mistakes.len(), 1, "{broken}: {:?}", file.mistakes);
            let at = file.mistakes[0].span.start as usize;
            assert!((head.len()..=head.len() + broken.len()).contains(&at), "{broken}: mistake at {at}");
        }
    }

    #[test]
    fn json_syntax_gives_the_same_tree() {
        let text = r#"{"resource": {"t": {"n": {"//": "why", "a": "${var.x}/32", "b": "x\"y", "dynamic": {"route":
            {"for_each": "${lookup(var.y, \"k\")}", "content": {"p": "${route.value}"}}}}}},
            "variable": {"x": {"type": "list(string)"}}}"#;
        let source = Sources::default().insert(Path::new("/x/main.tf.json"), text.to_owned());
        let file = parse(&source);
        assert!(file.mistakes.is_empty(), "{:?}", file.mistakes);
        let resource = file.body.blocks_of("resource").next().expect("a resource");
        assert_eq!(resource.labels.join("."), "t.n");
        assert_eq!(resource.body.attributes.len(), 2);
        let ExprKind::Template(parts) = &resource.body.attributes[0].expr.kind else { panic!("a template") };
        let Part::Literal(length) = &parts[1] else { panic!("a literal") };
        assert_eq!((&*length.text, source.slice(length.span)), ("/32", "/32"));
        assert_eq!(resource.body.attributes[1].expr.as_text().as_deref(), Some("x\"y"));
        let dynamic = resource.body.blocks_of("dynamic").next().expect("a dynamic block");
        assert_eq!(dynamic.labels.join("."), "route");
        let variable = file.body.blocks_of("variable").next().expect("a variable");
        assert!(matches!(variable.body.attributes[0].expr.kind, ExprKind::Call(_)));
    }

    #[test]
    fn large_objects_are_parsed_item_by_item() {
        let mut text = String::from("resource \"a\" \"b\" {\n  tags = { x = 1 }\n}\nroutes = {\n");
        for at in 0..100 {
            text += &format!("  # item {at}, {{ in a comment\n  k{at} = {{ p = \"10.0.{at}.0/24\", q = [1, 2] }},\n");
        }
        text += "  last = <<EOT\n  a, b\nEOT\n  k0 = 2\n}\n";
        let (source, file) = file(&text);
        assert!(file.mistakes.is_empty(), "{:?}", file.mistakes);
        let ExprKind::Object(items) = &file.body.attributes[0].expr.kind else { panic!("an object") };
        assert_eq!(items.len(), 102);
        assert_eq!(source.slice(items[7].value.span), "{ p = \"10.0.7.0/24\", q = [1, 2] }");
        let ExprKind::Object(inner) = &items[7].value.kind else { panic!("an object") };
        assert_eq!(source.slice(inner[0].value.span), "\"10.0.7.0/24\"");
        assert_eq!(items[100].value.as_text().as_deref(), Some("  a, b\n"));
    }

    #[test]
    fn literals_are_exact_around_escapes() {
        let (source, file) = file("a = \"x\\ny ${b} $${z}\"\n");
        let ExprKind::Template(parts) = &file.body.attributes[0].expr.kind else { panic!("a template") };
        let shown: Vec<(String, String)> = parts
            .iter()
            .filter_map(|part| match part {
                Part::Literal(literal) => Some((literal.text.to_string(), source.slice(literal.span).to_owned())),
                _ => None,
            })
            .collect();
        let pairs = [("x", "x"), ("\n", "\\n"), ("y ", "y "), (" ", " "), ("${", "$${"), ("z}", "z}")];
        assert_eq!(shown, pairs.map(|(text, raw)| (text.to_owned(), raw.to_owned())));
    }

    #[test]
    fn a_quoted_literal_has_its_quotes_in_the_span() {
        let (source, file) = file("a = [ \"kms\" , 2]\n");
        let ExprKind::List(items) = &file.body.attributes[0].expr.kind else { panic!("a list") };
        assert_eq!(source.slice(items[0].span), "\"kms\"");
    }

    #[test]
    fn a_patched_file_is_the_file() {
        let text = "# head\na = 1 # one\n\nresource \"x\" \"a\" {\n  n = 1\n}\nb = {\n  k = 2\n}\nresource \"x\" \"b\" {\n  n = 2\n}\n# tail\n";
        let told = |file: &File| {
            let attributes: Vec<&str> = file.body.attributes.iter().map(|it| &*it.name).collect();
            format!("{attributes:?} {:?} {}", names(file), file.mistakes.len())
        };
        let (old, _) = file(text);
        for at in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
            for put in ["\n", "c = 3\n", "\nresource \"x\" \"c\" {\n}\n", "}", "\"", "/*", "<<EOT\n"] {
                let mut edited = text.to_owned();
                edited.insert_str(at, put);
                let (_, whole) = file(&edited);
                let new = Sources::default().insert(Path::new("/x/main.tf"), edited);
                let patched = patched(&new, &old, &[(at..at, put.len())]);
                assert_eq!(told(&patched), told(&whole), "{put:?} at {at}");
            }
        }
    }
}
