//! From the parser's tree to ours. The only place that knows the parser.

use super::split;
use super::text::{Indentation, Spelling, literals, trim_end, trim_start};
use super::{
    Attribute, Block, Body, Call, Expr, ExprKind, For, Item, ItemKey, Literal, Operator, Part, Step, StepKind,
};
use crate::source::{Source, SourceId, Span};
use hcl_edit::expr as foreign;
use hcl_edit::structure as shape;
use hcl_edit::template::{Directive, Element, Strip, Template};
use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// Where parsing stopped, in bytes of the text, and why.
pub(super) type Stop = (usize, String);

/// Where a text that is parsed stands in its file.
#[derive(Debug, Clone, Copy)]
pub(super) enum Place {
    /// Its first byte is this byte of the source.
    At(SourceId, usize),
    /// It is spelled with escapes there, so that everything in it is placed at the whole of it.
    Within(Span),
}

impl Place {
    fn span(self, range: Range<usize>) -> Span {
        match self {
            Place::At(source, base) => Span::new(source, base + range.start..base + range.end),
            Place::Within(span) => span,
        }
    }

    /// Parts of the text behind `offset` bytes.
    fn behind(self, offset: usize) -> Place {
        match self {
            Place::At(source, base) => Place::At(source, base + offset),
            Place::Within(_) => self,
        }
    }
}

/// The items of objects that were parsed apart, by the byte behind their bracket.
type Items = HashMap<usize, Vec<Item>>;

/// Objects of more than this many items are parsed item by item.
const MANY_ITEMS: usize = 64;

/// Parses a range of a text as a body.
pub(super) fn body(source: &Arc<Source>, range: Range<usize>) -> Result<Body, Stop> {
    let place = Place::At(source.id, range.start);
    let text = &source.text[range.clone()];
    // The parser wants each key of an object once, which Terraform does not: then no object is left to it.
    let parsed = parsed(text, place, MANY_ITEMS).or_else(|stop| parsed(text, place, 0).map_err(|_| stop));
    parsed.map_err(|(at, message)| (range.start + at, message))
}

fn parsed(text: &str, place: Place, many: usize) -> Result<Body, Stop> {
    let (text, items) = reduced(text, place, many)?;
    let tree = hcl_edit::parser::parse_body(&text).map_err(|error| stop(&error, 0))?;
    Ok(Convert { text: &text, place, items }.body(&tree))
}

/// Takes the insides of objects with more than so many items out of a text; they are parsed item by item and come
/// beside it, by the byte behind their bracket.
fn reduced(text: &str, place: Place, many: usize) -> Result<(Cow<'_, str>, Items), Stop> {
    let large = split::large_objects(text, many);
    if large.is_empty() {
        return Ok((Cow::Borrowed(text), HashMap::new()));
    }
    let mut reduced = text.as_bytes().to_vec();
    let mut out = HashMap::new();
    for inside in large {
        reduced[inside.clone()].fill(b' ');
        let mut parsed = Vec::new();
        for item in split::items(text, inside.clone()) {
            let made = items(&text[item.clone()], place.behind(item.start), many);
            parsed.extend(made.map_err(|(at, message)| (item.start + at, message))?);
        }
        out.insert(inside.start, parsed);
    }
    let reduced = String::from_utf8(reduced).map_err(|_| (0, "not UTF-8".to_owned()))?;
    Ok((Cow::Owned(reduced), out))
}

/// Parses a text as items of an object.
fn items(text: &str, place: Place, many: usize) -> Result<Vec<Item>, Stop> {
    const OPENING: &str = "x={";
    let (text, inner) = reduced(text, place, many)?;
    let whole = format!("{OPENING}{text}\n}}");
    let tree = hcl_edit::parser::parse_body(&whole);
    let tree = tree.map_err(|error| {
        let (at, message) = stop(&error, 0);
        (at.saturating_sub(OPENING.len()), message)
    })?;
    let place = match place {
        Place::At(source, base) => Place::At(source, base.saturating_sub(OPENING.len())),
        within @ Place::Within(_) => within,
    };
    let items = inner.into_iter().map(|(at, items)| (at + OPENING.len(), items)).collect();
    let body = Convert { text: &whole, place, items }.body(&tree);
    match body.attributes.into_iter().next().map(|attribute| attribute.expr.kind) {
        Some(ExprKind::Object(items)) => Ok(items),
        _ => Err((0, "an item of an object is expected".to_owned())),
    }
}

/// Parses a whole text as one expression.
pub(super) fn expression(text: &str, place: Place) -> Result<Expr, Stop> {
    let tree = hcl_edit::parser::parse_expr(text).map_err(|error| stop(&error, 0))?;
    Ok(Convert { text, place, items: HashMap::new() }.expr(&tree))
}

/// Parses a whole text as a template, as `templatefile` and JSON syntax do.
pub(super) fn template(text: &str, place: Place) -> Result<Vec<Part>, Stop> {
    let tree = hcl_edit::parser::parse_template(text).map_err(|error| stop(&error, 0))?;
    let cx = Convert { text, place, items: HashMap::new() };
    Ok(cx.parts(&tree.iter().collect::<Vec<_>>(), Spelling::PLAIN))
}

fn stop(error: &hcl_edit::parser::Error, base: usize) -> Stop {
    (base + error.location().offset(), error.message().replace('\n', "; "))
}

struct Convert<'a> {
    /// The text that was parsed.
    text: &'a str,
    place: Place,
    items: Items,
}

/// The bytes of a node; nodes that the parser gives none are empty at the start of the text.
fn range(node: &impl hcl_edit::Span) -> Range<usize> {
    node.span().unwrap_or(0..0)
}

impl Convert<'_> {
    fn span(&self, node: &impl hcl_edit::Span) -> Span {
        self.place.span(range(node))
    }

    fn body(&self, body: &shape::Body) -> Body {
        let mut out = Body::default();
        for structure in body {
            match structure {
                shape::Structure::Attribute(attribute) => out.attributes.push(self.attribute(attribute)),
                shape::Structure::Block(block) => out.blocks.push(Arc::new(self.block(block))),
            }
        }
        out
    }

    fn attribute(&self, attribute: &shape::Attribute) -> Attribute {
        Attribute {
            name: attribute.key.as_str().into(),
            name_span: self.span(&attribute.key),
            expr: self.expr(&attribute.value),
        }
    }

    fn block(&self, block: &shape::Block) -> Block {
        let kind = self.span(&block.ident);
        let header = block.labels.iter().fold(kind, |header, label| match label {
            shape::BlockLabel::Ident(ident) => header.to(self.span(ident)),
            shape::BlockLabel::String(text) => header.to(self.span(text)),
        });
        let label = |label: &shape::BlockLabel| label.as_str().into();
        Block {
            kind: block.ident.as_str().into(),
            labels: block.labels.iter().map(label).collect(),
            body: self.body(&block.body),
            header,
            span: self.span(block),
        }
    }

    fn expr(&self, expr: &foreign::Expression) -> Expr {
        Expr { kind: self.kind(expr, range(expr)), span: self.span(expr) }
    }

    fn boxed(&self, expr: &foreign::Expression) -> Box<Expr> {
        Box::new(self.expr(expr))
    }

    fn kind(&self, expr: &foreign::Expression, range: Range<usize>) -> ExprKind {
        use foreign::Expression as E;
        match expr {
            E::Null(_) => ExprKind::Null,
            E::Bool(value) => ExprKind::Bool(*value.value()),
            E::Number(value) => ExprKind::Number(number(value.value())),
            E::String(_) => {
                ExprKind::Text(self.literals(range.start + 1..range.end.saturating_sub(1), Spelling::Quoted))
            }
            E::Array(array) => ExprKind::List(array.iter().map(|item| self.expr(item)).collect()),
            E::Object(object) => match self.items.get(&(range.start + 1)) {
                Some(items) => ExprKind::Object(items.clone()),
                None => ExprKind::Object(object.iter().map(|(key, value)| self.item(key, value)).collect()),
            },
            E::StringTemplate(template) => {
                let elements: Vec<&Element> = template.iter().collect();
                self.template(&elements, Spelling::Quoted)
            }
            E::HeredocTemplate(heredoc) => {
                let elements: Vec<&Element> = heredoc.template.iter().collect();
                if heredoc.indent().is_none() {
                    return self.template(&elements, Spelling::PLAIN);
                }
                let mut found = Indentation::new();
                self.indentation(&elements, (false, false), &mut found);
                self.template(&elements, Spelling::Heredoc { indent: found.indent, lines: &found.lines })
            }
            E::Parenthesis(inner) => ExprKind::Parenthesis(self.boxed(inner.inner())),
            E::Variable(name) => ExprKind::Name(name.as_str().into()),
            E::Conditional(cond) => ExprKind::Conditional(
                self.boxed(&cond.cond_expr),
                self.boxed(&cond.true_expr),
                self.boxed(&cond.false_expr),
            ),
            E::FuncCall(call) => ExprKind::Call(self.call(call)),
            E::Traversal(traversal) => {
                let mut steps: Vec<Step> = Vec::new();
                self.steps(&traversal.operators, &mut steps);
                ExprKind::Traverse(self.boxed(&traversal.expr), steps)
            }
            E::UnaryOp(op) => match op.operator.value() {
                foreign::UnaryOperator::Neg => ExprKind::Negate(self.boxed(&op.expr)),
                foreign::UnaryOperator::Not => ExprKind::Not(self.boxed(&op.expr)),
            },
            E::BinaryOp(op) => {
                let (left, right) = (self.boxed(&op.lhs_expr), self.boxed(&op.rhs_expr));
                ExprKind::Binary(operator(*op.operator.value()), left, right)
            }
            E::ForExpr(expr) => ExprKind::For(Box::new(self.for_expr(expr))),
        }
    }

    fn literals(&self, range: Range<usize>, spelling: Spelling<'_>) -> Vec<Literal> {
        literals(self.text, range, spelling, |range| self.place.span(range))
    }

    fn item(&self, key: &foreign::ObjectKey, value: &foreign::ObjectValue) -> Item {
        let key = match key {
            foreign::ObjectKey::Ident(ident) => ItemKey::Name(ident.as_str().into(), self.span(ident)),
            foreign::ObjectKey::Expression(foreign::Expression::Variable(name)) => {
                ItemKey::Name(name.as_str().into(), self.span(name))
            }
            // Bare words, whatever they mean elsewhere.
            foreign::ObjectKey::Expression(expr @ foreign::Expression::Null(_)) => {
                ItemKey::Name("null".into(), self.span(expr))
            }
            foreign::ObjectKey::Expression(expr @ foreign::Expression::Bool(word)) => {
                ItemKey::Name(word.value().to_string().into(), self.span(expr))
            }
            foreign::ObjectKey::Expression(expr) => ItemKey::Expr(self.expr(expr)),
        };
        Item { key, value: self.expr(value.expr()) }
    }

    fn call(&self, call: &foreign::FuncCall) -> Call {
        let space = call.name.namespace.iter().map(|part| part.as_str().to_owned() + "::");
        let name: String = space.chain([call.name.name.as_str().to_owned()]).collect();
        Call {
            // Every built-in function is also `core::` something.
            name: name.strip_prefix("core::").unwrap_or(&name).into(),
            args: call.args.iter().map(|arg| self.expr(arg)).collect(),
            expand: call.args.expand_final(),
        }
    }

    /// A full splat takes all steps behind it for each element, a legacy one (`.*`) only attributes
    /// and indexes behind a dot.
    fn steps(&self, operators: &[hcl_edit::Decorated<foreign::TraversalOperator>], out: &mut Vec<Step>) {
        use foreign::TraversalOperator as T;
        for (at, operator) in operators.iter().enumerate() {
            let span = self.span(operator);
            let rest = &operators[at + 1..];
            let kind = match operator.value() {
                T::GetAttr(name) => StepKind::Attribute(name.as_str().into()),
                T::Index(expr) => StepKind::Index(self.boxed(expr)),
                T::LegacyIndex(index) => {
                    #[allow(clippy::cast_precision_loss, reason = "no list is that long")]
                    let number = ExprKind::Number(**index as f64);
                    StepKind::Index(Box::new(Expr { kind: number, span }))
                }
                T::FullSplat(_) => {
                    let mut each = Vec::new();
                    self.steps(rest, &mut each);
                    out.push(Step { kind: StepKind::Splat(each), span });
                    return;
                }
                T::AttrSplat(_) => {
                    let is_plain =
                        |op: &&hcl_edit::Decorated<T>| matches!(op.value(), T::GetAttr(_) | T::LegacyIndex(_));
                    let attributes = rest.iter().take_while(is_plain).count();
                    let mut each = Vec::new();
                    self.steps(&rest[..attributes], &mut each);
                    out.push(Step { kind: StepKind::Splat(each), span });
                    self.steps(&rest[attributes..], out);
                    return;
                }
            };
            out.push(Step { kind, span });
        }
    }

    fn for_expr(&self, expr: &foreign::ForExpr) -> For {
        For {
            key: expr.intro.key_var.as_ref().map(|name| name.as_str().into()),
            value: expr.intro.value_var.as_str().into(),
            collection: self.expr(&expr.intro.collection_expr),
            entry_key: expr.key_expr.as_ref().map(|key| self.expr(key)),
            result: self.expr(&expr.value_expr),
            condition: expr.cond.as_ref().map(|cond| self.expr(&cond.expr)),
            group: expr.grouping,
        }
    }

    /// A template of literals alone is a literal.
    fn template(&self, elements: &[&Element], spelling: Spelling<'_>) -> ExprKind {
        let parts = self.parts(elements, spelling);
        if parts.iter().all(|part| matches!(part, Part::Literal(_))) {
            let literal = |part| match part {
                Part::Literal(literal) => Some(literal),
                _ => None,
            };
            return ExprKind::Text(parts.into_iter().filter_map(literal).collect());
        }
        ExprKind::Template(parts)
    }

    fn nested(&self, template: &Template, spelling: Spelling<'_>, strip: (bool, bool)) -> Vec<Part> {
        let mut parts = self.parts(&template.iter().collect::<Vec<_>>(), spelling);
        if strip.0 {
            strip_parts(&mut parts, true, spelling);
        }
        if strip.1 {
            strip_parts(&mut parts, false, spelling);
        }
        parts
    }

    fn parts(&self, elements: &[&Element], spelling: Spelling<'_>) -> Vec<Part> {
        let mut out: Vec<Part> = Vec::new();
        let mut strip_next = false;
        for element in elements {
            let (before, after, part) = match element {
                Element::Literal(literal) => {
                    let mut run = self.literals(range(literal), spelling);
                    if std::mem::take(&mut strip_next) {
                        trim_start(&mut run, spelling);
                    }
                    out.extend(run.into_iter().map(Part::Literal));
                    continue;
                }
                Element::Interpolation(put) => {
                    let (before, after) = strips(put.strip);
                    (before, after, Part::Put(self.expr(&put.expr)))
                }
                Element::Directive(directive) => self.directive(directive, spelling),
            };
            if before {
                strip_parts(&mut out, false, spelling);
            }
            strip_next = after;
            out.push(part);
        }
        out
    }

    /// Finds the indentation of a heredoc; `outer` tells whether what stands around trims it.
    fn indentation(&self, elements: &[&Element], outer: (bool, bool), found: &mut Indentation) {
        let mut trim_start = outer.0;
        for (at, element) in elements.iter().enumerate() {
            match element {
                Element::Literal(literal) => {
                    let trim_end = elements.get(at + 1).map_or(outer.1, |next| edges(next).0);
                    let range = range(literal);
                    let raw = self.text.get(range.clone()).unwrap_or("");
                    found.literal(raw, range.start, (trim_start, trim_end));
                }
                Element::Interpolation(_) => found.sequence(),
                Element::Directive(directive) => self.indentation_in(directive, found),
            }
            trim_start = edges(element).1;
        }
    }

    fn indentation_in(&self, directive: &Directive, found: &mut Indentation) {
        fn inside(template: &Template) -> Vec<&Element> {
            template.iter().collect()
        }
        found.sequence();
        match directive {
            Directive::If(branches) => {
                let (_, open) = strips(branches.if_expr.strip);
                let (end, _) = strips(branches.endif_expr.strip);
                let other = branches.else_expr.as_ref();
                let then_end = other.map_or(end, |branch| strips(branch.strip).0);
                self.indentation(&inside(&branches.if_expr.template), (open, then_end), found);
                if let Some(branch) = other {
                    found.sequence();
                    self.indentation(&inside(&branch.template), (strips(branch.strip).1, end), found);
                }
            }
            Directive::For(each) => {
                let trim = (strips(each.for_expr.strip).1, strips(each.endfor_expr.strip).0);
                self.indentation(&inside(&each.for_expr.template), trim, found);
            }
        }
        found.sequence();
    }

    fn directive(&self, directive: &Directive, spelling: Spelling<'_>) -> (bool, bool, Part) {
        match directive {
            Directive::If(branches) => {
                let (before, mut inner) = strips(branches.if_expr.strip);
                let (end, after) = strips(branches.endif_expr.strip);
                let mut other = Vec::new();
                let mut then_end = end;
                if let Some(branch) = &branches.else_expr {
                    let (close, open) = strips(branch.strip);
                    then_end = close;
                    other = self.nested(&branch.template, spelling, (open, end));
                }
                let then = self.nested(&branches.if_expr.template, spelling, (std::mem::take(&mut inner), then_end));
                (before, after, Part::If(self.expr(&branches.if_expr.cond_expr), then, other))
            }
            Directive::For(each) => {
                let (before, open) = strips(each.for_expr.strip);
                let (close, after) = strips(each.endfor_expr.strip);
                let part = Part::For {
                    key: each.for_expr.key_var.as_ref().map(|name| name.as_str().into()),
                    value: each.for_expr.value_var.as_str().into(),
                    collection: self.expr(&each.for_expr.collection_expr),
                    body: self.nested(&each.for_expr.template, spelling, (open, close)),
                };
                (before, after, part)
            }
        }
    }
}

/// Not a number where it has more digits than are kept.
fn number(value: &hcl_edit::Number) -> f64 {
    const LARGEST: u64 = 1 << 53;
    let exact = value.as_u64().is_none_or(|whole| whole <= LARGEST);
    value.as_f64().filter(|_| exact).unwrap_or(f64::NAN)
}

/// Whether an element takes white space off what stands before and behind it.
fn edges(element: &Element) -> (bool, bool) {
    match element {
        Element::Literal(_) => (false, false),
        Element::Interpolation(put) => strips(put.strip),
        Element::Directive(directive) => match &**directive {
            Directive::If(branches) => (strips(branches.if_expr.strip).0, strips(branches.endif_expr.strip).1),
            Directive::For(each) => (strips(each.for_expr.strip).0, strips(each.endfor_expr.strip).1),
        },
    }
}

/// Whether white space before and behind goes.
fn strips(strip: Strip) -> (bool, bool) {
    match strip {
        Strip::None => (false, false),
        Strip::Start => (true, false),
        Strip::End => (false, true),
        Strip::Both => (true, true),
    }
}

/// Takes the white space at the start or the end off a run of parts, as far as its literals go.
fn strip_parts(parts: &mut Vec<Part>, start: bool, spelling: Spelling<'_>) {
    let literal = |part: &Part| matches!(part, Part::Literal(_));
    let count = if start {
        parts.iter().take_while(|part| literal(part)).count()
    } else {
        parts.iter().rev().take_while(|part| literal(part)).count()
    };
    let rest = if start { parts.split_off(count) } else { parts.split_off(parts.len() - count) };
    let (run, mut other) = if start { (std::mem::take(parts), rest) } else { (rest, std::mem::take(parts)) };
    let mut run: Vec<Literal> = run
        .into_iter()
        .filter_map(|part| match part {
            Part::Literal(literal) => Some(literal),
            _ => None,
        })
        .collect();
    if start {
        trim_start(&mut run, spelling);
    } else {
        trim_end(&mut run, spelling);
    }
    let run = run.into_iter().map(Part::Literal);
    if start {
        parts.extend(run);
        parts.append(&mut other);
    } else {
        parts.append(&mut other);
        parts.extend(run);
    }
}

fn operator(operator: foreign::BinaryOperator) -> Operator {
    use foreign::BinaryOperator as B;
    match operator {
        B::Eq => Operator::Equal,
        B::NotEq => Operator::NotEqual,
        B::LessEq => Operator::LessOrEqual,
        B::GreaterEq => Operator::GreaterOrEqual,
        B::Less => Operator::Less,
        B::Greater => Operator::Greater,
        B::Plus => Operator::Add,
        B::Minus => Operator::Subtract,
        B::Mul => Operator::Multiply,
        B::Div => Operator::Divide,
        B::Mod => Operator::Modulo,
        B::And => Operator::And,
        B::Or => Operator::Or,
    }
}
