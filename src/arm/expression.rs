//! The expressions of ARM templates: what stands between brackets in a string.
//!
//! [Azure Resource Manager: template expressions] `call`, `'text'`, whole numbers, and behind a call `.name` and
//! `[index]`. Functions and names are compared without regard to case.

use std::ops::Range;

/// A part of an expression, with its bytes in the text that was parsed.
#[derive(Debug, Clone)]
pub(super) struct Expr {
    pub kind: ExprKind,
    pub range: Range<usize>,
}

#[derive(Debug, Clone)]
pub(super) enum ExprKind {
    /// Between single quotes, which the range includes.
    Text(String),
    Int(i64),
    /// The name in lower case.
    Call {
        name: String,
        args: Vec<Expr>,
    },
    /// The way on from a call: never empty.
    Access {
        base: Box<Expr>,
        steps: Vec<Step>,
    },
}

#[derive(Debug, Clone)]
pub(super) enum Step {
    Name(String),
    Index(Expr),
}

/// What a string of a template stands for.
#[derive(Debug)]
pub(super) enum Parsed {
    /// Bytes of the string that are its text.
    Literal(Range<usize>),
    Expression(Expr),
    Mistake(String),
}

/// Expressions nested deeper than this are refused.
const DEEPEST: usize = 200;
/// In characters. [Azure Resource Manager: template limits]
const LONGEST: usize = 81_920;

/// Reads a string of a template.
pub(super) fn parse(text: &str) -> Parsed {
    if !(text.starts_with('[') && text.ends_with(']') && text.len() > 1) {
        return Parsed::Literal(0..text.len());
    }
    if text.starts_with("[[") {
        return Parsed::Literal(1..text.len());
    }
    if text.chars().count() > LONGEST {
        return Parsed::Mistake("the expression is longer than Azure takes".to_owned());
    }
    let mut parser = Parser { text, at: 1, end: text.len() - 1, depth: 0 };
    let parsed = parser.expr().and_then(|expr| {
        parser.blank();
        if parser.at < parser.end { Err(parser.unexpected()) } else { Ok(expr) }
    });
    match parsed {
        Ok(expr) => Parsed::Expression(expr),
        Err(message) => Parsed::Mistake(message),
    }
}

impl Expr {
    /// Whether the index of a loop is asked for anywhere inside.
    pub(super) fn uses_copy_index(&self) -> bool {
        match &self.kind {
            ExprKind::Text(_) | ExprKind::Int(_) => false,
            ExprKind::Call { name, args } => name == "copyindex" || args.iter().any(Expr::uses_copy_index),
            ExprKind::Access { base, steps } => {
                let in_step = |step: &Step| matches!(step, Step::Index(expr) if expr.uses_copy_index());
                base.uses_copy_index() || steps.iter().any(in_step)
            }
        }
    }
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    end: usize,
    depth: usize,
}

type Outcome<T> = Result<T, String>;

impl Parser<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..self.end]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn blank(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    fn take(&mut self, sign: char) -> bool {
        self.blank();
        let found = self.peek() == Some(sign);
        if found {
            self.at += sign.len_utf8();
        }
        found
    }

    fn expect(&mut self, sign: char) -> Outcome<()> {
        if self.take(sign) { Ok(()) } else { Err(format!("`{sign}` is expected, {}", self.unexpected())) }
    }

    fn unexpected(&self) -> String {
        match self.peek() {
            Some(sign) => format!("`{sign}` is not expected at character {}", self.text[..self.at].chars().count() + 1),
            None => "the expression ends too early".to_owned(),
        }
    }

    fn expr(&mut self) -> Outcome<Expr> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err("the expression is nested too deeply".to_owned());
        }
        self.blank();
        let start = self.at;
        let made = match self.peek() {
            Some('\'') => self.literal(start),
            Some('0'..='9' | '-' | '+') => self.number(start),
            Some(c) if is_start(c) => self.access(start),
            _ => Err(self.unexpected()),
        };
        self.depth -= 1;
        made
    }

    fn literal(&mut self, start: usize) -> Outcome<Expr> {
        let mut value = String::new();
        self.at += 1;
        loop {
            let rest = self.rest();
            let Some(quote) = rest.find('\'') else { return Err("a text is not closed by a quote".to_owned()) };
            value.push_str(&rest[..quote]);
            let doubled = rest[quote + 1..].starts_with('\'');
            self.at += quote + 1;
            if !doubled {
                return Ok(Expr { kind: ExprKind::Text(value), range: start..self.at });
            }
            value.push('\'');
            self.at += 1;
        }
    }

    fn number(&mut self, start: usize) -> Outcome<Expr> {
        let rest = self.rest();
        let sign = usize::from(rest.starts_with(['-', '+']));
        let digits = rest[sign..].find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len() - sign);
        self.at += sign + digits;
        let text = &self.text[start..self.at];
        if self.rest().starts_with(|c: char| c == '.' || c.is_alphanumeric()) {
            return Err(self.unexpected());
        }
        match text.parse() {
            Ok(value) => Ok(Expr { kind: ExprKind::Int(value), range: start..self.at }),
            Err(_) => Err(format!("{text} is no whole number of 64 bits")),
        }
    }

    fn identifier(&mut self) -> Outcome<String> {
        self.blank();
        let rest = self.rest();
        if !rest.starts_with(is_start) {
            return Err(self.unexpected());
        }
        let len = rest.find(|c: char| !(is_start(c) || c.is_ascii_digit())).unwrap_or(rest.len());
        let name = rest[..len].to_owned();
        self.at += len;
        Ok(name)
    }

    fn access(&mut self, start: usize) -> Outcome<Expr> {
        let mut name = self.identifier()?;
        if self.take('.') {
            name = format!("{name}.{}", self.identifier()?);
        }
        self.expect('(')?;
        let mut args = Vec::new();
        if !self.take(')') {
            loop {
                args.push(self.expr()?);
                if self.take(')') {
                    break;
                }
                self.expect(',')?;
            }
        }
        let call = Expr { kind: ExprKind::Call { name: name.to_lowercase(), args }, range: start..self.at };
        let mut steps = Vec::new();
        loop {
            if self.take('.') {
                steps.push(Step::Name(self.identifier()?));
            } else if self.take('[') {
                let index = self.expr()?;
                self.expect(']')?;
                steps.push(Step::Index(index));
            } else {
                break;
            }
        }
        if steps.is_empty() {
            return Ok(call);
        }
        Ok(Expr { kind: ExprKind::Access { base: Box::new(call), steps }, range: start..self.at })
    }
}

fn is_start(c: char) -> bool {
    c.is_alphabetic() || c == '_' || c == '$'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(text: &str) -> String {
        match parse(text) {
            Parsed::Literal(range) => format!("literal {}", &text[range]),
            Parsed::Mistake(message) => format!("mistake {message}"),
            Parsed::Expression(expr) => shown(&expr, text),
        }
    }

    fn shown(expr: &Expr, text: &str) -> String {
        match &expr.kind {
            ExprKind::Text(value) => format!("{value:?}@{}", &text[expr.range.clone()]),
            ExprKind::Int(value) => value.to_string(),
            ExprKind::Call { name, args } => {
                let args: Vec<String> = args.iter().map(|arg| shown(arg, text)).collect();
                format!("{name}({})", args.join(" "))
            }
            ExprKind::Access { base, steps } => {
                let step = |step: &Step| match step {
                    Step::Name(name) => format!(".{name}"),
                    Step::Index(index) => format!("[{}]", shown(index, text)),
                };
                format!("{}{}", shown(base, text), steps.iter().map(step).collect::<String>())
            }
        }
    }

    #[test]
    fn strings_are_literals_or_expressions() {
        for (text, expected) in [
            ("[x] y", "literal [x] y"),
            ("[[x]", "literal [x]"),
            ("[[x", "literal [[x"),
            ("['it''s']", "\"it's\"@'it''s'"),
            ("[Concat( 'a' ,-1)]", "concat(\"a\"@'a' -1)"),
            ("[ns.f().a[0].b]", "ns.f().a[0].b"),
            ("['a'[0]]", "mistake `[` is not expected at character 5"),
            ("[f(1,)]", "mistake `)` is not expected at character 6"),
            ("[]", "mistake the expression ends too early"),
        ] {
            assert_eq!(shape(text), expected, "{text}");
        }
    }
}
