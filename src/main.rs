fn main() { let a: Vec<std::path::PathBuf> = std::env::args().skip(1).map(Into::into).collect();
 let w = kmslint::workspace::Workspace::open(&std::env::current_dir().unwrap(), &a, Default::default());
 let c = w.check(); for f in &c.report.findings { let s = w.sources().get(f.primary.source); println!("{}:{} {:?} {} {:?} {:?}\n   {}", s.path.display(), s.position(f.primary.start).line, f.severity, s.slice(f.primary), f.missing, f.scenarios, f.message); for r in &f.related { let s = w.sources().get(r.span.source); println!("      {}:{} {}", s.path.display(), s.position(r.span.start).line, r.message);} }
 for g in &c.report.unknown { println!("gap {} {}", g.container, g.why); } println!("{:?}", c.problems); println!("{:?}", c.report.elapsed); }
