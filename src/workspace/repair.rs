//! The proof of a repair: its result is evaluated in memory, in every unit that reads an edited file, and compared.
//!
//! Repairs are tried together, one for each finding; those that fail in company are tried in halves, at last alone.

use super::state::{Growth, Mark, Names, State, mark};
use super::{Loaded, Words, Workspace};
use crate::finding::{Edit, Finding, Safety, Severity};
use crate::fix::{self, Around, Candidate};
use crate::source::{Encoding, Source, SourceId, Sources, Span};
use crate::syntax::hcl;
use crate::terraform::Terraform;
use crate::terraform::manifest::is_installed;
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

/// Entries that are evaluated for one finding to find its repair: where one trial costs more, few are made.
const MOST_WEIGHT: usize = 400_000;

/// All trials together may evaluate as much as all units so many times, and so many bytes in any case: where many
/// findings have no repair, that is not found out one by one.
const MOST_TRIALS: usize = 24;
const LEAST_BUDGET: usize = 8 * 1024 * 1024;

fn bytes_of(unit: &Unit, sources: &Sources) -> usize {
    unit.texts.iter().map(|id| sources.get(*id).text.len()).sum()
}

/// A repair on trial: which finding it is for.
type Trial = (usize, Candidate);

/// Everything that a proof is held against.
pub(super) struct Before<'a> {
    pub workspace: &'a Workspace,
    pub loaded: &'a Loaded,
    pub words: &'a Words,
    pub units: &'a BTreeMap<String, Unit>,
    /// All files in view that git keeps, looked for once others are to be repaired.
    data: OnceLock<Vec<PathBuf>>,
    /// The findings in units and scenarios that were merged into one, by what they share.
    marks: HashMap<Shared, Vec<(&'a str, Mark)>>,
    /// Bytes that were evaluated in trials, and how many may be.
    spent: Cell<usize>,
    budget: usize,
    /// How many mistakes of syntax each file has.
    mistakes: BTreeMap<PathBuf, usize>,
    /// Resources that are declared twice.
    doubles: BTreeSet<(PathBuf, Vec<Arc<str>>)>,
}

/// Place, rule, check and cloud.
type Shared = (Span, String, Option<&'static str>, Option<String>);

fn shared(finding: &Finding) -> Shared {
    (finding.primary, finding.rule.clone(), finding.check, finding.cloud.clone())
}

/// A unit as it was judged.
pub(super) struct Unit {
    pub state: State,
    pub texts: BTreeSet<SourceId>,
    /// What was found, before places were merged.
    pub raw: Vec<Finding>,
}

impl<'a> Before<'a> {
    pub(super) fn new(
        workspace: &'a Workspace,
        loaded: &'a Loaded,
        words: &'a Words,
        units: &'a BTreeMap<String, Unit>,
    ) -> Before<'a> {
        let mut marks: HashMap<Shared, Vec<(&str, Mark)>> = HashMap::new();
        for (name, unit) in units {
            for raw in &unit.raw {
                let none = [String::new()];
                let scenarios = if raw.scenarios.is_empty() { &none[..] } else { &raw.scenarios };
                let all = scenarios.iter().map(|scenario| (name.as_str(), mark(scenario, raw)));
                marks.entry(shared(raw)).or_default().extend(all);
            }
        }
        let (mistakes, doubles) = (workspace.mistakes(loaded, words), loaded.terraform.doubles());
        let bytes = units.values().map(|unit| bytes_of(unit, &workspace.sources)).sum::<usize>();
        let budget = LEAST_BUDGET + bytes.saturating_mul(MOST_TRIALS);
        let (data, spent) = (OnceLock::new(), Cell::new(0));
        Before { workspace, loaded, words, units, data, marks, spent, budget, mistakes, doubles }
    }

    fn marks(&self, finding: &Finding) -> &[(&'a str, Mark)] {
        self.marks.get(&shared(finding)).map_or(&[], Vec::as_slice)
    }

    /// Gives findings the first repair that proves right.
    pub(super) fn repair(&self, findings: &mut [Finding]) {
        let untouchable: BTreeSet<Span> =
            self.units.values().flat_map(|unit| &unit.state.untouchable).copied().collect();
        let (is_untouchable, beside) = (|span| untouchable.contains(&span), |source: &Source| self.beside(source));
        let around = Around::new(&self.workspace.sources, &is_untouchable, &beside);
        let mut open: Vec<(usize, Vec<Candidate>)> = Vec::new();
        for (at, finding) in findings.iter().enumerate() {
            let rule = self.workspace.loaded.rules.iter().find(|rule| rule.id == finding.rule);
            if let Some(rule) = rule.filter(|_| finding.severity > Severity::Note) {
                let mut all = fix::candidates(finding, rule, &around);
                all.truncate((MOST_WEIGHT / self.weight(finding)).max(1));
                all.retain(|it| it.fix.edits.iter().all(|e| self.is_own(&self.workspace.sources.get(e.span.source))));
                open.push((at, all));
            }
        }
        for names in [Names::Kept, Names::Free] {
            self.attempt(findings, &open, names);
            open.retain(|(at, _)| findings[*at].fix.is_none());
        }
        self.explain(findings);
    }

    /// What it costs to evaluate the units that a repair of a finding changes.
    fn weight(&self, finding: &Finding) -> usize {
        let places = finding.deciding.iter().map(|(place, _)| place.source);
        let ids: BTreeSet<SourceId> = places.chain([finding.primary.source]).collect();
        let units = self.units.values().filter(|unit| !unit.texts.is_disjoint(&ids));
        units.map(|unit| unit.state.weight()).sum::<usize>().max(1)
    }

    /// Gives findings the first of their candidates that holds.
    fn attempt(&self, findings: &mut [Finding], all: &[(usize, Vec<Candidate>)], names: Names) {
        let mut open: Vec<(usize, std::slice::Iter<Candidate>)> =
            all.iter().map(|(at, all)| (*at, all.iter())).collect();
        while !open.is_empty() {
            let mut trials: Vec<Trial> = Vec::new();
            open.retain_mut(|(at, left)| {
                let next = left.next();
                trials.extend(next.map(|candidate| (*at, candidate.clone())));
                next.is_some()
            });
            let proved = self.prove(findings, &trials, names);
            open.retain(|(at, _)| !proved.contains(at));
            for (at, Candidate { mut fix, mut cautions }) in trials {
                if proved.contains(&at) {
                    let finding = &mut findings[at];
                    if names == Names::Free {
                        cautions.push("what is there already gets other names, as they count elements".to_owned());
                    }
                    cautions.retain(|it| !finding.cautions.contains(it));
                    finding.cautions.append(&mut cautions);
                    fix.safety = if finding.cautions.is_empty() { Safety::Safe } else { Safety::Review };
                    finding.fix = Some(fix);
                }
            }
        }
    }

    /// The other files in the folder of one.
    fn beside(&self, source: &Source) -> Vec<Arc<Source>> {
        let Some(folder) = source.path.parent() else { return Vec::new() };
        let files = &self.loaded.files;
        // Sorted by path: those of a folder, with what lies below it, follow one another.
        let below = files[files.partition_point(|path| path.as_path() < folder)..].iter();
        let beside = below.take_while(|path| path.starts_with(folder)).filter(|path| path.parent() == Some(folder));
        let others = beside.filter(|path| **path != source.path);
        others.filter_map(|path| self.workspace.sources.read(path).ok()).collect()
    }

    /// What to say of findings that have no repair.
    fn explain(&self, findings: &mut [Finding]) {
        const REPAIRED: [&str; 5] = ["route-table", "security-group", "firewall", "allow-list", "mistyped-address"];
        let is_open = |finding: &&mut Finding| {
            finding.severity > Severity::Note
                && finding.fix.is_none()
                && finding.check.is_some_and(|check| REPAIRED.contains(&check))
        };
        for finding in findings.iter_mut().filter(is_open) {
            let places = finding.deciding.iter().map(|(place, _)| *place).chain([finding.primary]);
            let sources: Vec<Arc<Source>> = places.map(|place| self.workspace.sources.get(place.source)).collect();
            let any = |test: &dyn Fn(&Source) -> bool| sources.iter().any(|source| test(source));
            let arm = &self.loaded.arm;
            if any(&|it| is_installed(&it.path) || arm.bicep_of(it.id).is_some()) {
                // The help says where to change it already.
                continue;
            }
            let said = if any(&|it| arm.is_report_only(it.id)) {
                "The file is a print of what is deployed: change what deploys it."
            } else if any(&|it| it.encoding == Encoding::Utf16) {
                "The file is UTF-16, which kmslint does not write."
            } else if any(&|it| it.path.is_symlink()) {
                "The file is a symbolic link: name it, or change the file that it leads to."
            } else if any(&|it| !self.is_own(it)) {
                "The file is ignored by git or lies outside: change what makes it."
            } else {
                "kmslint found no repair that it could prove: this one wants a hand."
            };
            finding.help = format!("{} {said}", finding.help);
        }
    }

    /// Whether a file is the user's own: in view, not ignored by git, no print of what is there, and not made of another file.
    fn is_own(&self, source: &Source) -> bool {
        let is_kept = || self.data.get_or_init(|| self.workspace.kept_files()).binary_search(&source.path).is_ok();
        let is_loaded = self.loaded.files.binary_search(&source.path).is_ok();
        let in_view = (is_loaded && !self.workspace.sees_ignored()) || is_kept();
        in_view && !is_installed(&source.path) && !self.loaded.arm.is_report_only(source.id)
    }

    /// The findings whose repairs hold.
    fn prove(&self, findings: &[Finding], trials: &[Trial], names: Names) -> BTreeSet<usize> {
        if trials.is_empty() || self.spent.get() > self.budget {
            return BTreeSet::new();
        }
        let after = self.evaluate(trials);
        let gone: Vec<Trial> = match &after {
            Some(after) => trials.iter().filter(|(at, _)| self.is_gone(&findings[*at], after)).cloned().collect(),
            None => trials.to_vec(),
        };
        let after = if gone.len() == trials.len() { after } else { self.evaluate(&gone) };
        let wrong = after.map(|after| self.wrong(findings, &gone, &after, names));
        if wrong.as_ref().is_some_and(BTreeSet::is_empty) {
            return gone.iter().map(|(at, _)| *at).collect();
        }
        if gone.len() < 2 {
            return BTreeSet::new();
        }
        // Those whose own containers are right most likely hold without the others.
        let wrong = wrong.unwrap_or_default();
        let is_wrong = |(at, _): &Trial| self.marks(&findings[*at]).iter().any(|(_, mark)| wrong.contains(&mark.4));
        let (blamed, clean): (Vec<Trial>, Vec<Trial>) = gone.into_iter().partition(is_wrong);
        let halves = |all: &[Trial]| {
            let (left, right) = all.split_at(all.len() / 2);
            (left.to_vec(), right.to_vec())
        };
        let (left, right) = match (blamed.is_empty(), clean.is_empty()) {
            (false, false) => (clean, blamed),
            (true, _) => halves(&clean),
            (_, true) => halves(&blamed),
        };
        let mut out = self.prove(findings, &left, names);
        out.extend(self.prove(findings, &right, names));
        out
    }

    /// The units that read an edited file, with all edits made; `None` where edits cannot be made together.
    fn evaluate(&self, trials: &[Trial]) -> Option<BTreeMap<String, State>> {
        let texts = edited(trials.iter().flat_map(|(_, it)| &it.fix.edits), &self.workspace.sources)?;
        let ids: BTreeSet<SourceId> =
            trials.iter().flat_map(|(_, it)| &it.fix.edits).map(|edit| edit.span.source).collect();
        let affected = self.units.iter().filter(|(_, unit)| !unit.texts.is_disjoint(&ids));
        let (names, units): (Vec<&String>, Vec<&Unit>) = affected.unzip();
        let bytes = units.iter().map(|unit| bytes_of(unit, &self.workspace.sources)).sum::<usize>();
        self.spent.set(self.spent.get() + bytes);
        let paths = units.iter().flat_map(|unit| &unit.texts).map(|id| self.workspace.sources.get(*id).path.clone());
        let folders: BTreeSet<PathBuf> = paths.filter_map(|path| path.parent().map(Path::to_path_buf)).collect();
        let files: Vec<PathBuf> = self
            .loaded
            .files
            .iter()
            .filter(|path| path.parent().is_some_and(|parent| folders.contains(parent)))
            .cloned()
            .collect();
        let sources = self.workspace.sources.fork();
        for Edited { before, text, places } in texts {
            let after = sources.insert(&before.path, text);
            if before.path.file_name().and_then(|name| name.to_str()).is_some_and(Terraform::reads) {
                hcl::patched(&after, &before, &places);
            }
        }
        let trial = self.workspace.with_sources(sources);
        let loaded = trial.load_of(files);
        let mut judged = trial.judge_all(&loaded, self.words);
        judged.retain(|unit| names.contains(&&unit.name));
        let mistakes = trial.mistakes(&loaded, self.words);
        let parses = mistakes.iter().all(|(path, count)| self.mistakes.get(path).is_some_and(|known| count <= known));
        if !parses || !loaded.terraform.doubles().is_subset(&self.doubles) {
            return None;
        }
        let mut out: BTreeMap<String, State> = judged.into_iter().map(|unit| (unit.name, unit.state)).collect();
        for name in names {
            out.entry(name.clone()).or_default();
        }
        Some(out)
    }

    fn is_gone(&self, finding: &Finding, after: &BTreeMap<String, State>) -> bool {
        self.marks(finding).iter().all(|(unit, mark)| {
            // A unit whose files do not change keeps what was found in it.
            after.get(*unit).is_some_and(|state| !state.findings.contains_key(mark))
        })
    }

    /// The addresses of containers that have changed otherwise than they may.
    fn wrong(
        &self,
        findings: &[Finding],
        trials: &[Trial],
        after: &BTreeMap<String, State>,
        names: Names,
    ) -> BTreeSet<String> {
        let marks = trials.iter().flat_map(|(at, _)| self.marks(&findings[*at]));
        let gone: BTreeSet<(&str, &Mark)> = marks.map(|(unit, mark)| (*unit, mark)).collect();
        let repaired = || trials.iter().map(|(at, _)| &findings[*at]);
        let replaced = repaired().filter(|finding| matches!(finding.check, Some("client" | "mistyped-address")));
        let growth = Growth {
            missing: repaired().flat_map(|finding| &finding.missing).map(String::as_str).collect(),
            replaced: replaced.flat_map(|finding| &finding.legacy).map(String::as_str).collect(),
            names,
        };
        let mut out = BTreeSet::new();
        for (name, after) in after {
            let gone = |mark: &Mark| gone.contains(&(name.as_str(), mark));
            match self.units.get(name) {
                Some(unit) => out.extend(growth.wrong(&unit.state, after, gone)),
                None => {
                    out.insert(String::new());
                }
            }
        }
        out
    }
}

impl Workspace {
    /// How many mistakes of syntax each file has that names an endpoint.
    fn mistakes(&self, loaded: &Loaded, words: &Words) -> BTreeMap<PathBuf, usize> {
        let mut out = BTreeMap::new();
        for finding in self.syntax_findings(loaded, words) {
            *out.entry(self.sources.get(finding.primary.source).path.clone()).or_default() += 1;
        }
        out
    }
}

/// A file with edits made.
pub(super) struct Edited {
    pub before: Arc<Source>,
    pub text: String,
    /// The places in the old text, in their order, each with the length of what is there now.
    places: Vec<(Range<usize>, usize)>,
}

/// The files after edits; equal edits are one. `None` where edits overlap.
pub(super) fn edited<'e>(edits: impl Iterator<Item = &'e Edit>, sources: &Sources) -> Option<Vec<Edited>> {
    let mut by_file: BTreeMap<SourceId, Vec<&Edit>> = BTreeMap::new();
    for edit in edits {
        let known = by_file.entry(edit.span.source).or_default();
        if !known.contains(&edit) {
            known.push(edit);
        }
    }
    let mut out = Vec::new();
    for (id, mut edits) in by_file {
        edits.sort_by_key(|edit| edit.span);
        // Two insertions at one place have no order of their own.
        if edits.windows(2).any(|pair| pair[0].span.end > pair[1].span.start || pair[0].span == pair[1].span) {
            return None;
        }
        let before = sources.get(id);
        let text = fix::applied(&before.text, &edits)?;
        let places = edits.iter().map(|edit| (edit.span.range(), edit.text.len())).collect();
        out.push(Edited { before, text, places });
    }
    Some(out)
}
