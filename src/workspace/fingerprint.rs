//! What names a finding across runs: neither moved lines nor new instances change it.

use crate::finding::Finding;
use crate::source::Sources;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::fmt::Write as _;

/// Gives each finding its fingerprint: SHA-256 over rule, check, cloud, path from the workspace, home of the literal
/// and the literal in lower case. Where that repeats, `:2`, `:3` and so on by order.
pub(super) fn give(findings: &mut [Finding], sources: &Sources) {
    let mut seen: HashMap<String, u32> = HashMap::new();
    for finding in findings {
        let source = sources.get(finding.primary.source);
        let root = sources.root_of(&source.path).unwrap_or(&source.path);
        let path = crate::source::relative(&source.path, root);
        let literal = source.slice(finding.primary).trim_matches('"').to_lowercase();
        let parts = [
            finding.rule.as_str(),
            finding.check.unwrap_or_default(),
            finding.cloud.as_deref().unwrap_or_default(),
            &path,
            &finding.home,
            &literal,
        ];
        let mut hex = String::with_capacity(64);
        for byte in Sha256::digest(parts.join("\n")) {
            let _ = write!(hex, "{byte:02x}");
        }
        let count = seen.entry(hex.clone()).or_insert(0);
        *count += 1;
        finding.fingerprint = if *count == 1 { hex } else { format!("{hex}:{count}") };
    }
}
