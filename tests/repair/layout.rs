//! Siblings look like the element beside which they stand, whatever that looks like.

use crate::repaired;

/// A sibling looks like the element beside which it stands.
#[test]
fn layouts_are_kept() {
    let group = |list: &str| {
        format!(
            "resource \"azurerm_ip_group\" \"i\" {{\n  name = \"allowed\"\n  resource_group_name = \"rg\"\n  cidrs = {list}\n}}\n"
        )
    };
    for (before, after) in [
        ("[\"23.102.135.246\"]", "[\"23.102.135.246\", \"20.118.99.224\", \"40.83.235.53\"]"),
        (
            "[\n    \"23.102.135.246\", # old\n  ]",
            "[\n    \"23.102.135.246\", # old\n    \"20.118.99.224\",\n    \"40.83.235.53\",\n  ]",
        ),
        (
            "[\n\t\t\"23.102.135.246/32\" // old\n  ]",
            "[\n\t\t\"23.102.135.246/32\", // old\n\t\t\"20.118.99.224/32\",\n\t\t\"40.83.235.53/32\"\n  ]",
        ),
        (
            "[\n    \"23.102.135.246\"\n  ]",
            "[\n    \"23.102.135.246\",\n    \"20.118.99.224\",\n    \"40.83.235.53\"\n  ]",
        ),
        (
            "split(\",\", \"23.102.135.246,10.0.0.1\")",
            "split(\",\", \"23.102.135.246,20.118.99.224,40.83.235.53,10.0.0.1\")",
        ),
    ] {
        assert_eq!(repaired("main.tf", &group(before)), group(after));
        let (before, after) = (group(before).replace('\n', "\r\n"), group(after).replace('\n', "\r\n"));
        assert_eq!(repaired("main.tf", &before), after);
        // Without a line end at the end.
        assert_eq!(repaired("main.tf", before.trim_end()), after.trim_end());
    }
}
