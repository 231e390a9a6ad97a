//! The command line: a thin shell over the workspace. Standard output carries the report alone, standard error
//! everything else; the exit status says whether it is good.

use crate::finding::{Report, Severity};
use crate::output::{self, View};
use crate::rule::{self, Rule};
use crate::source::Sources;
use crate::terraform::scenario::{Given, Inputs};
use crate::workspace::{Checked, Options, Repaired, Workspace};
use anstream::{AutoStream, ColorChoice};
use clap::{ArgMatches, CommandFactory, FromArgMatches};
use std::ffi::{OsStr, OsString};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

mod args;

use args::{Check, Cli, Color, Command, Explain, FailOn, Format, Inspect, InspectFormat, Reading};

/// Nothing was found at or above the limit.
pub const GOOD: u8 = 0;
/// Something was.
pub const FOUND: u8 = 1;
/// kmslint could not do its job.
pub const FAILED: u8 = 2;

/// Columns that sentences wrap to, unless `COLUMNS` says that there are fewer.
const WIDTH: usize = 100;
const NARROWEST: usize = 40;

/// Runs kmslint with these arguments, the first being its own name. Gives the exit status.
pub fn run(arguments: Vec<OsString>) -> u8 {
    let parsed = Cli::command().try_get_matches_from(with_command(arguments));
    let parsed = parsed.and_then(|matches| Ok((Cli::from_arg_matches(&matches)?.command, matches)));
    let (command, matches) = match parsed {
        Ok(parsed) => parsed,
        Err(help) => {
            // Help that is asked for is no failure; a reader that went away is none either.
            let _ = help.print();
            return u8::try_from(help.exit_code()).unwrap_or(FAILED);
        }
    };
    let done = match folder() {
        Ok(cwd) => match command {
            Command::Check(options) => check(&options, inputs(&options.reading, &matches, &cwd), &cwd),
            Command::Inspect(options) => inspect(&options, inputs(&options.reading, &matches, &cwd), &cwd),
            Command::Explain(options) => explain(&options, &cwd),
        },
        Err(error) => Err(format!("the working directory cannot be read: {error}; change to another one")),
    };
    done.unwrap_or_else(|problem| {
        complain(&problem);
        FAILED
    })
}

fn folder() -> io::Result<PathBuf> {
    std::env::current_dir()?.canonicalize()
}

/// `kmslint PATH` means `kmslint check PATH`, unless PATH looks like a slip of a command, which clap explains.
fn with_command(mut arguments: Vec<OsString>) -> Vec<OsString> {
    let shell = Cli::command();
    let commands: Vec<&str> = shell.get_subcommands().map(clap::Command::get_name).chain(["help"]).collect();
    let asks = |it: &OsString| ["-h", "--help", "-V", "--version"].iter().any(|flag| it == *flag);
    let is_option = |it: &OsString| it.as_encoded_bytes().starts_with(b"-") && it != "-" && it != "--";
    let Some(first) = arguments.iter().skip(1).find(|it| !is_option(it)) else { return arguments };
    let leading = arguments.iter().skip(1).take_while(|it| is_option(it));
    if leading.into_iter().any(asks) || commands.iter().any(|name| first == *name) || is_slip(first, &commands) {
        return arguments;
    }
    arguments.insert(1, "check".into());
    arguments
}

/// Not there, and nearly a command.
fn is_slip(word: &OsStr, commands: &[&str]) -> bool {
    !Path::new(word).exists() && word.to_str().is_some_and(|word| nearest(word, commands).is_some())
}

fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let rated = known.iter().map(|name| (strsim::jaro(word, name), *name));
    rated.filter(|(near, _)| *near > 0.8).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, name)| name)
}

/// What the command line and the environment give to Terraform variables.
fn inputs(reading: &Reading, matches: &ArgMatches, cwd: &Path) -> Inputs {
    let matches = matches.subcommand().map_or(matches, |(_, matches)| matches);
    let at = |name: &str| matches.indices_of(name).into_iter().flatten();
    let files = at("var_file").zip(reading.var_file.iter().map(|path| Given::File(cwd.join(path))));
    let variables = reading.var.iter().cloned().map(|(name, text)| Given::Variable { name, text });
    let mut given: Vec<(usize, Given)> = files.chain(at("var").zip(variables)).collect();
    given.sort_by_key(|(at, _)| *at);
    let of_terraform = |(name, text): (String, String)| Some((name.strip_prefix("TF_VAR_")?.to_owned(), text));
    let texts =
        std::env::vars_os().filter_map(|(name, text)| Some((name.into_string().ok()?, text.into_string().ok()?)));
    Inputs {
        given: given.into_iter().map(|(_, given)| given).collect(),
        environment: texts.filter_map(of_terraform).collect(),
    }
}

fn check(options: &Check, inputs: Inputs, cwd: &Path) -> Result<u8, String> {
    let engine = Options {
        strict: options.strict,
        prefilter: !options.no_prefilter,
        select: options.select.clone(),
        ignore: options.ignore.clone(),
        repair: true,
        ..engine(&options.reading, inputs)
    };
    let workspace = Workspace::open(cwd, &options.paths, engine);
    if !(options.fix || options.fix_review || options.diff) {
        let checked = workspace.check();
        return report(options, &workspace, &checked);
    }
    let repaired = workspace.repaired(options.fix_review);
    if options.diff {
        return diff(options, &repaired);
    }
    repaired.write()?;
    note(&done(&repaired, cwd));
    report(options, &repaired.workspace, &repaired.checked)
}

/// "repaired 2 findings in a.tf and b.tf; 1 more wants a look: --fix-review"
fn done(repaired: &Repaired, cwd: &Path) -> String {
    const NAMED: usize = 3;
    let left = repaired.checked.report.findings.iter().filter(|finding| finding.fix.is_some()).count();
    let more = match left {
        0 => String::new(),
        1 => "; 1 more wants a look: --fix-review".to_owned(),
        many => format!("; {many} more want a look: --fix-review"),
    };
    if repaired.changes.is_empty() {
        return format!("nothing to repair{}", more.replace(" more", ""));
    }
    let shown = repaired.changes.iter().take(NAMED);
    let mut paths: Vec<String> = shown.map(|change| crate::source::relative(&change.before.path, cwd)).collect();
    match repaired.changes.len().saturating_sub(NAMED) {
        0 => {}
        1 => paths.push("1 other file".to_owned()),
        others => paths.push(format!("{others} other files")),
    }
    let findings = if repaired.repaired == 1 { "finding" } else { "findings" };
    format!("repaired {} {findings} in {}{more}", repaired.repaired, rule::listed(&paths))
}

fn diff(options: &Check, repaired: &Repaired) -> Result<u8, String> {
    let workspace = &repaired.workspace;
    print(options.paint.color, |color, out| {
        let view = View {
            sources: workspace.sources(),
            cwd: workspace.cwd(),
            color,
            width: width(),
            verbose: false,
            quiet: true,
        };
        output::diff::write(&repaired.changes, &view, out)
    })?;
    for problem in &repaired.checked.problems {
        complain(problem);
    }
    Ok(match (repaired.checked.problems.is_empty(), repaired.changes.is_empty()) {
        (false, _) => FAILED,
        (true, true) => GOOD,
        (true, false) => FOUND,
    })
}

fn report(options: &Check, workspace: &Workspace, checked: &Checked) -> Result<u8, String> {
    let verbose = options.verbose;
    let cwd = workspace.cwd();
    let written = print(options.paint.color, |color, out| {
        // Where nothing could be done, there is nothing to sum up.
        let quiet = options.quiet || (checked.report.files == 0 && !checked.problems.is_empty());
        let view = View { sources: workspace.sources(), cwd, color, width: width(), verbose, quiet };
        match options.format {
            Format::Full => output::full::write(&checked.report, &view, out),
            Format::Concise => output::concise::write(&checked.report, &view, out),
            Format::Json => output::json::write(&checked.report, &view, out),
        }
    });
    for problem in &checked.problems {
        complain(problem);
    }
    written?;
    Ok(if checked.problems.is_empty() { status(&checked.report, options.fail_on) } else { FAILED })
}

fn engine(reading: &Reading, inputs: Inputs) -> Options {
    Options {
        rules: reading.rules.clone(),
        prefilter: true,
        no_ignore: reading.no_ignore,
        jobs: reading.jobs.map(std::num::NonZeroUsize::get),
        inputs,
        ..Options::default()
    }
}

fn status(report: &Report, fail_on: FailOn) -> u8 {
    if report.findings.iter().any(|finding| ["rule-file", "config"].contains(&finding.rule.as_str())) {
        return FAILED;
    }
    let limit = match fail_on {
        FailOn::Error => Severity::Error,
        FailOn::Warning => Severity::Warning,
        FailOn::Note => Severity::Note,
        FailOn::Never => return GOOD,
    };
    if report.findings.iter().any(|finding| finding.severity >= limit) { FOUND } else { GOOD }
}

fn inspect(options: &Inspect, inputs: Inputs, cwd: &Path) -> Result<u8, String> {
    let workspace = Workspace::open(cwd, &options.paths, engine(&options.reading, inputs));
    let (seen, problems) = workspace.inspect(options.values);
    let written = print(options.paint.color, |color, out| {
        let sources = workspace.sources();
        let view = View { sources, cwd, color, width: width(), verbose: true, quiet: false };
        match options.format {
            InspectFormat::Text => output::inspect::write_text(&seen, &view, out),
            InspectFormat::Json => output::inspect::write_json(&seen, &view, out),
        }
    });
    for problem in &problems {
        complain(problem);
    }
    written?;
    Ok(if problems.is_empty() { GOOD } else { FAILED })
}

fn explain(options: &Explain, cwd: &Path) -> Result<u8, String> {
    let paths: Vec<PathBuf> = options.rules.iter().map(|path| cwd.join(path)).collect();
    let roots = paths.iter().filter_map(|path| path.canonicalize().ok()).collect();
    let sources = Sources::new(roots);
    let loaded = rule::load(&sources, &paths);
    if let Some(problem) = loaded.problems.first() {
        return Err(problem.clone());
    }
    if !loaded.findings.is_empty() {
        let report = Report { findings: loaded.findings, ..Report::default() };
        let view = View { sources: &sources, cwd, color: false, width: width(), verbose: false, quiet: true };
        let mut out = AutoStream::auto(io::stderr());
        let _ = output::full::write(&report, &view, &mut out);
        return Ok(FAILED);
    }
    let page = match &options.name {
        None => rule::table(&loaded.rules),
        Some(name) => page(name, &loaded.rules)?,
    };
    // A rule file is anybody's text.
    let lines: Vec<_> = page.lines().map(output::text::harmless).collect();
    print(Color::Auto, |_, out| lines.iter().try_for_each(|line| writeln!(out, "{line}")))?;
    Ok(GOOD)
}

/// The page of `rule` or `rule/check`.
fn page(name: &str, rules: &[Rule]) -> Result<String, String> {
    if let Some(problem) = rule::unknown_name(name, rules) {
        return Err(output::text::harmless(&problem).into_owned());
    }
    let (id, check) = name.split_once('/').map_or((name, None), |(id, check)| (id, Some(check)));
    let found = rules.iter().find(|rule| rule.id == id);
    found.map(|rule| rule::page(rule, check)).ok_or_else(|| format!("there is no page of {name}"))
}

/// Writes to standard output. That a reader goes away before the end is its own affair.
fn print(when: Color, write: impl FnOnce(bool, &mut dyn Write) -> io::Result<()>) -> Result<(), String> {
    let choice = match when {
        Color::Auto => AutoStream::choice(&io::stdout()),
        Color::Always => ColorChoice::Always,
        Color::Never => ColorChoice::Never,
    };
    let color = choice != ColorChoice::Never;
    // Without colour nothing is left to strip: all that is printed is harmless already.
    let mut out: Box<dyn Write> = if color {
        Box::new(io::BufWriter::new(AutoStream::new(io::stdout(), ColorChoice::Always)))
    } else {
        Box::new(io::BufWriter::new(io::stdout()))
    };
    match write(color, &mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(format!("the report could not be written: {error}"))
        }
        _ => Ok(()),
    }
}

fn width() -> usize {
    let columns = std::env::var("COLUMNS").ok().and_then(|text| text.parse::<usize>().ok());
    columns.map_or(WIDTH, |columns| columns.clamp(NARROWEST, WIDTH))
}

/// Tells on standard error what was done.
fn note(what: &str) {
    let _ = writeln!(io::stderr(), "kmslint: {}", output::text::harmless(what));
}

/// Tells on standard error what kmslint could not do. Where that cannot be written either, the exit status tells it.
fn complain(problem: &str) {
    let _ = writeln!(io::stderr(), "kmslint: error: {}", output::text::harmless(problem));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn completed(line: &str) -> String {
        let arguments = with_command(line.split(' ').map(OsString::from).collect());
        arguments.iter().map(|it| it.to_string_lossy()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_path_alone_means_check() {
        for (given, meant) in [
            ("kmslint src", "kmslint check src"),
            ("kmslint --strict src", "kmslint check --strict src"),
            ("kmslint --format json src", "kmslint check --format json src"),
            ("kmslint -- -odd", "kmslint check -- -odd"),
            ("kmslint chekc", "kmslint chekc"),
            ("kmslint inspect src", "kmslint inspect src"),
            ("kmslint --version", "kmslint --version"),
            ("kmslint --help src", "kmslint --help src"),
            ("kmslint --strict", "kmslint --strict"),
            ("kmslint", "kmslint"),
        ] {
            assert_eq!(completed(given), meant);
        }
    }

    #[test]
    fn the_arguments_are_consistent_and_described() {
        let shell = Cli::command();
        shell.clone().debug_assert();
        for command in shell.get_subcommands() {
            for option in command.get_arguments().filter(|it| !["help", "version"].contains(&it.get_id().as_str())) {
                assert!(option.get_help().is_some(), "{} {}", command.get_name(), option.get_id());
            }
        }
    }
}
