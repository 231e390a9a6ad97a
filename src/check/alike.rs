//! Which containers may be one and the same, found without comparing each with all.

use crate::model::{Container, Kind};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// Containers by the parts of their keys.
pub(super) struct Alike<'a> {
    all: &'a [Container],
    /// By kind, number of parts, which part, and what it is; `None` where it is not wholly known.
    by_part: HashMap<(Kind, usize, usize, Option<&'a str>), Vec<usize>>,
    /// By kind and number of parts.
    by_shape: HashMap<(Kind, usize), Vec<usize>>,
    /// By kind and by what has to be served: those that serve it.
    serving: RefCell<HashMap<Wanted, Rc<[usize]>>>,
}

/// What has to be served, and by what.
type Wanted = (Kind, Vec<String>);

/// A part that equals nothing but itself.
fn known(part: Option<&String>) -> Option<&str> {
    part.map(String::as_str).filter(|text| !text.contains("${"))
}

impl<'a> Alike<'a> {
    pub(super) fn of(all: &'a [Container]) -> Alike<'a> {
        let mut out = Alike { all, by_part: HashMap::new(), by_shape: HashMap::new(), serving: RefCell::default() };
        for (at, container) in all.iter().enumerate() {
            let parts = &container.key.parts;
            out.by_shape.entry((container.kind, parts.len())).or_default().push(at);
            for (index, part) in parts.iter().enumerate() {
                let key = (container.kind, parts.len(), index, known(part.as_ref()));
                out.by_part.entry(key).or_default().push(at);
            }
        }
        out
    }

    fn with(&self, part: (Kind, usize, usize, Option<&'a str>)) -> &[usize] {
        self.by_part.get(&part).map_or(&[], Vec::as_slice)
    }

    /// Those with the same part, and those of which it is not known; `None` where it is not known of this one.
    fn of_part(&self, container: &'a Container, index: usize) -> Option<[&[usize]; 2]> {
        let (kind, parts) = (container.kind, &container.key.parts);
        let part = known(parts[index].as_ref())?;
        Some([self.with((kind, parts.len(), index, Some(part))), self.with((kind, parts.len(), index, None))])
    }

    /// The first container that may be this one and serves what is missing.
    pub(super) fn serving(
        &self,
        container: &'a Container,
        missing: &[String],
        serves: impl Fn(&'a Container) -> bool,
    ) -> Option<&'a Container> {
        let (kind, own) = (container.kind, std::ptr::from_ref(container));
        let of_kind = || (0..self.all.len()).filter(|at| self.all[*at].kind == kind);
        let mut known = self.serving.borrow_mut();
        let serving = known
            .entry((kind, missing.to_vec()))
            .or_insert_with(|| of_kind().filter(|at| serves(&self.all[*at])).collect());
        if serving.is_empty() {
            return None;
        }
        let may_be = |at: &usize| {
            let other = &self.all[*at];
            !std::ptr::eq(other, own) && container.key.may_be(&other.key)
        };
        let alike = self.alike(container);
        // Whichever are fewer are compared.
        let found = if alike.iter().map(|list| list.len()).sum::<usize>() < serving.len() {
            let mut alike = alike.concat();
            alike.sort_unstable();
            alike.into_iter().filter(|at| serving.binary_search(at).is_ok()).find(may_be)
        } else {
            serving.iter().copied().find(may_be)
        };
        found.map(|at| &self.all[at])
    }

    /// Those that may be this one by the part of which fewest know better.
    fn alike(&self, container: &'a Container) -> Vec<&[usize]> {
        let (kind, parts) = (container.kind, &container.key.parts);
        let each = (0..parts.len()).filter_map(|index| self.of_part(container, index));
        let fewest = each.min_by_key(|lists| lists[0].len() + lists[1].len());
        let shape = |length: usize| self.by_shape.get(&(kind, length)).map_or(&[][..], Vec::as_slice);
        let mut found = fewest.map_or_else(|| vec![shape(parts.len())], |lists| lists.to_vec());
        // An id that is not known may turn out to name anything.
        match parts.as_slice() {
            [only] if known(only.as_ref()).is_none() => {
                let others = self.by_shape.iter().filter(|((of, length), _)| *of == kind && *length != 1);
                found.extend(others.map(|(_, list)| list.as_slice()));
            }
            [_] => {}
            _ => found.push(self.with((kind, 1, 0, None))),
        }
        found
    }
}
