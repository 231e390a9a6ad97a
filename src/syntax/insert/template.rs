//! Elements inside an expression of Azure Resource Manager: the arguments of `createArray`.

use super::{CHOSEN, Element, ElementKind, Name, NameKind, holds};
use std::ops::Range;

/// A text that is a name, or an expression that makes one.
pub(super) fn name(text: &str, range: Range<usize>) -> Name {
    let written = &text[range.clone()];
    if is_expression(written) {
        Name { range: range.start + 1..range.end - 1, kind: NameKind::Template }
    } else {
        Name { range, kind: NameKind::Text }
    }
}

/// Whether a text is an expression: in brackets, of which `[[` is one that is meant as it is.
fn is_expression(text: &str) -> bool {
    text.starts_with('[') && !text.starts_with("[[") && text.ends_with(']')
}

/// A call in an expression, of which a part has been read.
struct Open {
    function: String,
    /// Where its current argument begins.
    start: usize,
    done: Vec<Range<usize>>,
}

/// The arguments of `createArray` around a place, the outermost first.
pub(super) fn arguments(text: &str, range: Range<usize>, place: &Range<usize>, out: &mut Vec<Element>) {
    if !is_expression(&text[range.clone()]) {
        return;
    }
    let mut found: Vec<Element> = Vec::new();
    let mut calls: Vec<Open> = Vec::new();
    let mut quoted = false;
    for (at, c) in text[range.clone()].char_indices().map(|(at, c)| (range.start + at, c)) {
        match c {
            '\'' => quoted = !quoted,
            _ if quoted => {}
            '(' => {
                let word = text[range.start..at].rfind(|c: char| !c.is_ascii_alphanumeric() && c != '.');
                let start = word.map_or(range.start, |word| range.start + word + 1);
                calls.push(Open { function: text[start..at].to_lowercase(), start: at + 1, done: Vec::new() });
            }
            ',' | ')' => {
                let Some(call) = calls.last_mut() else { return };
                call.done.push(trimmed(text, call.start..at));
                call.start = at + 1;
                if c == ')'
                    && let Some(call) = calls.pop()
                {
                    found.extend(of_call(text, &call, place, out));
                }
            }
            _ => {}
        }
    }
    // The innermost call ends first.
    out.extend(found.into_iter().rev());
}

fn of_call(text: &str, call: &Open, place: &Range<usize>, around: &mut [Element]) -> Option<Element> {
    let (at, argument) = call.done.iter().enumerate().find(|(_, argument)| holds(argument, place))?;
    match call.function.as_str() {
        "createarray" => Some(Element {
            last: call.done.last()?.clone(),
            names: object_name(text, argument).into_iter().collect(),
            caution: text[argument.clone()].contains('(').then_some("it is made by calls inside an expression"),
            ..Element::new(argument.clone(), ElementKind::Item)
        }),
        "if" if at > 0 => {
            for element in around {
                element.caution = Some(CHOSEN);
            }
            None
        }
        _ => None,
    }
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let written = &text[range.clone()];
    let start = range.start + (written.len() - written.trim_start().len());
    start..start + written.trim().len()
}

/// `'kms'` of `createObject('name', 'kms', ...)`.
fn object_name(text: &str, argument: &Range<usize>) -> Option<Name> {
    let written = &text[argument.clone()];
    let key = written.to_lowercase().find("'name'")? + "'name'".len();
    let rest = written.get(key..)?;
    let open = rest.find('\'').filter(|at| rest[..*at].trim() == ",")? + 1;
    let close = rest.get(open..)?.find('\'')?;
    let start = argument.start + key + open;
    Some(Name { range: start..start + close, kind: NameKind::Text })
}
