//! Siblings look like the element beside which they stand, whatever that looks like.

use crate::{folder, repair, repaired, workspace};

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

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }

    fn pick<'t>(&mut self, all: &[&'t str]) -> &'t str {
        all[usize::try_from(self.below(all.len() as u64)).unwrap()]
    }
}

/// How a notation may be spaced: blanks around signs, what a line may end with, lines between, an indentation.
struct Style {
    file: &'static str,
    blanks: &'static [&'static str],
    ends: &'static [&'static str],
    between: &'static [&'static str],
    indents: &'static [&'static str],
}

const TERRAFORM: Style = Style {
    file: "main.tf",
    blanks: &["", " ", "  ", "\t"],
    ends: &["", "", "", " ", "\t", " # {n}: #", " // {n}", " /* {n} */", "# \"{n}"],
    between: &["", "", "", "\n", "# {n}\n", "  // {n} }\n", "/* {n}\n ] */\n"],
    indents: &["", " ", "  ", "    ", "\t", "  \t"],
};
const JSON: Style = Style {
    file: "template.json",
    blanks: &["", " ", "  ", "\t"],
    ends: &["", "", "", " ", " // {n}", " /* {n} */", "// \"{n}"],
    between: &["", "", "\n", "// {n}\n", "/* {n}\n ] */\n"],
    indents: &["", " ", "  ", "    ", "\t"],
};
const YAML: Style = Style {
    file: "routes.yaml",
    blanks: &[" ", "  "],
    ends: &["", "", "", " ", " # {n}: x"],
    between: &["", "", "\n", "# {n}\n"],
    indents: &["  ", "    "],
};

/// A notation, the text beside it, and a text in which `~` is a blank, `>` an indentation and a line a line.
const SHAPES: [(&Style, &str); 15] = [
    (
        &TERRAFORM,
        "resource~\"azurerm_ip_group\" \"kms\" {\n>name~=~\"allowed\"\n>resource_group_name~=~\"rg\"\n>cidrs~=~[\n>>\"10.0.0.0/8\",\n>>\"23.102.135.246\",\n>>\"10.1.0.0/16\",\n>]\n}",
    ),
    (
        &TERRAFORM,
        "resource \"azurerm_ip_group\" \"kms\" {\n>name~=~\"allowed\"\n>resource_group_name~=~\"rg\"\n>cidrs~=~[\n>>\"23.102.135.246/32\"\n>]\n}",
    ),
    (
        &TERRAFORM,
        "resource \"azurerm_ip_group\" \"kms\" {\n>name~=~\"allowed\"\n>resource_group_name~=~\"rg\"\n>cidrs~=~[~\"10.0.0.0/8\",~\"23.102.135.246\"~]\n}",
    ),
    (
        &TERRAFORM,
        "resource \"azurerm_route_table\" \"t\" {\n>name~=~\"t\"\n>resource_group_name~=~\"rg\"\n>location~=~\"x\"\n>route {\n>>name~=~\"all\"\n>>address_prefix~=~\"0.0.0.0/0\"\n>>next_hop_type~=~\"VirtualNetworkGateway\"\n>}\n>route {\n>>name~=~\"kms\"\n>>address_prefix~=~\"23.102.135.246/32\"\n>>next_hop_type~=~\"Internet\"\n>}\n}",
    ),
    (
        &TERRAFORM,
        "resource \"azurerm_route_table\" \"t\" {\n>name~=~\"t\"\n>resource_group_name~=~\"rg\"\n>location~=~\"x\"\n>route~=~[\n>>{\n>>>name~=~\"all\"\n>>>address_prefix~=~\"0.0.0.0/0\"\n>>>next_hop_type~=~\"None\"\n>>>next_hop_in_ip_address~=~null\n>>},\n>>{\n>>>name~=~\"kms\"\n>>>address_prefix~=~\"23.102.135.246/32\"\n>>>next_hop_type~=~\"Internet\"\n>>>next_hop_in_ip_address~=~null\n>>}\n>]\n}",
    ),
    (
        &TERRAFORM,
        "locals {\n>routes~=~{\n>>all~=~\"0.0.0.0/0\"\n>>kms~=~\"23.102.135.246/32\"\n>}\n}\nresource \"azurerm_route_table\" \"t\" {\n>name~=~\"t\"\n>resource_group_name~=~\"rg\"\n>location~=~\"x\"\n>dynamic \"route\" {\n>>for_each~=~local.routes\n>>content {\n>>>name~=~route.key\n>>>address_prefix~=~route.value\n>>>next_hop_type~=~route.key~==~\"all\"~?~\"None\"~:~\"Internet\"\n>>}\n>}\n}",
    ),
    (
        &TERRAFORM,
        "locals {\n>routes~=~[\n>>{~name~=~\"all\",~prefix~=~\"0.0.0.0/0\",~hop~=~\"None\"~},\n>>{~name~=~\"kms\",~prefix~=~\"23.102.135.246/32\",~hop~=~\"Internet\"~},\n>]\n}\nresource \"azurerm_route_table\" \"t\" {\n>name~=~\"t\"\n>resource_group_name~=~\"rg\"\n>location~=~\"x\"\n>dynamic \"route\" {\n>>for_each~=~local.routes\n>>content {\n>>>name~=~route.value.name\n>>>address_prefix~=~route.value.prefix\n>>>next_hop_type~=~route.value.hop\n>>}\n>}\n}",
    ),
    (
        &TERRAFORM,
        "resource \"azurerm_route_table\" \"t\" {\n>name~=~\"t\"\n>resource_group_name~=~\"rg\"\n>location~=~\"x\"\n>route {\n>>name~=~\"all\"\n>>address_prefix~=~\"0.0.0.0/0\"\n>>next_hop_type~=~\"None\"\n>}\n}\nresource \"azurerm_route\" \"kms\" {\n>name~=~\"kms\"\n>resource_group_name~=~\"rg\"\n>route_table_name~=~azurerm_route_table.t.name\n>address_prefix~=~\"23.102.135.246/32\"\n>next_hop_type~=~\"Internet\"\n}",
    ),
    (
        &TERRAFORM,
        "resource \"azurerm_network_security_group\" \"g\" {\n>name~=~\"g\"\n>resource_group_name~=~\"rg\"\n>location~=~\"x\"\n>security_rule {\n>>name~=~\"kms\"\n>>priority~=~100\n>>direction~=~\"Outbound\"\n>>access~=~\"Allow\"\n>>protocol~=~\"Tcp\"\n>>source_port_range~=~\"*\"\n>>source_address_prefix~=~\"*\"\n>>destination_port_range~=~\"1688\"\n>>destination_address_prefix~=~\"23.102.135.246/32\"\n>}\n>security_rule {\n>>name~=~\"deny\"\n>>priority~=~200\n>>direction~=~\"Outbound\"\n>>access~=~\"Deny\"\n>>protocol~=~\"*\"\n>>source_port_range~=~\"*\"\n>>source_address_prefix~=~\"*\"\n>>destination_port_range~=~\"*\"\n>>destination_address_prefix~=~\"*\"\n>}\n}",
    ),
    (
        &JSON,
        "{\n>\"$schema\":~\"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#\",\n>\"contentVersion\":~\"1.0.0.0\",\n>\"resources\":~[\n>>{\n>>>\"type\":~\"Microsoft.Network/routeTables\",\n>>>\"apiVersion\":~\"2023-04-01\",\n>>>\"name\":~\"t\",\n>>>\"properties\":~{~\"routes\":~[~{~\"name\":~\"all\",~\"properties\":~{~\"addressPrefix\":~\"0.0.0.0/0\",~\"nextHopType\":~\"None\"~}~}~]~}\n>>},\n>>{\n>>>\"type\":~\"Microsoft.Network/routeTables/routes\",\n>>>\"apiVersion\":~\"2023-04-01\",\n>>>\"name\":~\"t/kms\",\n>>>\"dependsOn\":~[\n>>>>\"[resourceId('Microsoft.Network/routeTables', 't')]\"\n>>>],\n>>>\"properties\":~{\n>>>>\"addressPrefix\":~\"23.102.135.246/32\",\n>>>>\"nextHopType\":~\"Internet\"\n>>>}\n>>}\n>]\n}",
    ),
    (
        &JSON,
        "{\n>\"$schema\":~\"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#\",\n>\"contentVersion\":~\"1.0.0.0\",\n>\"resources\":~[\n>>{\n>>>\"type\":~\"Microsoft.Network/routeTables\",\n>>>\"apiVersion\":~\"2023-04-01\",\n>>>\"name\":~\"t\",\n>>>\"properties\":~{\n>>>>\"routes\":~[\n>>>>>{~\"name\":~\"all\",~\"properties\":~{~\"addressPrefix\":~\"0.0.0.0/0\",~\"nextHopType\":~\"None\"~}~},\n>>>>>{~\"name\":~\"kms\",~\"properties\":~{~\"addressPrefix\":~\"23.102.135.246/32\",~\"nextHopType\":~\"Internet\"~}~}\n>>>>]\n>>>}\n>>}\n>]\n}",
    ),
    (
        &JSON,
        "{\n>\"$schema\":~\"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#\",\n>\"contentVersion\":~\"1.0.0.0\",\n>\"resources\":~[\n>>{\n>>>\"type\":~\"Microsoft.Network/ipGroups\",\n>>>\"apiVersion\":~\"2023-04-01\",\n>>>\"name\":~\"allowed\",\n>>>\"properties\":~{\n>>>>\"ipAddresses\":~[\n>>>>>\"23.102.135.246\",\n>>>>>\"10.0.0.0/8\"\n>>>>]\n>>>}\n>>}\n>]\n}",
    ),
    (
        &YAML,
        "routes:\n>- name:~all\n>  prefix:~0.0.0.0/0\n>  hop:~None\n>- name:~kms\n>  prefix:~23.102.135.246/32\n>  hop:~Internet",
    ),
    (
        &YAML,
        "routes:\n>- {name:~all,~prefix:~0.0.0.0/0,~hop:~None}\n>- {name:~kms,~prefix:~\"23.102.135.246/32\",~hop:~Internet}",
    ),
    (
        &YAML,
        "routes:~[{name:~all,~prefix:~0.0.0.0/0,~hop:~None},~{name:~kms,~prefix:~23.102.135.246/32,~hop:~Internet}]",
    ),
];

const READS_YAML: &str = "resource \"azurerm_route_table\" \"t\" {\n  name                = \"t\"\n  resource_group_name = \"rg\"\n  location = \"x\"\n  \
                          dynamic \"route\" {\n    for_each = yamldecode(file(\"routes.yaml\")).routes\n    content {\n      name = route.value.name\n      \
                          address_prefix = route.value.prefix\n      next_hop_type = route.value.hop\n    }\n  }\n}\n";

/// The shape, spaced by the dice; comments have numbers.
fn spaced(style: &Style, shape: &str, dice: &mut Dice) -> String {
    let eol = dice.pick(&["\n", "\r\n"]);
    let indent = dice.pick(style.indents);
    let mut out = String::new();
    let mut number = 0;
    let mut numbered = |text: &str| {
        number += 1;
        text.replace("{n}", &format!("comment {number}"))
    };
    for line in shape.lines() {
        out += &numbered(dice.pick(style.between));
        for c in line.chars() {
            match c {
                '~' => out += dice.pick(style.blanks),
                '>' => out += indent,
                c => out.push(c),
            }
        }
        out += &numbered(dice.pick(style.ends));
        out += "\n";
    }
    if dice.below(3) == 0 {
        out.truncate(out.trim_end().len());
    }
    out.replace('\n', eol)
}

/// Every comment, blank and line end stays where it was; what is new has the line ends of the file.
#[test]
fn random_layouts_survive() {
    const ROUNDS: u64 = 16;
    for (at, (style, shape)) in SHAPES.iter().enumerate() {
        for round in 0..ROUNDS {
            let mut dice = Dice(0x9e37_79b9_7f4a_7c15 ^ (at as u64 * ROUNDS + round + 1) << 17);
            let before = spaced(style, shape, &mut dice);
            let mut files = vec![(style.file, before.as_str())];
            if style.file == YAML.file {
                files.push(("main.tf", READS_YAML));
            }
            let folder = folder(&files);
            let repaired = repair(folder.path(), false);
            let told = || format!("shape {at}, round {round}:\n{before}");
            let [change] = repaired.changes.as_slice() else {
                panic!("{} changes in {}", repaired.changes.len(), told())
            };
            let after = &change.after;
            let told = || format!("{}\nbecame\n{after}", told());
            assert!(
                repaired.checked.report.findings.is_empty(),
                "{:?} in {}",
                repaired.checked.report.findings,
                told()
            );
            let found = workspace(folder.path()).check().report.findings;
            for edit in &found[0].fix.as_ref().unwrap().edits {
                // All else is put in: blanks alone may go, or what is there again.
                let gone = &before[edit.span.range()];
                assert!(gone.trim().is_empty() || edit.text.contains(gone), "{gone:?} is gone from {}", told());
            }
            let bare = |text: &str| text.replace("\r\n", "").contains('\n');
            assert_eq!((before.contains("\r\n"), bare(&before)), (after.contains("\r\n"), bare(after)), "{}", told());
            assert_eq!(before.ends_with('\n'), after.ends_with('\n'), "{}", told());
            for endpoint in ["20.118.99.224", "40.83.235.53"] {
                assert_eq!(after.matches(endpoint).count(), 1, "{}", told());
            }
        }
    }
}

/// Azure refuses a second write to a table while the first is under way.
#[test]
fn copies_of_children_depend_on_one_another() {
    let table = |resources: &str| {
        format!(
            "{{ \"$schema\": \"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#\", \"contentVersion\": \
             \"1.0.0.0\", \"parameters\": {{ \"t\": {{ \"type\": \"string\" }} }}, \"resources\": [ {{ \"type\": \"Microsoft.Network/routeTables\", \
             \"apiVersion\": \"2023-04-01\", \"name\": \"[parameters('t')]\", \"properties\": {{ \"routes\": [ {{ \"name\": \"all\", \"properties\": \
             {{ \"addressPrefix\": \"0.0.0.0/0\", \"nextHopType\": \"None\" }} }} ] }} }}, {resources} ] }}"
        )
    };
    let child = |name: &str| {
        format!(
            "{{ \"type\": \"Microsoft.Network/routeTables/routes\", \"apiVersion\": \"2023-04-01\", \"name\": \"[{name}]\", \"properties\": \
             {{ \"addressPrefix\": \"23.102.135.246/32\", \"nextHopType\": \"Internet\" }} }}"
        )
    };
    for (name, ids) in [
        ("concat(parameters('t'), '/kms')", ["parameters('t'), 'kms'", "parameters('t'), 'kms-azkms-1'"]),
        ("format('{0}/kms', parameters('t'))", ["parameters('t'), 'kms'", "parameters('t'), 'kms-azkms-1'"]),
        (
            "concat(toLower(parameters('t')), '', '/', 'kms')",
            [
                "split(concat(toLower(parameters('t')), '', '/', 'kms'), '/')[0], split(concat(toLower(parameters('t')), '', '/', 'kms'), '/')[1]",
                "split(concat(toLower(parameters('t')), '', '/', 'kms-azkms-1'), '/')[0], split(concat(toLower(parameters('t')), '', '/', 'kms-azkms-1'), '/')[1]",
            ],
        ),
    ] {
        let text = table(&child(name)).replace("toLower(parameters('t'))", "parameters('t')");
        let after = repaired("template.json", &text);
        for id in ids {
            let id = id.replace("toLower(parameters('t'))", "parameters('t')");
            let depends = format!("\"dependsOn\": [\"[resourceId('Microsoft.Network/routeTables/routes', {id})]\"]");
            assert!(after.contains(&depends), "{depends}\n{after}");
        }
    }
}
