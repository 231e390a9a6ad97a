//! The value of an expression.

use super::eval::{Eval, Fail, Names, Outcome, Scope};
use super::functions::{self, rounded};
use super::types::{self, Type};
use crate::source::Span;
use crate::syntax::hcl::{Call, Expr, ExprKind, For, Item, ItemKey, Literal, Operator, Part};
use crate::value::{Data, ListKind, Map, MapEntry, MapKind, Piece, Text, Trail, Value, Why};
use std::collections::HashMap;
use std::rc::Rc;

/// A text that a template makes has at most so many bytes and pieces.
const LONGEST_TEXT: usize = 1 << 20;
const MOST_PIECES: usize = 10_000;
/// A `for` expression makes at most so many elements.
const LONGEST_LIST: usize = 100_000;

impl<'a> Eval<'a> {
    pub(super) fn expr(&self, scope: &Scope<'_, 'a>, expr: &Expr) -> Outcome {
        self.step(|| match &expr.kind {
            ExprKind::Null => Ok(Value::null(Trail::written(expr.span))),
            ExprKind::Bool(value) => Ok(Value::bool(*value, Trail::written(expr.span))),
            ExprKind::Number(value) if value.is_nan() => {
                let why = Why::because("the number has more digits than kmslint keeps");
                Ok(Value::unknown(why, Trail::written(expr.span)))
            }
            ExprKind::Number(value) => Ok(Value::number(*value, Trail::written(expr.span))),
            ExprKind::Text(literals) => Ok(literal(literals, expr.span)),
            ExprKind::Template(parts) => self.template(scope, parts, expr.span),
            ExprKind::List(items) => {
                let items: Result<Vec<Value>, Fail> = items.iter().map(|item| self.expr(scope, item)).collect();
                Ok(Value::list(ListKind::Tuple, items?, Trail::written(expr.span)))
            }
            ExprKind::Object(items) => self.object(scope, items, expr.span),
            ExprKind::Parenthesis(inner) => self.expr(scope, inner),
            ExprKind::Name(_) => self.reference(scope, expr, &[], expr.span),
            ExprKind::Traverse(root, steps) => self.reference(scope, root, steps, expr.span),
            ExprKind::Call(call) => self.call(scope, call, expr.span),
            ExprKind::Not(inner) => match operand(&self.expr(scope, inner)?, &Type::Bool)?.data {
                Data::Bool(value) => Ok(Value::bool(!value, Trail::computed(expr.span, &[]))),
                data => Ok(Value::new(data, Trail::computed(expr.span, &[]))),
            },
            ExprKind::Negate(inner) => match operand(&self.expr(scope, inner)?, &Type::Number)?.data {
                Data::Number(value) => Ok(Value::number(-value, Trail::computed(expr.span, &[]))),
                data => Ok(Value::new(data, Trail::computed(expr.span, &[]))),
            },
            ExprKind::Binary(operator, left, right) => self.binary(scope, *operator, (left, right), expr.span),
            ExprKind::Conditional(condition, yes, no) => self.conditional(scope, condition, yes, no),
            ExprKind::For(each) => self.for_expr(scope, each, expr.span),
        })
    }

    fn object(&self, scope: &Scope<'_, 'a>, items: &[Item], span: Span) -> Outcome {
        let mut entries = Vec::with_capacity(items.len());
        let mut open = None;
        for item in items {
            let key = match &item.key {
                ItemKey::Name(name, span) => Value::text(&**name, Trail::written(*span)),
                ItemKey::Expr(expr) => operand(&self.expr(scope, expr)?, &Type::String)?,
            };
            let value = self.expr(scope, &item.value)?;
            match key.as_str() {
                Some(text) => entries.push(MapEntry { key: text, key_trail: key.trail, value }),
                None if key.is_null() => return Err(Fail::new("a key of an object is null")),
                None => open = key.why(),
            }
        }
        Ok(Value::map(Map::new(MapKind::Object, entries).opened(open), Trail::written(span)))
    }

    /// A template of one `${ }` alone keeps the type of what is put in.
    pub(super) fn template(&self, scope: &Scope<'_, 'a>, parts: &[Part], span: Span) -> Outcome {
        if let [Part::Put(inner)] = parts {
            return self.expr(scope, inner);
        }
        let mut pieces = Vec::new();
        self.render(scope, parts, &mut pieces)?;
        let inputs: Vec<Trail> = pieces.iter().map(|piece| piece.trail.clone()).collect();
        Ok(Value::pieces(Text::from_pieces(pieces), Trail::computed(span, &inputs)))
    }

    fn render(&self, scope: &Scope<'_, 'a>, parts: &[Part], out: &mut Vec<Piece>) -> Result<(), Fail> {
        for part in parts {
            match part {
                Part::Literal(literal) => out.push(piece(literal)),
                Part::Put(inner) => put(&self.expr(scope, inner)?, out)?,
                Part::If(condition, then, other) => {
                    let condition = operand(&self.expr(scope, condition)?, &Type::Bool)?;
                    match condition.as_bool() {
                        Some(true) => self.render(scope, then, out)?,
                        Some(false) => self.render(scope, other, out)?,
                        None => out.push(hole(&condition)?),
                    }
                }
                Part::For { key, value, collection, body } => {
                    let origin = collection.span;
                    let collection = self.expr(scope, collection)?;
                    let Some(rounds) = elements(&collection, origin, false)? else {
                        out.push(hole(&collection)?);
                        continue;
                    };
                    for (index, item) in rounds {
                        named(scope, (key.as_deref(), &index), (value, &item), |inner| self.render(inner, body, out))?;
                    }
                }
            }
            if out.len() > MOST_PIECES || out.iter().map(|piece| piece.text().len()).sum::<usize>() > LONGEST_TEXT {
                return Err(Fail::new("too large: the text is longer than kmslint evaluates"));
            }
        }
        Ok(())
    }

    fn binary(&self, scope: &Scope<'_, 'a>, operator: Operator, sides: (&Expr, &Expr), span: Span) -> Outcome {
        let left = self.expr(scope, sides.0)?;
        if let Operator::And | Operator::Or = operator {
            return self.logical(scope, operator == Operator::Or, &left, (sides.1, span));
        }
        let right = self.expr(scope, sides.1)?;
        let trail = Trail::computed(span, &[left.trail.clone(), right.trail.clone()]);
        if let Operator::Equal | Operator::NotEqual = operator {
            return Ok(match types::equal(&left, &right) {
                Some(same) => Value::bool(same == (operator == Operator::Equal), trail),
                None => {
                    let why = left.any_why().or_else(|| right.any_why());
                    Value::unknown(why.unwrap_or_else(|| Why::because("the comparison is not known")), trail)
                }
            });
        }
        let (left, right) = (operand(&left, &Type::Number)?, operand(&right, &Type::Number)?);
        if let Some(why) = left.why().or_else(|| right.why()) {
            return Ok(Value::unknown(why, trail));
        }
        let (Some(a), Some(b)) = (left.as_number(), right.as_number()) else {
            return Err(Fail::new("a number is required, and null is given"));
        };
        Ok(match operator {
            Operator::Less => Value::bool(a < b, trail),
            Operator::LessOrEqual => Value::bool(a <= b, trail),
            Operator::Greater => Value::bool(a > b, trail),
            Operator::GreaterOrEqual => Value::bool(a >= b, trail),
            Operator::Divide | Operator::Modulo if b == 0.0 => return Err(Fail::new("division by zero")),
            Operator::Add => Value::number(rounded(a + b), trail),
            Operator::Subtract => Value::number(rounded(a - b), trail),
            Operator::Multiply => Value::number(rounded(a * b), trail),
            Operator::Divide => Value::number(rounded(a / b), trail),
            Operator::Modulo => Value::number(rounded(a % b), trail),
            Operator::Equal | Operator::NotEqual | Operator::And | Operator::Or => {
                return Err(Fail::new("not an operation on numbers"));
            }
        })
    }

    /// `&&` and `||`, which end where the left side decides, as Terraform 1.12 does, and are known where either
    /// side decides.
    fn logical(&self, scope: &Scope<'_, 'a>, decides: bool, left: &Value, right: (&Expr, Span)) -> Outcome {
        let trail = Trail::computed(right.1, std::slice::from_ref(&left.trail));
        let left = operand(left, &Type::Bool)?;
        if left.as_bool() == Some(decides) {
            return Ok(Value::bool(decides, trail));
        }
        let right = operand(&self.expr(scope, right.0)?, &Type::Bool)?;
        if left.as_bool().is_some() || right.as_bool() == Some(decides) {
            return Ok(Value::new(right.data, trail));
        }
        Ok(Value::new(left.data, trail))
    }

    /// Both arms are evaluated, as their common type is that of the result; a mistake counts in the chosen one only.
    fn conditional(&self, scope: &Scope<'_, 'a>, condition: &Expr, yes: &Expr, no: &Expr) -> Outcome {
        let condition = operand(&self.expr(scope, condition)?, &Type::Bool)?;
        let (yes, no) = (self.expr(scope, yes), self.expr(scope, no));
        let Some(chosen) = condition.as_bool() else {
            let Some(why) = condition.why() else { return Err(Fail::new("the condition is null")) };
            let arms: Vec<Value> = [yes, no].into_iter().filter_map(Result::ok).collect();
            return Ok(Value::unknown(Why::either(&why, arms), condition.trail));
        };
        let (chosen, other) = if chosen { (yes?, no) } else { (no?, yes) };
        let Ok(other) = other else { return Ok(chosen) };
        if matches!(other.data, Data::Unknown(_) | Data::Null) {
            return Ok(chosen);
        }
        match types::unify(&[types::type_of(&chosen), types::type_of(&other)]) {
            Some(ty) => Ok(types::convert(&chosen, &ty).unwrap_or(chosen)),
            None => Ok(chosen),
        }
    }

    fn for_expr(&self, scope: &Scope<'_, 'a>, each: &For, span: Span) -> Outcome {
        let collection = self.expr(scope, &each.collection)?;
        let trail = Trail::computed(span, std::slice::from_ref(&collection.trail));
        let Some(rounds) = elements(&collection, each.collection.span, true)? else {
            let why = collection.why().unwrap_or_else(|| Why::because("the collection is not known"));
            return Ok(Value::unknown(self.for_candidates(scope, each, &why, span), trail));
        };
        let mut made = Made::default();
        if rounds.len() > LONGEST_LIST {
            return Err(Fail::new("too large: the collection has more elements than kmslint evaluates"));
        }
        for (key, value) in &rounds {
            let round = |inner: &Scope<'_, 'a>| self.round(inner, each, &mut made);
            named(scope, (each.key.as_deref(), key), (&each.value, value), round)?;
        }
        let open = match &collection.data {
            Data::List(list) => list.open.clone(),
            Data::Map(map) => map.open.clone(),
            _ => None,
        };
        Ok(made.finish(each, open, trail))
    }

    /// What a `for` gives over a collection that is one of several, not known which.
    fn for_candidates(&self, scope: &Scope<'_, 'a>, each: &For, why: &Why, span: Span) -> Why {
        let over = |candidate: &Value| {
            let rounds = elements(candidate, each.collection.span, true).ok()??;
            let mut made = Made::default();
            for (key, value) in &rounds {
                let round = |inner: &Scope<'_, 'a>| self.round(inner, each, &mut made);
                named(scope, (each.key.as_deref(), key), (&each.value, value), round).ok()?;
            }
            Some(made.finish(each, None, Trail::computed(span, std::slice::from_ref(&candidate.trail))))
        };
        let results: Vec<Value> = why.candidates().iter().filter_map(over).collect();
        if results.is_empty() { why.clone() } else { Why::either(why, results) }
    }

    fn round(&self, scope: &Scope<'_, 'a>, each: &For, made: &mut Made) -> Result<(), Fail> {
        let mut doubt = None;
        if let Some(condition) = &each.condition {
            let condition = operand(&self.expr(scope, condition)?, &Type::Bool)?;
            match condition.as_bool() {
                Some(false) => return Ok(()),
                Some(true) => {}
                None => doubt = condition.why(),
            }
        }
        let mut value = self.expr(scope, &each.result)?;
        if let Some(why) = doubt {
            value.trail = value.trail.maybe(why.clone());
            made.doubt = Some(why);
        }
        let Some(key) = &each.entry_key else {
            made.items.push(value);
            return Ok(());
        };
        let key = operand(&self.expr(scope, key)?, &Type::String)?;
        match key.as_str() {
            Some(text) => made.add(text, key.trail, value, each.group),
            None if key.is_null() => Err(Fail::new("a key of a for expression is null")),
            None => {
                made.doubt = key.why();
                Ok(())
            }
        }
    }

    pub(super) fn call(&self, scope: &Scope<'_, 'a>, call: &Call, span: Span) -> Outcome {
        match &*call.name {
            "try" => return self.try_each(scope, call),
            "can" => {
                let Some(arg) = call.args.first() else { return Err(Fail::new("can takes one argument")) };
                return match self.expr(scope, arg) {
                    Err(fail) if fail.fatal || fail.is_limit() => Err(fail),
                    Err(_) => Ok(Value::bool(false, Trail::computed(span, &[]))),
                    Ok(value) => Ok(match value.any_why() {
                        Some(why) => Value::unknown(why, Trail::computed(span, &[])),
                        None => Value::bool(true, Trail::computed(span, &[])),
                    }),
                };
            }
            _ => {}
        }
        let mut args = Vec::with_capacity(call.args.len());
        for (at, arg) in call.args.iter().enumerate() {
            let value = self.expr(scope, arg)?;
            if !call.expand || at + 1 < call.args.len() {
                args.push(value);
                continue;
            }
            match &value.data {
                Data::List(list) => match &list.open {
                    None => args.extend(list.items.iter().map(|item| value.taken(item))),
                    Some(why) => return Ok(Value::unknown(why.clone(), Trail::computed(span, &[]))),
                },
                Data::Unknown(why) => return Ok(Value::unknown(why.clone(), Trail::computed(span, &[]))),
                _ => return Err(Fail::new("only a list can be expanded into arguments")),
            }
        }
        match &*call.name {
            "templatefile" => return self.template_file(scope, &args, span),
            "templatestring" => return self.template_string(scope, call, &args, span),
            _ => {}
        }
        let host = super::host::Files { eval: self };
        match functions::call(&functions::Call { name: &call.name, at: span, args, host: &host }) {
            Some(Ok(value)) => Ok(value),
            Some(Err(message)) if message.starts_with("too large") => {
                Ok(Value::unknown(Why::because(message), Trail::computed(span, &[])))
            }
            Some(Err(message)) => Err(Fail::new(message)),
            None if call.name.contains("::") => {
                let why = Why::because(format!("{}() is a function of a provider", call.name));
                Ok(Value::unknown(why, Trail::computed(span, &[])))
            }
            None if scope.instance.module.is_terragrunt => {
                let why = Why::because(format!("{}() is a function of Terragrunt", call.name));
                Ok(Value::unknown(why, Trail::computed(span, &[])))
            }
            None => Err(Fail::fatal(format!("there is no function {}", call.name))),
        }
    }

    fn try_each(&self, scope: &Scope<'_, 'a>, call: &Call) -> Outcome {
        let mut last = Fail::new("try has no argument that can be evaluated");
        for arg in &call.args {
            match self.expr(scope, arg) {
                Err(fail) if fail.fatal || fail.is_limit() => return Err(fail),
                Err(fail) => last = fail,
                Ok(value) => return Ok(value),
            }
        }
        Err(last)
    }

    /// `templatefile`: its names are those of the map alone.
    fn template_file(&self, scope: &Scope<'_, 'a>, args: &[Value], span: Span) -> Outcome {
        let [path, vars] = args else { return Err(Fail::new("templatefile takes a path and a map")) };
        let trail = Trail::computed(span, &[]);
        let Some(path) = path.as_str() else {
            let why = path.why().unwrap_or_else(|| Why::because("the path of the template is not a text"));
            return Ok(Value::unknown(why, trail));
        };
        let source = self.read(&path).map_err(Fail::new)?;
        let parts = crate::syntax::hcl::parse_template(&source).map_err(|mistake| Fail::new(mistake.message))?;
        self.filled(scope, &parts, vars, span)
    }

    /// `templatestring`: the template comes from elsewhere, so that its text is evaluated at its place as a whole.
    fn template_string(&self, scope: &Scope<'_, 'a>, call: &Call, args: &[Value], span: Span) -> Outcome {
        let [template, vars] = args else { return Err(Fail::new("templatestring takes a template and a map")) };
        if !matches!(call.args[0].kind, ExprKind::Name(_) | ExprKind::Traverse(..)) {
            return Err(Fail::new("templatestring takes a reference to a text, not an expression"));
        }
        let trail = Trail::computed(span, std::slice::from_ref(&template.trail));
        let Some(text) = operand(template, &Type::String)?.as_str() else {
            let why = template.why().unwrap_or_else(|| Why::because("the template is not a text"));
            return Ok(Value::unknown(why, trail));
        };
        let source = self.sources.insert(std::path::Path::new("templatestring"), text.to_string());
        let parts = crate::syntax::hcl::parse_template(&source).map_err(|mistake| Fail::new(mistake.message))?;
        Ok(self.filled(scope, &parts, vars, span)?.placed(&trail))
    }

    /// A template whose names are those of a map alone.
    fn filled(&self, scope: &Scope<'_, 'a>, parts: &[Part], vars: &Value, span: Span) -> Outcome {
        let Some(map) = vars.as_map() else {
            let why = vars.why().unwrap_or_else(|| Why::because("the names of the template are not a map"));
            return Ok(Value::unknown(why, Trail::computed(span, &[])));
        };
        let values: Vec<(Rc<str>, Value)> =
            map.entries().iter().map(|entry| (Rc::clone(&entry.key), vars.taken(&entry.value))).collect();
        with_names(scope, &values, None, &|inner| self.template(inner, parts, span))
    }
}

/// Runs with the variables of a `for` in scope.
fn named<'a, T>(
    scope: &Scope<'_, 'a>,
    key: (Option<&str>, &Value),
    value: (&str, &Value),
    run: impl FnOnce(&Scope<'_, 'a>) -> T,
) -> T {
    let names = Names { name: value.0, value: value.1, outer: scope.names };
    match key.0 {
        Some(name) => {
            let names = Names { name, value: key.1, outer: Some(&names) };
            run(&scope.with(Some(&names)))
        }
        None => run(&scope.with(Some(&names))),
    }
}

fn with_names<'a>(
    scope: &Scope<'_, 'a>,
    values: &[(Rc<str>, Value)],
    outer: Option<&Names<'_>>,
    run: &dyn Fn(&Scope<'_, 'a>) -> Outcome,
) -> Outcome {
    match values {
        [] => run(&Scope { instance: scope.instance, repetition: None, names: outer }),
        [(name, value), rest @ ..] => {
            let names = Names { name, value, outer };
            with_names(scope, rest, Some(&names), run)
        }
    }
}

/// What a `for` expression has made so far.
#[derive(Default)]
struct Made {
    items: Vec<Value>,
    entries: Vec<MapEntry>,
    at: HashMap<Rc<str>, usize>,
    groups: Vec<Vec<Value>>,
    doubt: Option<Why>,
}

impl Made {
    fn add(&mut self, key: Rc<str>, key_trail: Trail, value: Value, group: bool) -> Result<(), Fail> {
        let known = self.at.get(&key).copied();
        match known {
            Some(at) if group => self.groups[at].push(value),
            Some(_) => return Err(Fail::new(format!("two items of the for expression have the key {key:?}"))),
            None => {
                self.at.insert(Rc::clone(&key), self.entries.len());
                self.groups.push(vec![value.clone()]);
                self.entries.push(MapEntry { key, key_trail, value });
            }
        }
        Ok(())
    }

    fn finish(mut self, each: &For, open: Option<Why>, trail: Trail) -> Value {
        let value = if each.entry_key.is_none() {
            Value::open_list(ListKind::Tuple, self.items, open, trail.clone())
        } else {
            if each.group {
                for (entry, group) in self.entries.iter_mut().zip(self.groups) {
                    entry.value = Value::list(ListKind::Tuple, group, trail.clone());
                }
            }
            Value::map(Map::new(MapKind::Object, self.entries).opened(open), trail.clone())
        };
        match self.doubt {
            Some(why) => Value::unknown(Why::either(&why, vec![value]), trail),
            None => value,
        }
    }
}

/// A literal between quotes, or a heredoc.
fn literal(literals: &[Literal], span: Span) -> Value {
    match literals {
        [] => Value::text("", Trail::quoted(span)),
        // Between quotes and without escapes.
        [only] if span.len() == only.span.len() + 2 && only.span.len() as usize == only.text.len() => {
            Value::text(&*only.text, Trail::quoted(span))
        }
        several => {
            let pieces = several.iter().map(piece).collect();
            Value::pieces(Text::from_pieces(pieces), Trail::written(span))
        }
    }
}

fn piece(literal: &Literal) -> Piece {
    Piece::known((&*literal.text).into(), Trail::written(literal.span))
}

/// Puts a value into a text.
fn put(value: &Value, out: &mut Vec<Piece>) -> Result<(), Fail> {
    let text = operand(value, &Type::String)?;
    match &text.data {
        Data::Text(text) => match text.pieces() {
            [only] if only.is_whole() => out.push(Piece::known(only.text().into(), value.trail.clone())),
            pieces => out.extend(pieces.iter().cloned()),
        },
        Data::Unknown(why) => out.push(Piece::hole(why.clone(), value.trail.clone())),
        _ => return Err(Fail::new("null cannot be put into a text")),
    }
    Ok(())
}

fn hole(value: &Value) -> Result<Piece, Fail> {
    match value.why() {
        Some(why) => Ok(Piece::hole(why, value.trail.clone())),
        None => Err(Fail::new("null cannot be put into a text")),
    }
}

/// A value as an operator takes it.
pub(super) fn operand(value: &Value, ty: &Type) -> Outcome {
    types::convert(value, ty).map_err(Fail::new)
}

/// The elements of a collection with their keys; `None` where the collection is not known. What is made of an element in
/// a repetition at `span` remembers it.
fn elements(collection: &Value, span: Span, repeated: bool) -> Result<Option<Vec<(Value, Value)>>, Fail> {
    let each = |trail: &Trail, element: &Trail| if repeated { trail.each(span, element) } else { trail.clone() };
    let made = Trail::computed(span, &[]);
    match &collection.data {
        Data::Unknown(_) => Ok(None),
        Data::List(list) => {
            let pair = |(at, item): (usize, &Value)| {
                let taken = collection.taken(item);
                let value = Value { trail: each(&taken.trail, &item.trail), ..taken };
                #[allow(clippy::cast_precision_loss, reason = "no list is that long")]
                let index = Value::number(at as f64, each(&made, &item.trail));
                (if list.kind == ListKind::Set { value.clone() } else { index }, value)
            };
            Ok(Some(list.items.iter().enumerate().map(pair).collect()))
        }
        Data::Map(map) => {
            let pair = |entry: &MapEntry| {
                let taken = collection.taken(&entry.value);
                let key = Value::text(Rc::clone(&entry.key), each(&entry.key_trail, &entry.value.trail));
                (key, Value { trail: each(&taken.trail, &entry.value.trail), ..taken })
            };
            Ok(Some(map.entries().iter().map(pair).collect()))
        }
        Data::Null => Err(Fail::new("a null value has no elements")),
        Data::Bool(_) | Data::Number(_) | Data::Text(_) => Err(Fail::new("only collections have elements")),
    }
}
