//! One engine: what is in view, what belongs together, what was found. The command line and the language server
//! stand on it.
//!
//! What is judged is a unit: a root module with the modules, variable files and data files it reads. A unit is judged
//! only if a watched word stands in the text of one of its files. Units are evaluated in parallel, each by one thread.

use crate::arm::{self, Arm};
use crate::check;
use crate::finding::{Finding, Gap, Inspection, Report, Severity};
use crate::model::Container;
use crate::rule::{self, Rule};
use crate::source::{SourceId, Sources, Span};
use crate::terraform::manifest::is_installed;
use crate::terraform::scenario::{DEFAULT, Given, Inputs};
use crate::terraform::{self, Root, Terraform};
use aho_corasick::AhoCorasick;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

mod apply;
mod discover;
mod fingerprint;
mod inspect;
mod repair;
mod state;

pub use apply::{Change, Repaired};
use discover::View;

/// Evaluation nests as deep as the code does; see the limits in `terraform::eval`.
const STACK_BYTES: usize = 64 * 1024 * 1024;

/// How to look.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Files and folders with more rules.
    pub rules: Vec<PathBuf>,
    /// Raise the notes that say "harmless today" to warnings.
    pub strict: bool,
    /// Leave files unparsed that cannot matter. Has no influence on what is found.
    pub prefilter: bool,
    /// Look into git-ignored files too.
    pub no_ignore: bool,
    /// Threads; one for each core if not given.
    pub jobs: Option<usize>,
    /// What the user gives to Terraform variables.
    pub inputs: Inputs,
    /// Rules, or checks of rules, in place of those that are on by default.
    pub select: Vec<String>,
    /// Rules, or checks of rules, that are off.
    pub ignore: Vec<String>,
    /// Look for repairs.
    pub repair: bool,
}

/// A folder tree with the rules to hold it against.
pub struct Workspace {
    cwd: PathBuf,
    view: View,
    options: Options,
    sources: Sources,
    loaded: rule::Loaded,
}

/// What was found, and what kmslint could not do.
#[derive(Debug, Default)]
pub struct Checked {
    pub report: Report,
    pub problems: Vec<String>,
}

/// Everything in view, read but not evaluated.
struct Loaded {
    files: Vec<PathBuf>,
    terraform: Terraform,
    arm: Arm,
}

/// One unit, judged: what leaves its thread.
#[derive(Default)]
struct Judged {
    /// What tells it from others.
    name: String,
    /// All that was read for it.
    texts: BTreeSet<SourceId>,
    /// What a repair must not change; empty where nothing is to be repaired.
    state: state::State,
    findings: Vec<Finding>,
    gaps: Vec<Gap>,
    /// Data files that were read on the way.
    reads: Vec<SourceId>,
}

/// The cloud that `environment()` is, where nothing says otherwise.
const DEFAULT_CLOUD: &str = "AzureCloud";

/// The containers of a Terraform evaluation, with those of the ARM templates that it deploys.
fn all_containers(evaluated: terraform::Evaluated) -> Vec<Container> {
    let mut out = evaluated.containers;
    for one in &evaluated.embedded {
        out.extend(arm::embedded(&one.template, one.parameters.as_ref(), DEFAULT_CLOUD, &one.address));
    }
    out
}

impl Workspace {
    /// Looks at what the paths mean, seen from an absolute working directory. Does not read yet.
    pub fn open(cwd: &Path, paths: &[PathBuf], options: Options) -> Workspace {
        let cwd = cwd.canonicalize().unwrap_or_else(|_| cwd.to_path_buf());
        let view = View::of(&cwd, paths);
        let mut roots = view.roots.clone();
        let rules: Vec<PathBuf> = options.rules.iter().map(|path| cwd.join(path)).collect();
        let variable_files = options.inputs.given.iter().filter_map(|given| match given {
            Given::File(path) => Some(path),
            Given::Variable { .. } => None,
        });
        // What the command line names may be read wherever it is.
        roots.extend(rules.iter().chain(variable_files).filter_map(|path| path.canonicalize().ok()));
        let sources = Sources::new(roots);
        let mut loaded = rule::load(&sources, &rules);
        let names = options.select.iter().chain(&options.ignore);
        loaded.problems.extend(names.filter_map(|name| rule::unknown_name(name, &loaded.rules)));
        loaded.rules.retain(|rule| rule.is_on(&options.select));
        Workspace { cwd, view, options, sources, loaded }
    }

    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    pub fn cwd(&self) -> &Path {
        &self.cwd
    }

    pub fn rules(&self) -> &[Rule] {
        &self.loaded.rules
    }

    /// Judges everything in view.
    pub fn check(&self) -> Checked {
        let start = std::time::Instant::now();
        let mut checked = self.in_pool(|| self.check_units());
        checked.report.elapsed = start.elapsed();
        checked
    }

    /// What the network is understood to be; with `values`, what the names of the code stand for too.
    pub fn inspect(&self, values: bool) -> (Inspection, Vec<String>) {
        self.in_pool(|| {
            let loaded = self.load();
            let inspection = inspect::inspect(self, &loaded, values);
            (inspection, [self.problems(), loaded.terraform.problems].concat())
        })
    }

    fn problems(&self) -> Vec<String> {
        self.view.problems.iter().chain(&self.loaded.problems).cloned().collect()
    }

    fn in_pool<T: Send>(&self, run: impl FnOnce() -> T + Send) -> T {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(self.options.jobs.unwrap_or(0)).stack_size(STACK_BYTES);
        match pool.build() {
            Ok(pool) => pool.install(run),
            Err(_) => run(),
        }
    }

    /// The same, with other texts.
    fn with_sources(&self, sources: Sources) -> Workspace {
        let loaded = rule::Loaded { rules: self.loaded.rules.clone(), ..rule::Loaded::default() };
        let (cwd, view, options) = (self.cwd.clone(), self.view.clone(), self.options.clone());
        Workspace { cwd, view, options, sources, loaded }
    }

    fn load(&self) -> Loaded {
        let jobs = self.options.jobs.unwrap_or(0);
        let read = |name: &str| Terraform::reads(name) || Arm::reads(name);
        self.load_of(self.view.files(self.options.no_ignore, jobs, read))
    }

    /// Every file in view that git does not ignore, whatever it is; sorted.
    fn kept_files(&self) -> Vec<PathBuf> {
        self.view.walked(false, self.options.jobs.unwrap_or(0), |_| true)
    }

    /// Whether files may be in view that git ignores.
    fn sees_ignored(&self) -> bool {
        self.options.no_ignore || !self.view.named.is_empty()
    }

    /// Reads these files, which are sorted, and what they lead to.
    fn load_of(&self, files: Vec<PathBuf>) -> Loaded {
        let terraform = Terraform::load(&files, &self.options.inputs, &self.sources);
        let words = Words::new(&self.loaded.rules);
        let is_free = |path: &&PathBuf| !path.file_name().and_then(|name| name.to_str()).is_some_and(Terraform::reads);
        let others: Vec<PathBuf> = files.iter().filter(is_free).cloned().collect();
        let arm = Arm::load(&others, &self.sources, &|text| words.names_endpoint(text));
        Loaded { files, terraform, arm }
    }

    fn check_units(&self) -> Checked {
        let mut report = Report::default();
        if !self.loaded.findings.is_empty() {
            // Nothing is held against rules that are not what their author meant.
            report.findings.clone_from(&self.loaded.findings);
            return Checked { report, problems: self.problems() };
        }
        let loaded = self.load();
        let terraform = &loaded.terraform;
        if !terraform.problems.is_empty() || !self.loaded.problems.is_empty() {
            // Judging with other values or rules than were asked for would be worse than not judging.
            return Checked { report, problems: [self.problems(), terraform.problems.clone()].concat() };
        }
        let words = Words::new(&self.loaded.rules);
        let judged = self.judge_all(&loaded, &words);
        report.files = loaded.files.len();
        report.evaluated = judged.len();
        let mut findings = self.syntax_findings(&loaded, &words);
        let mut units = BTreeMap::new();
        for unit in judged {
            if self.options.repair {
                let serious =
                    unit.findings.iter().filter(|finding| finding.severity > Severity::Note || finding.harmless);
                let raw = serious.cloned().collect();
                units.insert(unit.name, repair::Unit { state: unit.state, texts: unit.texts, raw });
            }
            findings.extend(unit.findings);
            report.unknown.extend(unit.gaps);
        }
        report.findings = self.finish(findings);
        if self.options.repair {
            let before = repair::Before::new(self, &loaded, &words, &units);
            before.repair(&mut report.findings);
        }
        report.unknown.sort_by(|a, b| self.place(a.span).cmp(&self.place(b.span)).then(a.why.cmp(&b.why)));
        report.unknown.dedup();
        Checked { report, problems: self.problems() }
    }

    /// Judges all units.
    fn judge_all(&self, loaded: &Loaded, words: &Words) -> Vec<Judged> {
        let mut judged: Vec<Judged> =
            loaded.terraform.roots.par_iter().filter_map(|root| self.judge(loaded, root, words)).collect();
        // Data that evaluated code reads is judged through that code.
        let read: BTreeSet<SourceId> = judged.iter().flat_map(|unit| &unit.reads).copied().collect();
        let own = |unit: &&arm::Unit| !loaded.arm.sources(unit).iter().any(|id| read.contains(id));
        let units: Vec<&arm::Unit> = loaded.arm.units.iter().filter(own).collect();
        judged.par_extend(units.par_iter().filter_map(|unit| self.judge_template(loaded, unit, words)));
        judged
    }

    /// Evaluates a root in each of its scenarios; `None` where no watched word stands in any of its files.
    fn judge(&self, loaded: &Loaded, root: &Root, words: &Words) -> Option<Judged> {
        let terraform = &loaded.terraform;
        let own = root.closure.iter().filter_map(|dir| terraform.modules.get(dir)).flat_map(|module| &module.sources);
        let mut texts: BTreeSet<SourceId> = own.map(|source| source.id).collect();
        texts.extend(root.scenarios.iter().flat_map(|scenario| &scenario.sources));
        let mut judged = Judged::default();
        for scenario in &root.scenarios {
            let evaluated = terraform.evaluate(root, scenario, &self.sources);
            texts.extend(&evaluated.reads);
            judged.reads.extend(&evaluated.reads);
            let label = self.label(root.scenarios.len(), scenario.file.as_deref());
            let mut findings = self.hold(&all_containers(evaluated), label.as_deref(), &mut judged);
            for finding in &mut findings {
                self.out_of_installed(finding, terraform, root);
                finding.home = terraform.home(finding.primary);
            }
            self.warn_of_sharing(&mut findings, |places| terraform.shared(root, scenario, &self.sources, places));
            judged.findings.append(&mut findings);
        }
        let is_watched = texts.iter().any(|id| words.watched(&self.sources, *id));
        is_watched.then_some(Judged { name: format!("terraform {}", root.dir.display()), texts, ..judged })
    }

    /// As [`Workspace::judge`], for a template with its parameter files.
    fn judge_template(&self, loaded: &Loaded, unit: &arm::Unit, words: &Words) -> Option<Judged> {
        let mut texts: BTreeSet<SourceId> = loaded.arm.sources(unit).into_iter().collect();
        let mut judged = Judged::default();
        for scenario in &unit.scenarios {
            let evaluated = loaded.arm.evaluate(unit, scenario, DEFAULT_CLOUD);
            texts.extend(&evaluated.reads);
            let label = self.label(unit.scenarios.len(), scenario.file.as_deref());
            let mut findings = self.hold(&evaluated.containers, label.as_deref(), &mut judged);
            for finding in &mut findings {
                self.out_of_generated(finding, &loaded.arm);
                finding.home = loaded.arm.home(finding.primary);
            }
            self.warn_of_sharing(&mut findings, |places| loaded.arm.shared(unit, scenario, DEFAULT_CLOUD, places));
            judged.findings.append(&mut findings);
        }
        let is_watched = texts.iter().any(|id| words.watched(&self.sources, *id));
        is_watched.then_some(Judged { name: format!("template {}", unit.path.display()), texts, ..judged })
    }

    /// Holds the containers of one evaluation against the rules.
    fn hold(&self, containers: &[Container], label: Option<&str>, judged: &mut Judged) -> Vec<Finding> {
        judged.gaps.extend(containers.iter().flat_map(gaps));
        let mut findings = check::check(containers, &self.loaded.rules);
        if self.options.repair {
            judged.state.add(label, containers, &findings);
        }
        for finding in &mut findings {
            finding.scenarios.extend(label.map(str::to_owned));
        }
        findings
    }

    /// Where something else uses a value that is to be repaired too, somebody has to look.
    fn warn_of_sharing(&self, findings: &mut [Finding], shared: impl Fn(&[Span]) -> Vec<Span>) {
        // What stands in a resource is nobody else's.
        let in_resource = |finding: &Finding| {
            let first = finding.home.split_once('.').map_or("", |(first, _)| first);
            first.contains('_') || first == "resources"
        };
        let may_share = |finding: &&mut Finding| {
            finding.severity > Severity::Note && finding.cautions.is_empty() && !in_resource(finding)
        };
        if !self.options.repair {
            return;
        }
        let mut open: Vec<&mut Finding> = findings.iter_mut().filter(may_share).collect();
        let places: Vec<Span> = open.iter().flat_map(|finding| &finding.deciding).map(|(place, _)| *place).collect();
        if places.is_empty() {
            return;
        }
        let known = shared(&places);
        for finding in &mut open {
            if finding.deciding.iter().any(|(place, _)| known.contains(place)) {
                finding.cautions.push("outputs, conditions or other resources use the same value".to_owned());
            }
        }
    }

    /// What Bicep compiled is changed in Bicep.
    fn out_of_generated(&self, finding: &mut Finding, arm: &Arm) {
        let Some(bicep) = arm.bicep_of(finding.primary.source) else { return };
        let beside = if bicep.as_os_str().is_empty() {
            "its Bicep file".to_owned()
        } else {
            crate::source::relative(&bicep, &self.cwd)
        };
        finding.help += &format!(" Bicep made this file of {beside}: change it there.");
        let line = |value: &String| format!("'{value}'");
        if !finding.missing.is_empty() {
            let lines: Vec<String> = finding.missing.iter().map(line).collect();
            let legacy = finding.legacy.first().map(line).unwrap_or_default();
            finding.help += &format!(" In Bicep that is {} beside {legacy}.", crate::rule::listed(&lines));
        }
    }

    /// Nobody edits what `terraform init` installed: what stands there is reported at the call that brings it.
    fn out_of_installed(&self, finding: &mut Finding, terraform: &Terraform, root: &Root) {
        let installed = |span: Span| is_installed(&self.sources.get(span.source).path);
        finding.related.retain(|related| !installed(related.span));
        if installed(finding.primary)
            && let Some(call) = terraform.call_of(root, &self.sources.get(finding.primary.source).path)
        {
            let written = self.sources.get(finding.primary.source);
            let path = crate::source::relative(&written.path, &self.cwd);
            finding.help = format!(
                "It is written in {path}, line {}, which `terraform init` installed: take a version of the module that \
                 names the new endpoint too, or give the module what is missing as an argument.",
                written.line_of(finding.primary.start) + 1
            );
            finding.primary = call;
        }
    }

    /// How a scenario is named in findings; none where there is only one.
    fn label(&self, count: usize, file: Option<&Path>) -> Option<String> {
        let name = match file {
            Some(path) => crate::source::relative(path, &self.cwd),
            None => DEFAULT.to_owned(),
        };
        (count > 1).then_some(name)
    }

    fn syntax_findings(&self, loaded: &Loaded, words: &Words) -> Vec<Finding> {
        let in_view = |span: Span| {
            let source = self.sources.get(span.source);
            loaded.files.binary_search(&source.path).is_ok() && words.names_endpoint(&source.text)
        };
        let of_terraform = loaded.terraform.mistakes().filter(|mistake| in_view(mistake.span)).map(|mistake| {
            let message = format!("this block cannot be parsed: {}", mistake.message);
            let help = "Correct the syntax; `terraform fmt` and `terraform validate` show the same place.";
            syntax_finding(mistake.span, Severity::Error, message, help)
        });
        let of_arm = loaded.arm.mistakes.iter().filter(|mistake| in_view(mistake.span)).map(|mistake| {
            let message = format!("this file cannot be parsed: {}", mistake.message);
            let help = "Correct the syntax at the first place that does not parse.";
            syntax_finding(mistake.span, mistake.severity, message, help)
        });
        of_terraform.chain(of_arm).collect()
    }

    /// Merges, raises, filters, orders, and gives each finding its fingerprint.
    fn finish(&self, findings: Vec<Finding>) -> Vec<Finding> {
        let mut findings = check::merge(findings, &self.loaded.rules);
        findings.retain(|finding| {
            let is_in = |list: &[String]| list.iter().any(|name| is_of(finding, name));
            // What is no verdict of a rule is only left out by name.
            let selected = self.options.select.is_empty() || finding.check.is_none() || is_in(&self.options.select);
            selected && !is_in(&self.options.ignore)
        });
        if self.options.strict {
            for finding in findings.iter_mut().filter(|finding| finding.harmless) {
                finding.severity = finding.severity.max(Severity::Warning);
            }
        }
        if !self.view.named.is_empty() {
            let named = |span: Span| self.view.named.contains(&self.sources.get(span.source).path);
            findings.retain(|finding| named(finding.primary) || finding.related.iter().any(|r| named(r.span)));
        }
        findings.sort_by_cached_key(|finding| {
            (self.place(finding.primary), finding.rule.clone(), finding.check, finding.cloud.clone())
        });
        fingerprint::give(&mut findings, &self.sources);
        findings
    }

    /// What findings are ordered by.
    fn place(&self, span: Span) -> (String, u32, u32) {
        (crate::source::relative(&self.sources.get(span.source).path, &self.cwd), span.start, span.end)
    }
}

/// Whether a finding is of a rule, or of one of its checks: `azure-kms`, `azure-kms/firewall`.
fn is_of(finding: &Finding, name: &str) -> bool {
    match name.split_once('/') {
        Some((rule, check)) => finding.rule == rule && finding.check == Some(check),
        None => finding.rule == name,
    }
}

/// What of a container could not be evaluated.
fn gaps(container: &Container) -> Vec<Gap> {
    let gap = |span: Span, why: &crate::value::Why| Gap {
        container: container.address.clone(),
        span,
        why: why.text().to_owned(),
    };
    let own = container.gaps.iter().map(|why| gap(container.span, why));
    let of_entries = container.entries.iter().flat_map(|entry| {
        let targets = entry.targets.iter().filter_map(|target| target.why.as_ref());
        entry.doubt.iter().chain(targets).map(|why| gap(entry.span, why)).collect::<Vec<_>>()
    });
    own.chain(of_entries).collect()
}

fn syntax_finding(span: Span, severity: Severity, message: String, help: &str) -> Finding {
    Finding {
        rule: "syntax".to_owned(),
        check: None,
        severity,
        cloud: None,
        message,
        why: "The file names a watched endpoint, and what cannot be read cannot be judged.".to_owned(),
        help: help.to_owned(),
        url: None,
        containers: Vec::new(),
        legacy: Vec::new(),
        missing: Vec::new(),
        primary: span,
        deciding: Vec::new(),
        cautions: Vec::new(),
        related: Vec::new(),
        scenarios: Vec::new(),
        fix: None,
        home: String::new(),
        fingerprint: String::new(),
        harmless: false,
    }
}

/// The words that make a file matter.
struct Words {
    watched: Option<AhoCorasick>,
    endpoints: Option<AhoCorasick>,
}

impl Words {
    fn new(rules: &[Rule]) -> Words {
        let search = |words: Vec<String>| AhoCorasick::builder().ascii_case_insensitive(true).build(words).ok();
        let watched = rules.iter().flat_map(Rule::watch_words).collect();
        let endpoints = rules.iter().flat_map(Rule::endpoint_order).collect();
        Words { watched: search(watched), endpoints: search(endpoints) }
    }

    fn watched(&self, sources: &Sources, id: SourceId) -> bool {
        self.watched.as_ref().is_none_or(|search| search.is_match(&sources.get(id).text))
    }

    fn names_endpoint(&self, text: &str) -> bool {
        self.endpoints.as_ref().is_none_or(|search| search.is_match(text))
    }
}
