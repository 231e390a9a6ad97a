//! How repairs come into files: whole or not at all.

use crate::{folder, repair};
use kmslint::workspace::{Options, Workspace};

/// Files keep their mode and their byte order mark, and one that has changed meanwhile is left alone.
#[test]
fn files_are_replaced_whole() {
    let text = "\u{feff}resource \"azurerm_ip_group\" \"i\" {\n  name = \"allowed\"\n  resource_group_name = \"rg\"\n  cidrs = [\"23.102.135.246\"]\n}\n";
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("main.tf");
    std::fs::write(&path, text).unwrap();
    let mut mode = std::fs::metadata(&path).unwrap().permissions();
    #[cfg(unix)]
    std::os::unix::fs::PermissionsExt::set_mode(&mut mode, 0o640);
    std::fs::set_permissions(&path, mode).unwrap();
    let mode = std::fs::metadata(&path).unwrap().permissions();
    let open = || repair(folder.path(), false);
    let repaired = open();
    std::fs::write(&path, format!("{text}# mine\n")).unwrap();
    let refused = repaired.write().unwrap_err();
    assert!(refused.contains("has changed since it was read"), "{refused}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), format!("{text}# mine\n"));
    open().write().unwrap();
    let list = "[\"23.102.135.246\", \"20.118.99.224\", \"40.83.235.53\"]";
    assert_eq!(
        std::fs::read_to_string(&path).unwrap(),
        format!("{text}# mine\n").replace("[\"23.102.135.246\"]", list)
    );
    assert_eq!(std::fs::metadata(&path).unwrap().permissions(), mode);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "a temporary file is left");
}

const PINNED: &str = "resource \"azurerm_ip_group\" \"i\" {\n  name = \"allowed\"\n  resource_group_name = \"rg\"\n  cidrs = [\"23.102.135.246\"]\n}\n";

/// A link stays a link; what it leads to is written if that lies in the workspace.
#[cfg(unix)]
#[test]
fn links_are_followed_within_the_workspace() {
    let folder = folder(&[("shared/group.tf", PINNED), ("root/other.tf", "locals {}\n")]);
    let link = folder.path().join("root/group.tf");
    std::os::unix::fs::symlink("../shared/group.tf", &link).unwrap();
    let root = folder.path().join("root");
    // A link that is not named is not walked to.
    assert!(repair(&root, false).changes.is_empty());
    let options = Options { repair: true, jobs: Some(1), ..Options::default() };
    let repaired = Workspace::open(folder.path(), &["root/group.tf".into()], options).repaired(false);
    repaired.write().unwrap();
    assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
    assert!(std::fs::read_to_string(folder.path().join("shared/group.tf")).unwrap().contains("40.83.235.53"));
    // One that leads out is not followed, named or not.
    let outside = crate::folder(&[("group.tf", PINNED)]);
    let out = folder.path().join("root/out.tf");
    std::os::unix::fs::symlink(outside.path().join("group.tf"), &out).unwrap();
    let options = Options { repair: true, jobs: Some(1), ..Options::default() };
    let repaired = Workspace::open(folder.path(), &["root/out.tf".into()], options).repaired(false);
    assert!(repaired.changes.is_empty() && repaired.checked.problems[0].contains("leads out of the workspace"));
    std::fs::remove_file(&out).unwrap();
    // Meanwhile it leads out.
    let outside = crate::folder(&[("group.tf", PINNED)]);
    std::fs::write(folder.path().join("shared/group.tf"), PINNED).unwrap();
    std::fs::remove_file(&link).unwrap();
    std::fs::copy(folder.path().join("shared/group.tf"), &link).unwrap();
    let repaired = repair(&root, false);
    std::fs::remove_file(&link).unwrap();
    std::os::unix::fs::symlink(outside.path().join("group.tf"), &link).unwrap();
    let refused = repaired.write().unwrap_err();
    assert!(refused.contains("leads out of the workspace"), "{refused}");
    assert_eq!(std::fs::read_to_string(outside.path().join("group.tf")).unwrap(), PINNED);
}

/// Nothing is written where one of the files cannot be.
#[test]
fn several_files_are_written_all_or_none() {
    let folder = folder(&[("a/main.tf", PINNED), ("b/main.tf", PINNED), ("c/main.tf", PINNED)]);
    let repaired = repair(folder.path(), false);
    assert_eq!(repaired.changes.len(), 3);
    std::fs::remove_file(folder.path().join("c/main.tf")).unwrap();
    let refused = repaired.write().unwrap_err();
    assert!(refused.contains("nothing was written"), "{refused}");
    for name in ["a", "b"] {
        let left: Vec<_> = std::fs::read_dir(folder.path().join(name)).unwrap().collect();
        assert_eq!(left.len(), 1, "{left:?}");
        assert_eq!(std::fs::read_to_string(folder.path().join(name).join("main.tf")).unwrap(), PINNED);
    }
}

/// Whenever the process dies, each file holds the old text or the new one.
#[test]
fn a_killed_process_leaves_whole_files() {
    const FILES: usize = 40;
    // Some size makes writing take time.
    let text = format!("{PINNED}{}", "# A line that says nothing.\n".repeat(2_000));
    let new = text.replace("[\"23.102.135.246\"]", "[\"23.102.135.246\", \"20.118.99.224\", \"40.83.235.53\"]");
    for round in 0..4 {
        let names: Vec<String> = (0..FILES).map(|at| format!("m{at:02}/main.tf")).collect();
        let files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), text.as_str())).collect();
        let folder = folder(&files);
        let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_kmslint"))
            .args(["check", "--fix", "--quiet", "."])
            .current_dir(folder.path())
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        // Dies once so many files are there, which may be temporary ones.
        let watched = folder.path().join(&names[round * FILES / 4]);
        while child.try_wait().unwrap().is_none() {
            let begun = std::fs::read_dir(watched.parent().unwrap()).unwrap().count() > 1;
            if begun || std::fs::read(&watched).unwrap() == new.as_bytes() {
                child.kill().unwrap();
            }
        }
        for name in &names {
            let held = std::fs::read_to_string(folder.path().join(name)).unwrap();
            assert!(held == text || held == new, "{name} is half written");
        }
    }
}

/// `git apply` makes of the patch what `--fix` writes. Needs git.
#[test]
fn git_applies_the_patch() {
    use std::process::{Command, Stdio};
    if Command::new("git").arg("--version").output().is_err() {
        println!("git is not installed: patches were not applied");
        return;
    }
    let windows = PINNED.replace('\n', "\r\n");
    for text in [
        PINNED,
        PINNED.trim_end(),
        windows.as_str(),
        &format!("\u{feff}{PINNED}"),
        &format!("{PINNED}{}", "\n".repeat(20)),
    ] {
        let folder = folder(&[("a b/ü.tf", text), ("c/main.tf", PINNED), ("c/d/x.tf", "locals {}\n")]);
        let git = |arguments: &[&str]| {
            let mut git = Command::new("git");
            git.args(arguments)
                .current_dir(folder.path())
                .stdin(Stdio::piped())
                .stdout(Stdio::null())
                .stderr(Stdio::piped());
            git.spawn().unwrap()
        };
        assert!(git(&["init", "-q"]).wait().unwrap().success());
        // Paths are those of the work tree, wherever kmslint is run.
        let kmslint = Command::new(env!("CARGO_BIN_EXE_kmslint"))
            .args(["check", "--diff", "..", "../a b"])
            .current_dir(folder.path().join("c"))
            .output()
            .unwrap();
        let mut apply = git(&["apply", "-"]);
        std::io::Write::write_all(&mut apply.stdin.take().unwrap(), &kmslint.stdout).unwrap();
        let applied = apply.wait_with_output().unwrap();
        let told = String::from_utf8_lossy(&kmslint.stdout);
        assert!(applied.status.success(), "{}\n{told}", String::from_utf8_lossy(&applied.stderr));
        for (name, before) in [("a b/ü.tf", text), ("c/main.tf", PINNED)] {
            let list = "[\"23.102.135.246\", \"20.118.99.224\", \"40.83.235.53\"]";
            let after = std::fs::read_to_string(folder.path().join(name)).unwrap();
            assert_eq!(after, before.replace("[\"23.102.135.246\"]", list), "{told}");
        }
    }
}
