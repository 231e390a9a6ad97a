//! Type constraints of variables, as written, to types.

use super::eval::{Eval, Scope};
use super::types::{Attribute, Type};
use crate::syntax::hcl::{Call, Expr, ExprKind, Item, ItemKey};

/// The type that a constraint names. What is not understood is any type, which changes no value.
pub(super) fn read<'a>(eval: &Eval<'a>, scope: &Scope<'_, 'a>, expr: &Expr) -> Type {
    match &expr.kind {
        ExprKind::Name(name) => word(name),
        // `type = "string"`, as Terraform 0.11 wrote it.
        ExprKind::Text(_) => expr.as_text().map_or(Type::Any, |name| word(&name)),
        ExprKind::Parenthesis(inner) => read(eval, scope, inner),
        ExprKind::Call(call) => constructed(eval, scope, call),
        _ => Type::Any,
    }
}

fn word(name: &str) -> Type {
    match name {
        "string" => Type::String,
        "number" => Type::Number,
        "bool" => Type::Bool,
        "list" => Type::List(Box::new(Type::Any)),
        "set" => Type::Set(Box::new(Type::Any)),
        "map" => Type::Map(Box::new(Type::Any)),
        _ => Type::Any,
    }
}

fn constructed<'a>(eval: &Eval<'a>, scope: &Scope<'_, 'a>, call: &Call) -> Type {
    let element = || call.args.first().map_or(Type::Any, |arg| read(eval, scope, arg));
    match (&*call.name, call.args.first().map(|arg| &arg.kind)) {
        ("list", _) => Type::List(Box::new(element())),
        ("set", _) => Type::Set(Box::new(element())),
        ("map", _) => Type::Map(Box::new(element())),
        ("object", Some(ExprKind::Object(items))) => {
            Type::Object(items.iter().filter_map(|item| attribute(eval, scope, item)).collect())
        }
        ("tuple", Some(ExprKind::List(items))) => {
            Type::Tuple(items.iter().map(|item| read(eval, scope, item)).collect())
        }
        _ => Type::Any,
    }
}

fn attribute<'a>(eval: &Eval<'a>, scope: &Scope<'_, 'a>, item: &Item) -> Option<Attribute> {
    let name = match &item.key {
        ItemKey::Name(name, _) => name.to_string(),
        ItemKey::Expr(expr) => expr.as_text()?,
    };
    match &item.value.kind {
        ExprKind::Call(call) if &*call.name == "optional" => {
            let ty = call.args.first().map_or(Type::Any, |arg| read(eval, scope, arg));
            let default = call.args.get(1).and_then(|arg| eval.expr(scope, arg).ok());
            Some(Attribute { name, ty, optional: true, default })
        }
        _ => Some(Attribute { name, ty: read(eval, scope, &item.value), optional: false, default: None }),
    }
}
