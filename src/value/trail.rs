//! The way of a value: from the literal, through variables and locals, to its use.

use super::Why;
use crate::source::Span;
use std::rc::Rc;

/// How a value was mentioned on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Via {
    /// A reference inside an expression: `local.x`, `each.value`.
    Reference,
    /// The definition of a local, an ARM variable.
    Local,
    /// The declaration of a variable or parameter.
    Variable,
    /// An argument of a module call or nested deployment.
    Argument,
    /// An output.
    Output,
}

/// The way of a value. Extending it takes constant time and shares the past.
#[derive(Debug, Clone, Default)]
pub struct Trail(Option<Rc<Node>>);

#[derive(Debug)]
struct Node {
    hop: Hop,
    depth: u32,
    secret: bool,
    repeated: bool,
}

#[derive(Debug)]
enum Hop {
    /// A literal; `quote` bytes on each side of the span are quotes.
    Written {
        span: Span,
        quote: u32,
    },
    Through {
        via: Via,
        span: Span,
        of: Trail,
    },
    /// Made here of others.
    Computed {
        span: Span,
        inputs: Rc<[Trail]>,
    },
    /// Made here once for each element of a collection; `element` is the one that this was made for.
    Each {
        span: Span,
        element: Trail,
        of: Trail,
    },
    /// Taken out of a collection, whose own way since it was made counts for the element too.
    Out {
        collection: Trail,
        of: Trail,
    },
    Secret {
        of: Trail,
    },
    /// There only if something that is not known allows it.
    Maybe {
        why: Why,
        of: Trail,
    },
}

/// Longer trails stop growing: no code that people write comes near, and dropping one recurses.
const LONGEST: u32 = 2000;

impl Trail {
    /// Of no place: built in, or given by the command line.
    pub fn nowhere() -> Trail {
        Trail(None)
    }

    /// A literal without quotes: a number, a list, a piece of a longer text.
    pub fn written(span: Span) -> Trail {
        Trail::node(Hop::Written { span, quote: 0 }, 1, false, false)
    }

    /// A literal between quotes, which the span includes.
    pub fn quoted(span: Span) -> Trail {
        Trail::node(Hop::Written { span, quote: 1 }, 1, false, false)
    }

    /// Mentioned at `span`.
    #[must_use]
    pub fn through(&self, via: Via, span: Span) -> Trail {
        if self.depth() >= LONGEST {
            return self.clone();
        }
        let (depth, secret, repeated) = self.facts();
        Trail::node(Hop::Through { via, span, of: self.clone() }, depth + 1, secret, repeated)
    }

    /// Made at `span` of the inputs.
    pub fn computed(span: Span, inputs: &[Trail]) -> Trail {
        let secret = inputs.iter().any(Trail::is_secret);
        let depth = inputs.iter().map(Trail::depth).max().unwrap_or(0);
        let inputs = if depth >= LONGEST { Rc::from([]) } else { Rc::from(inputs) };
        let depth = if depth >= LONGEST { 1 } else { depth + 1 };
        Trail::node(Hop::Computed { span, inputs }, depth, secret, false)
    }

    /// Made at `span` (`for_each`, `count`, `for`, `dynamic`, `copy`) once for each element of a collection, this
    /// time for the one with the trail `element`.
    #[must_use]
    pub fn each(&self, span: Span, element: &Trail) -> Trail {
        let depth = self.depth().max(element.depth());
        if depth >= LONGEST {
            return self.clone();
        }
        let hop = Hop::Each { span, element: element.clone(), of: self.clone() };
        Trail::node(hop, depth + 1, self.is_secret(), true)
    }

    /// Taken out of a collection that came this way.
    #[must_use]
    pub fn out_of(&self, collection: &Trail) -> Trail {
        let depth = self.depth().max(collection.depth());
        if depth >= LONGEST || !collection.has_hops() {
            return self.clone();
        }
        let secret = self.is_secret() || collection.is_secret();
        let repeated = self.is_repeated() || collection.is_repeated();
        Trail::node(Hop::Out { collection: collection.clone(), of: self.clone() }, depth + 1, secret, repeated)
    }

    /// Marked as secret: never printed.
    #[must_use]
    pub fn secret(&self) -> Trail {
        Trail::node(Hop::Secret { of: self.clone() }, self.depth() + 1, true, self.is_repeated())
    }

    /// Marked as fit to be printed.
    #[must_use]
    pub fn public(&self) -> Trail {
        Trail::node(
            Hop::Out { collection: Trail::nowhere(), of: self.clone() },
            self.depth() + 1,
            false,
            self.is_repeated(),
        )
    }

    /// There only if something that is not known allows it: an unknown `count`, `for_each` or `condition`.
    #[must_use]
    pub fn maybe(&self, why: Why) -> Trail {
        Trail::node(Hop::Maybe { why, of: self.clone() }, self.depth() + 1, self.is_secret(), self.is_repeated())
    }

    /// What decides whether the value is there at all, if that is not known.
    pub fn doubt(&self) -> Option<Why> {
        let mut at = self;
        loop {
            match &at.0.as_ref()?.hop {
                Hop::Maybe { why, .. } => return Some(why.clone()),
                Hop::Written { .. } | Hop::Computed { .. } => return None,
                Hop::Through { of, .. } | Hop::Each { of, .. } | Hop::Secret { of } => at = of,
                Hop::Out { collection, of } => match collection.doubt() {
                    Some(why) => return Some(why),
                    None => at = of,
                },
            }
        }
    }

    pub fn is_secret(&self) -> bool {
        self.0.as_ref().is_some_and(|node| node.secret)
    }

    /// Whether the value was made once for each element of some collection.
    pub fn is_repeated(&self) -> bool {
        self.0.as_ref().is_some_and(|node| node.repeated)
    }

    /// Where the value is used: the outermost mention.
    pub fn site(&self) -> Option<Span> {
        let mut at = self;
        loop {
            match &at.0.as_ref()?.hop {
                Hop::Written { span, .. } | Hop::Computed { span, .. } | Hop::Through { span, .. } => {
                    return Some(*span);
                }
                Hop::Each { of, .. } | Hop::Secret { of } | Hop::Maybe { of, .. } => at = of,
                Hop::Out { collection, of } => match collection.site() {
                    Some(span) if collection.has_hops() => return Some(span),
                    _ => at = of,
                },
            }
        }
    }

    /// Where the value is written: its literal, or else the innermost expression that makes it.
    pub fn origin(&self) -> Option<Span> {
        let mut at = self;
        loop {
            match &at.0.as_ref()?.hop {
                Hop::Written { span, .. } | Hop::Computed { span, .. } => return Some(*span),
                Hop::Through { of, .. }
                | Hop::Each { of, .. }
                | Hop::Secret { of }
                | Hop::Maybe { of, .. }
                | Hop::Out { of, .. } => at = of,
            }
        }
    }

    /// The literal whose edit edits the value, without its quotes; `None` where the value is made of others.
    pub fn spelled(&self) -> Option<Span> {
        let mut at = self;
        loop {
            match &at.0.as_ref()?.hop {
                Hop::Written { span, quote } => {
                    return Some(Span { start: span.start + quote, end: span.end.saturating_sub(*quote), ..*span });
                }
                Hop::Computed { .. } => return None,
                Hop::Through { of, .. }
                | Hop::Each { of, .. }
                | Hop::Secret { of }
                | Hop::Maybe { of, .. }
                | Hop::Out { of, .. } => at = of,
            }
        }
    }

    /// The element, as written, whose sibling makes one more of these values: that of the innermost repetition on
    /// the way whose collection holds literals.
    pub fn element(&self) -> Option<Span> {
        let mut found = None;
        let mut at = self;
        while let Some(node) = &at.0 {
            match &node.hop {
                Hop::Written { .. } | Hop::Computed { .. } => break,
                Hop::Through { of, .. } | Hop::Secret { of } | Hop::Maybe { of, .. } => at = of,
                Hop::Each { element, of, .. } => {
                    found = element.origin().or(found);
                    at = of;
                }
                Hop::Out { collection, of } => {
                    found = collection.element().or(found);
                    at = of;
                }
            }
        }
        found
    }

    /// The element that a repetition on this way was made for, if the outermost hop is one.
    pub fn each_span(&self) -> Option<Span> {
        let mut at = self;
        loop {
            match &at.0.as_ref()?.hop {
                Hop::Each { span, .. } => return Some(*span),
                Hop::Written { .. } | Hop::Computed { .. } => return None,
                Hop::Through { of, .. } | Hop::Secret { of } | Hop::Maybe { of, .. } | Hop::Out { of, .. } => at = of,
            }
        }
    }

    /// The mentions between literal and use, from the literal outwards.
    pub fn way(&self) -> Vec<(Via, Span)> {
        let mut out = Vec::new();
        self.collect(&mut out);
        out.reverse();
        out
    }

    fn collect(&self, out: &mut Vec<(Via, Span)>) {
        let mut at = self;
        while let Some(node) = &at.0 {
            match &node.hop {
                Hop::Through { via, span, of } => {
                    out.push((*via, *span));
                    at = of;
                }
                Hop::Each { of, .. } | Hop::Secret { of } | Hop::Maybe { of, .. } => at = of,
                Hop::Out { collection, of } => {
                    collection.collect(out);
                    at = of;
                }
                Hop::Computed { inputs, .. } => match &**inputs {
                    [only] => at = only,
                    _ => break,
                },
                Hop::Written { .. } => break,
            }
        }
    }

    /// Runs over the places of all that a made value was made of.
    pub fn each_input(&self, run: &mut dyn FnMut(Span)) {
        /// What is made of more has no place that anybody would look for.
        const MOST: usize = 10_000;
        let mut todo = vec![self.clone()];
        let mut count = 0;
        while let Some(trail) = todo.pop() {
            if let Some((_, inputs)) = trail.inputs() {
                count += inputs.len();
                if count > MOST {
                    return;
                }
                for input in inputs.iter() {
                    input.origin().into_iter().for_each(&mut *run);
                    todo.push(input.clone());
                }
            }
        }
    }

    /// The trails that a made value was made of, and the expression; `None` for a literal.
    pub fn inputs(&self) -> Option<(Span, Rc<[Trail]>)> {
        let mut at = self;
        loop {
            match &at.0.as_ref()?.hop {
                Hop::Computed { span, inputs } => return Some((*span, Rc::clone(inputs))),
                Hop::Written { .. } => return None,
                Hop::Through { of, .. }
                | Hop::Each { of, .. }
                | Hop::Secret { of }
                | Hop::Maybe { of, .. }
                | Hop::Out { of, .. } => at = of,
            }
        }
    }

    fn node(hop: Hop, depth: u32, secret: bool, repeated: bool) -> Trail {
        Trail(Some(Rc::new(Node { hop, depth, secret, repeated })))
    }

    fn facts(&self) -> (u32, bool, bool) {
        self.0.as_ref().map_or((0, false, false), |node| (node.depth, node.secret, node.repeated))
    }

    fn depth(&self) -> u32 {
        self.facts().0
    }

    /// Whether anything happened since the value was written or made.
    fn has_hops(&self) -> bool {
        let hop = self.0.as_ref().map(|node| &node.hop);
        !matches!(hop, None | Some(Hop::Written { .. } | Hop::Computed { .. }))
    }
}
