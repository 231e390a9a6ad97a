//! JSON with positions: to the letter, and as Azure Resource Manager reads it.

use super::{Node, NodeKey, NodeKind, Stop};
use crate::source::Source;
use jsonc_parser::ast;
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions};
use std::sync::Arc;

/// Parses a text that holds one JSON value and nothing else.
pub fn parse(text: &str) -> Result<Node, Stop> {
    let strict = ParseOptions {
        allow_comments: false,
        allow_loose_object_property_names: false,
        allow_trailing_commas: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    };
    parsed(text, &strict)
}

/// A file, parsed as [`parse_leniently`] does, once.
pub fn read(source: &Source) -> Result<Arc<Node>, Stop> {
    source.tree(|| parse_leniently(&source.text).map(Arc::new)).as_ref().clone()
}

/// Parses a text as Azure Resource Manager does: with comments, trailing commas, texts over several lines, single quotes
/// and bare names; what follows the value is not looked at.
pub fn parse_leniently(text: &str) -> Result<Node, Stop> {
    let lenient = ParseOptions {
        allow_comments: true,
        allow_loose_object_property_names: true,
        allow_trailing_commas: true,
        allow_missing_commas: false,
        allow_single_quoted_strings: true,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    };
    parsed(text, &lenient)
}

fn parsed(text: &str, options: &ParseOptions) -> Result<Node, Stop> {
    let parsed = jsonc_parser::parse_to_ast(text, &CollectOptions::default(), options);
    let parsed = parsed.map_err(|error| Stop { at: error.range().start, message: error.kind().to_string() })?;
    match parsed.value {
        Some(value) => Ok(node(&value)),
        None => Err(Stop { at: 0, message: "a JSON value is expected".to_owned() }),
    }
}

fn node(value: &ast::Value) -> Node {
    let range = value.range();
    let kind = match value {
        ast::Value::StringLit(text) => NodeKind::Text(text.value.to_string()),
        ast::Value::NumberLit(number) => NodeKind::Number(number.value.parse().unwrap_or(f64::NAN)),
        ast::Value::BooleanLit(value) => NodeKind::Bool(value.value),
        ast::Value::NullKeyword(_) => NodeKind::Null,
        ast::Value::Array(array) => NodeKind::List(array.elements.iter().map(node).collect()),
        ast::Value::Object(object) => NodeKind::Map(object.properties.iter().map(property).collect()),
    };
    let quoted = matches!(value, ast::Value::StringLit(_));
    Node { kind, range: range.start..range.end, quoted }
}

fn property(property: &ast::ObjectProp) -> (NodeKey, Node) {
    let range = property.name.range();
    let quoted = matches!(property.name, ast::ObjectPropName::String(_));
    let key = NodeKey { text: property.name.as_str().to_owned(), range: range.start..range.end, quoted };
    (key, node(&property.value))
}
