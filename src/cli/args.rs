//! The arguments, as the help describes them.

// The comments are help texts for a terminal, and switches are what a command line has.
#![allow(clippy::doc_markdown, clippy::struct_excessive_bools)]

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// Finds Azure networks whose routes, firewall rules and allow-lists still name only the legacy Windows activation
/// (KMS) endpoint.
#[derive(Debug, Parser)]
#[command(name = "kmslint", version, max_term_width = 100, infer_long_args = false)]
#[command(after_help = "`kmslint PATH` without a command means `kmslint check PATH`.")]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Lint files and folders.
    #[command(after_help = CHECK_STATUS)]
    Check(Check),
    /// Print the network as kmslint understood it: containers, entries, next hops, what is unknown and why.
    #[command(after_help = STATUS)]
    Inspect(Inspect),
    /// Print the page of a rule: what it is about, why, how to fix it. Without a name, the table of rules.
    #[command(after_help = STATUS)]
    Explain(Explain),
}

const CHECK_STATUS: &str = "Exit status: 0 if nothing was found at or above --fail-on, 1 if something was, 2 if kmslint \
                            could not do its job.";
const STATUS: &str = "Exit status: 0, or 2 if kmslint could not do its job.";

#[derive(Debug, Args)]
pub(super) struct Check {
    /// Files and folders to lint. Of a named file only what concerns it is reported.
    #[arg(value_name = "PATH", default_value = ".")]
    pub(super) paths: Vec<PathBuf>,

    /// How the report is written to standard output.
    #[arg(long, value_name = "FORMAT", default_value = "full")]
    pub(super) format: Format,

    /// The lowest severity that makes the exit status 1.
    #[arg(long, value_name = "SEVERITY", default_value = "warning")]
    pub(super) fail_on: FailOn,

    /// Hold the code against these rules, or checks of rules (`azure-kms/firewall`), in place of those that are on by
    /// default.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(super) select: Vec<String>,

    /// Leave these rules, or checks of rules, out.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(super) ignore: Vec<String>,

    /// Raise the notes on what is pinned but harmless today to warnings.
    #[arg(long)]
    pub(super) strict: bool,

    /// Repair what can be repaired for certain. The report shows what remains.
    #[arg(long)]
    pub(super) fix: bool,

    /// Repair what can be repaired, also where the result wants a look.
    #[arg(long)]
    pub(super) fix_review: bool,

    /// Print what --fix would change, as a patch for `git apply`, and write nothing. With --fix-review, what that would
    /// change.
    #[arg(long)]
    pub(super) diff: bool,

    /// Parse files that name no watched endpoint too. What is found stays the same.
    #[arg(long)]
    pub(super) no_prefilter: bool,

    /// Print the findings alone, without a summary.
    #[arg(long, short, conflicts_with = "verbose")]
    pub(super) quiet: bool,

    /// Show notes with their source as well, and what could not be evaluated.
    #[arg(long, short)]
    pub(super) verbose: bool,

    #[command(flatten)]
    pub(super) reading: Reading,

    #[command(flatten)]
    pub(super) paint: Paint,
}

#[derive(Debug, Args)]
pub(super) struct Inspect {
    /// Files and folders to read.
    #[arg(value_name = "PATH", default_value = ".")]
    pub(super) paths: Vec<PathBuf>,

    /// How the network is written to standard output.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(super) format: InspectFormat,

    /// Print what the locals, variables and outputs of each module stand for as well.
    #[arg(long)]
    pub(super) values: bool,

    #[command(flatten)]
    pub(super) reading: Reading,

    #[command(flatten)]
    pub(super) paint: Paint,
}

#[derive(Debug, Args)]
pub(super) struct Explain {
    /// A rule, or one of its checks, as a finding names it: `azure-kms` or `azure-kms/route-table`.
    #[arg(value_name = "RULE")]
    pub(super) name: Option<String>,

    /// Read more rules from this file or folder. Can be given several times.
    #[arg(long, value_name = "PATH")]
    pub(super) rules: Vec<PathBuf>,
}

/// What is read, and how.
#[derive(Debug, Args)]
pub(super) struct Reading {
    /// Read more rules from this file or folder. Can be given several times.
    #[arg(long, value_name = "PATH")]
    pub(super) rules: Vec<PathBuf>,

    /// Evaluate with the values of this Terraform variable file. Given files and --var count in their order, the last
    /// wins; they make one scenario in place of those found.
    #[arg(long, value_name = "FILE")]
    pub(super) var_file: Vec<PathBuf>,

    /// Evaluate with this value of a Terraform variable. Can be given several times.
    #[arg(long, value_name = "NAME=VALUE", value_parser = assignment)]
    pub(super) var: Vec<(String, String)>,

    /// Use this many threads instead of one for each core.
    #[arg(long, value_name = "N")]
    pub(super) jobs: Option<NonZeroUsize>,

    /// Look into git-ignored files too.
    #[arg(long)]
    pub(super) no_ignore: bool,
}

fn assignment(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() => Ok((name.trim().to_owned(), value.to_owned())),
        _ => Err("a name, `=` and a value are needed, as in `region=westeurope`".to_owned()),
    }
}

#[derive(Debug, Args)]
pub(super) struct Paint {
    /// When to use colours. With auto, a terminal gets them unless NO_COLOR or TERM=dumb is set, and CLICOLOR_FORCE
    /// brings them everywhere.
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(super) color: Color,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Each finding with its source, why it matters and what to do.
    Full,
    /// One line for each finding.
    Concise,
    /// The stable format for other tools.
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum InspectFormat {
    /// A table for each container.
    Text,
    /// The stable format for other tools.
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    Error,
    Warning,
    Note,
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    Auto,
    Always,
    Never,
}
