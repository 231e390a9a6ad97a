//! A folder of Terraform files, read but not evaluated.

use crate::source::{Source, SourceId, Sources, Span, lexical};
use crate::syntax::hcl::{self, Attribute, Block, Expr, Mistake};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A module: all `*.tf` and `*.tofu` files of one folder.
#[derive(Debug)]
pub struct Module {
    /// Absolute.
    pub dir: PathBuf,
    pub sources: Vec<Arc<Source>>,
    pub mistakes: Vec<Mistake>,
    pub variables: BTreeMap<Arc<str>, Arc<Block>>,
    pub locals: BTreeMap<Arc<str>, Local>,
    pub resources: Vec<Arc<Block>>,
    pub data: Vec<Arc<Block>>,
    pub outputs: BTreeMap<Arc<str>, Arc<Block>>,
    pub calls: BTreeMap<Arc<str>, Arc<Block>>,
    /// Evaluated by a program that has functions and names of its own: those are unknown, and no mistakes.
    pub is_terragrunt: bool,
}

/// One entry of a `locals` block.
#[derive(Debug, Clone)]
pub struct Local {
    block: Arc<Block>,
    at: usize,
}

impl Local {
    pub fn attribute(&self) -> &Attribute {
        &self.block.body.attributes[self.at]
    }
}

/// Whether a file name is one of those that make a folder a module.
pub fn is_module_file(name: &str) -> bool {
    const KINDS: [&str; 4] = [".tf", ".tofu", ".tf.json", ".tofu.json"];
    let kind = KINDS.iter().any(|end| name.ends_with(end));
    kind && !name.starts_with('.') && !name.ends_with('~')
}

/// The files of a folder, by name; neither its subfolders nor what a file links to outside.
pub fn files_in(dir: &Path, wanted: impl Fn(&str) -> bool) -> Vec<PathBuf> {
    let walk = walkdir::WalkDir::new(dir).min_depth(1).max_depth(1).sort_by_file_name();
    let files = walk.into_iter().filter_map(Result::ok).filter(|entry| !entry.file_type().is_dir());
    files.filter(|entry| entry.file_name().to_str().is_some_and(&wanted)).map(walkdir::DirEntry::into_path).collect()
}

impl Module {
    /// Reads a module; files that cannot be read are left out.
    pub fn load(dir: &Path, sources: &Sources) -> Module {
        let mut module = Module::without_files(dir);
        // Override files come last, in order of their names.
        let (overrides, plain): (Vec<PathBuf>, Vec<PathBuf>) =
            files_in(dir, is_module_file).into_iter().partition(|path| is_override(path));
        for (path, is_override) in plain.iter().map(|path| (path, false)).chain(overrides.iter().map(|p| (p, true))) {
            // OpenTofu reads main.tofu in place of main.tf.
            let shadowed = path.extension().is_some_and(|ext| ext == "tf") && path.with_extension("tofu").is_file();
            if let Ok(source) = sources.read(path)
                && !shadowed
            {
                module.add(&hcl::parse(&source), is_override);
                module.sources.push(source);
            }
        }
        module
    }

    /// One that declares nothing.
    pub(super) fn without_files(dir: &Path) -> Module {
        Module {
            dir: lexical(dir),
            sources: Vec::new(),
            mistakes: Vec::new(),
            variables: BTreeMap::new(),
            locals: BTreeMap::new(),
            resources: Vec::new(),
            data: Vec::new(),
            outputs: BTreeMap::new(),
            calls: BTreeMap::new(),
            is_terragrunt: false,
        }
    }

    /// The locals of a Terragrunt file.
    pub(super) fn of_terragrunt(dir: &Path, source: &Arc<Source>, file: &hcl::File) -> Module {
        let mut module = Module { is_terragrunt: true, ..Module::without_files(dir) };
        module.add(file, false);
        module.sources.push(Arc::clone(source));
        module
    }

    fn add(&mut self, file: &hcl::File, is_override: bool) {
        self.mistakes.extend(file.mistakes.iter().cloned());
        for block in file.body.blocks.iter().map(Arc::clone) {
            let named = match (&*block.kind, block.labels.as_slice()) {
                ("locals", []) => {
                    for (at, attribute) in block.body.attributes.iter().enumerate() {
                        self.locals.insert(Arc::clone(&attribute.name), Local { block: Arc::clone(&block), at });
                    }
                    continue;
                }
                ("resource", [_, _]) => {
                    declare(&mut self.resources, block, is_override);
                    continue;
                }
                ("data", [_, _]) => {
                    declare(&mut self.data, block, is_override);
                    continue;
                }
                ("variable", [_]) => &mut self.variables,
                ("output", [_]) => &mut self.outputs,
                ("module", [_]) => &mut self.calls,
                _ => continue,
            };
            let name = Arc::clone(&block.labels[0]);
            let made = match named.get(&name) {
                Some(base) if is_override => Arc::new(overridden(base, &block)),
                _ => block,
            };
            named.insert(name, made);
        }
    }

    /// The resource declared under a type and name.
    pub fn resource(&self, kind: &str, name: &str) -> Option<&Arc<Block>> {
        self.resources.iter().find(|block| *block.labels[0] == *kind && *block.labels[1] == *name)
    }

    /// Whether a resource type is declared here at all: what tells a reference from an unknown name.
    pub fn has_type(&self, kind: &str) -> bool {
        self.resources.iter().any(|block| *block.labels[0] == *kind)
    }

    /// The folder that a module call names, if it is a local one.
    pub fn called_dir(&self, call: &Block) -> Option<PathBuf> {
        let source = call.body.attribute("source")?.expr.as_text()?;
        let local = source.starts_with("./") || source.starts_with("../") || source == "." || source == "..";
        local.then(|| lexical(&self.dir.join(source)))
    }

    /// The folders of all local modules that are called here.
    pub fn called_dirs(&self) -> impl Iterator<Item = PathBuf> + '_ {
        self.calls.values().filter_map(|call| self.called_dir(call))
    }

    /// Where a byte of this module lives, whatever its line: `local.x`, `var.x`, `azurerm_route.kms`, `module.hub`.
    pub fn home(&self, span: Span) -> Option<String> {
        let local = self.locals.values().map(Local::attribute).find(|a| a.name_span.to(a.expr.span).contains(span));
        if let Some(attribute) = local {
            return Some(format!("local.{}", attribute.name));
        }
        let named = |prefix: &str, block: &Arc<Block>| {
            block.span.contains(span).then(|| format!("{prefix}{}", block.labels.join(".")))
        };
        let groups = [
            ("var.", self.variables.values().collect::<Vec<_>>()),
            ("output.", self.outputs.values().collect()),
            ("module.", self.calls.values().collect()),
            ("", self.resources.iter().collect()),
            ("data.", self.data.iter().collect()),
        ];
        groups.into_iter().find_map(|(prefix, blocks)| blocks.into_iter().find_map(|block| named(prefix, block)))
    }

    /// Whether one of the files is this text.
    pub fn has_source(&self, id: SourceId) -> bool {
        self.sources.iter().any(|source| source.id == id)
    }
}

fn is_override(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let stem = name.split('.').next().unwrap_or_default();
    stem == "override" || stem.ends_with("_override")
}

fn declare(blocks: &mut Vec<Arc<Block>>, block: Arc<Block>, is_override: bool) {
    match blocks.iter_mut().find(|base| is_override && base.labels == block.labels) {
        Some(base) => *base = Arc::new(overridden(base, &block)),
        None => blocks.push(block),
    }
}

/// A block with what an override file says of it: arguments one by one, nested blocks of a type as a whole.
fn overridden(base: &Block, by: &Block) -> Block {
    let mut out = base.clone();
    for attribute in &by.body.attributes {
        match out.body.attributes.iter_mut().find(|known| known.name == attribute.name) {
            Some(known) => *known = attribute.clone(),
            None => out.body.attributes.push(attribute.clone()),
        }
    }
    let replaced: Vec<&str> = by.body.blocks.iter().map(|block| nested_type(block)).collect();
    out.body.blocks.retain(|block| !replaced.contains(&nested_type(block)));
    out.body.blocks.extend(by.body.blocks.iter().cloned());
    out
}

/// What a nested block is, also one that is made by `dynamic`.
pub(super) fn nested_type(block: &Block) -> &str {
    if &*block.kind == "dynamic" { block.labels.first().map_or("", |label| label) } else { &block.kind }
}

/// An argument of a block, by name.
pub fn argument<'a>(block: &'a Block, name: &str) -> Option<&'a Expr> {
    block.body.attribute(name).map(|attribute| &attribute.expr)
}
