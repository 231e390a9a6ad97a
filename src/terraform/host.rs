//! What functions may read: files of the workspace, as seen from the root module.

use super::eval::Eval;
use super::functions::Host;
use crate::source::Source;
use std::sync::Arc;

/// More files than this below a folder are not listed.
const MOST_FILES: usize = 20_000;

pub(super) struct Files<'e, 'a> {
    pub eval: &'e Eval<'a>,
}

impl Host for Files<'_, '_> {
    fn read(&self, path: &str) -> Result<Arc<Source>, String> {
        self.eval.read(path)
    }

    fn exists(&self, path: &str) -> Result<bool, String> {
        use crate::source::Miss;
        match self.eval.sources.read(&self.eval.root_dir.join(path)) {
            Ok(_) | Err(Miss::NotText | Miss::TooLarge) => Ok(true),
            Err(Miss::NotFound) => Ok(false),
            Err(miss) => Err(format!("{path} {miss}")),
        }
    }

    fn list(&self, dir: &str) -> Result<Vec<String>, String> {
        let top = crate::source::lexical(&self.eval.root_dir.join(dir));
        if self.eval.sources.root_of(&top).is_none() {
            return Err(format!("{dir} lies outside the workspace and is not read"));
        }
        let mut out = Vec::new();
        for entry in walkdir::WalkDir::new(&top).sort_by_file_name().into_iter().filter_map(Result::ok) {
            if !entry.file_type().is_file() {
                continue;
            }
            if out.len() == MOST_FILES {
                return Err(format!("too large: more than {MOST_FILES} files below {dir}"));
            }
            let below = entry.path().strip_prefix(&top).unwrap_or(entry.path());
            let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
            out.push(parts.join("/"));
        }
        Ok(out)
    }
}
