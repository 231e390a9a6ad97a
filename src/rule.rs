//! stub
use crate::endpoint::TagFacts; use crate::finding::Finding; use crate::source::*; use std::net::Ipv4Addr; use std::path::PathBuf; use ipnet::Ipv4Net;
#[derive(Debug, Clone, Default)] pub struct Side { pub hosts: Vec<String>, pub addresses: Vec<Ipv4Addr> }
#[derive(Debug, Clone)] pub struct Cloud { pub name: String, pub closed: bool, pub legacy: Side, pub successors: Side, pub tags: Vec<(String, Vec<Ipv4Net>)> }
impl TagFacts for Cloud { fn prefixes(&self, tag: &str) -> &[Ipv4Net] { self.tags.iter().find(|(n, _)| n.eq_ignore_ascii_case(tag)).map_or(&[], |(_, n)| n) } }
#[derive(Debug, Clone)] pub struct CheckText { pub summary: String, pub why: String, pub help: String }
#[derive(Debug, Clone)] pub struct FalseFriend { pub explain: String }
#[derive(Debug, Clone)] pub struct Rule { pub id: String, pub url: String, pub port: u16, pub protocol: String, pub clouds: Vec<Cloud>, text: CheckText }
impl Rule {
 pub fn intends(&self, n: &str) -> bool { let n = n.to_lowercase(); ["kms","activat","licen","slmgr"].iter().any(|w| n.contains(w)) }
 pub fn check(&self, _n: &str) -> Option<&CheckText> { Some(&self.text) }
 pub fn fill(&self, t: &str, _l: &[String], m: &[String]) -> String { t.replace("{missing}", &m.join(", ")) }
 pub fn false_friend(&self, _a: impl Iterator<Item = Ipv4Addr>) -> Option<&FalseFriend> { None }
 pub fn endpoint_order(&self) -> Vec<String> { let mut o = vec![]; for c in &self.clouds { for s in [&c.successors, &c.legacy] { o.extend(s.addresses.iter().map(|a| a.to_string())); o.extend(s.hosts.clone()); } } o }
 pub fn watch_words(&self) -> Vec<String> { vec!["kms.".into(), "23.102.135".into(), "23.97.0".into()] }
}
#[derive(Debug, Default)] pub struct Loaded { pub rules: Vec<Rule>, pub findings: Vec<Finding>, pub problems: Vec<String> }
pub fn load(_s: &Sources, _p: &[PathBuf]) -> Loaded {
 let a = |s: &str| s.parse().unwrap(); let n = |s: &str| s.parse().unwrap();
 let t = |v: Vec<(&str, Vec<Ipv4Net>)>| v.into_iter().map(|(a, b)| (a.to_string(), b)).collect();
 Loaded { rules: vec![Rule { id: "azure-kms".into(), url: "u".into(), port: 1688, protocol: "TCP".into(), text: CheckText { summary: "s".into(), why: "w".into(), help: "add {missing}".into() }, clouds: vec![
  Cloud { name: "AzureCloud".into(), closed: false, legacy: Side { hosts: vec!["kms.core.windows.net".into()], addresses: vec![a("23.102.135.246")] }, successors: Side { hosts: vec!["azkms.core.windows.net".into()], addresses: vec![a("20.118.99.224"), a("40.83.235.53")] }, tags: t(vec![("AzureCloud", vec![n("23.102.128.0/18"), n("20.118.64.0/18"), n("40.83.128.0/17")])]) },
  Cloud { name: "AzureUSGovernment".into(), closed: false, legacy: Side { hosts: vec![], addresses: vec![a("23.97.0.13")] }, successors: Side { hosts: vec![], addresses: vec![a("52.126.105.2")] }, tags: vec![] } ] }], ..Loaded::default() }
}
