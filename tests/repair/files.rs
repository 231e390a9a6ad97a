//! How repairs come into files: whole or not at all.

use crate::repair;

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
