#!/usr/bin/env python3
"""regenerate.py [--check] [CASE...]: what the real terraform makes of the Terraform fixtures.

Plans every root below testdata/cases with each of its sets of variable values and stores what terraform says of route
tables and routes in testdata/cases/<case>/terraform.json, which a test compares with what kmslint evaluates. Neither
terraform nor a provider is needed to run the tests, only to run this.

KMSLINT_ORACLE names a folder with oracle.py, whose plan(dir, args, autofill) plans without network: it serves the
providers' schemas itself and returns `terraform show -json`. Run this with a Python that has what oracle.py imports.

--check only plans, and checks `terraform fmt`: fixtures have to be code that terraform accepts. Cases named
syntax-* are broken on purpose and left out."""
import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

TESTDATA = pathlib.Path(__file__).resolve().parent.parent
FIELDS = ("name", "resource_group_name", "bgp_route_propagation_enabled", "disable_bgp_route_propagation",
          "route_table_name", "address_prefix", "next_hop_type", "next_hop_in_ip_address")
ROUTE = ("name", "address_prefix", "next_hop_type", "next_hop_in_ip_address")
UNKNOWN = {"unknown": True}


def module_folders(case):
    """Folders that hold Terraform code."""
    return sorted({path.parent for path in case.rglob("*.tf")} | {path.parent for path in case.rglob("*.tf.json")})


def roots(case):
    """Folders that no other folder calls as a module."""
    folders = module_folders(case)
    called = set()
    for folder in folders:
        for path in folder.glob("*.tf"):
            for source in re.findall(r'^\s*source\s*=\s*"(\.\.?/[^"]*)"', path.read_text("utf-8-sig"), re.M):
                called.add((folder / source).resolve())
    return [folder for folder in folders if folder.resolve() not in called]


def is_auto_loaded(path, root):
    return path.parent == root and (path.name in ("terraform.tfvars", "terraform.tfvars.json")
                                    or path.name.endswith((".auto.tfvars", ".auto.tfvars.json")))


def scenarios(root):
    """Sets of variable values: the auto-loaded ones, and each other variable file on top of them."""
    others = [path for path in sorted(root.rglob("*.tfvars")) if not is_auto_loaded(path, root)]
    return [None, *others]


def required(root):
    """Variables of the root without a default."""
    text = "\n".join(path.read_text("utf-8-sig") for path in root.glob("*.tf"))
    blocks = re.findall(r'^variable "([^"]+)" \{\n(.*?)^\}', text, re.M | re.S)
    return [name for name, body in blocks if not re.search(r"^\s*default\s*=", body, re.M)]


def data_sources(root):
    """Data sources of the root: the plan has made-up texts for their values, and for what follows from them."""
    text = "\n".join(path.read_text("utf-8-sig") for path in root.glob("*.tf"))
    return [f"data.{kind}.{name}" for kind, name in re.findall(r'^data "([^"]+)" "([^"]+)"', text, re.M)]


def value(known, unknown):
    """A value as stored: a value that only the provider would know counts as unknown."""
    if unknown is True or isinstance(known, str) and ("__data__." in known or known == "dummy"):
        return UNKNOWN
    return {"value": known}


def entries(change):
    """One row for each field of a resource, the routes of a table sorted by their JSON text."""
    after, unknown, address = change["change"]["after"] or {}, change["change"]["after_unknown"] or {}, change["address"]
    rows = []
    for field in FIELDS:
        if field in after or field in unknown:
            rows.append({"address": address, "path": field, **value(after.get(field), unknown.get(field))})
    if unknown.get("route") is True:
        rows.append({"address": address, "path": "route", **UNKNOWN})
    elif isinstance(after.get("route"), list):
        hidden = unknown.get("route") or [{}] * len(after["route"])
        routes = [{f: value(r.get(f), u.get(f)) for f in ROUTE} for r, u in zip(after["route"], hidden)]
        for index, route in enumerate(sorted(routes, key=lambda r: json.dumps(r, sort_keys=True))):
            rows += [{"address": address, "path": f"route[{index}].{f}", **route[f]} for f in ROUTE]
    return rows


def plan_with_neighbours(plan, root, case, args):
    """Plans a root; below a case, beside the folders that its modules may lead to."""
    if root == case:
        return plan(str(root), args, autofill=True)
    with tempfile.TemporaryDirectory() as folder:
        source, beside = os.path.join(folder, "source"), os.path.join(folder, "plan")
        shutil.copytree(root, source)
        for path in root.parent.iterdir():
            if path.is_dir() and path != root:
                shutil.copytree(path, os.path.join(beside, path.name))
                # The oracle reads its resource types from the folders that it is given, so they lie there as well.
                shutil.copytree(path, os.path.join(source, "unused", path.name))
        return plan(source, args, keep=beside, autofill=True)


def answers(plan, case):
    """What terraform says of one case: a list of {root, scenario, filled, resources}. `filled` names what had to be
    given a made-up value: kmslint leaves it unknown, so rows that depend on it cannot be compared."""
    out = []
    for root in roots(case):
        sets, needed = scenarios(root), required(root)
        for variables in sets:
            given = "\n".join(p.read_text("utf-8-sig") for p in ([variables] if variables else [])
                              + [p for p in root.glob("*.tfvars") if is_auto_loaded(p, root)])
            missing = [name for name in needed if not re.search(rf"^{name}\s*=", given, re.M)]
            if variables is None and missing and len(sets) > 1:
                continue                    # nobody runs a root without a variable that only the other sets give
            args = [f"-var-file={variables.relative_to(root)}"] if variables else []
            changes = plan_with_neighbours(plan, root, case, args).get("resource_changes", [])
            rows = [row for change in changes if change["type"] in ("azurerm_route_table", "azurerm_route")
                    and "__data__" not in change["address"] for row in entries(change)]
            out.append({
                "root": root.relative_to(case).as_posix(),
                "scenario": variables.relative_to(case).as_posix() if variables else "default",
                "filled": sorted(["var." + name for name in missing] + data_sources(root)),
                "resources": sorted(rows, key=lambda row: (row["address"], row["path"])),
            })
    return out


def write(path, sets):
    """One row a line, so that a change is readable in a diff."""
    lines = []
    for number, entry in enumerate(sets):
        head = {key: entry[key] for key in ("root", "scenario", "filled")}
        rows = ",\n".join("   " + json.dumps(row, ensure_ascii=False) for row in entry["resources"])
        end = "," if number + 1 < len(sets) else ""
        lines.append(f' {json.dumps(head, ensure_ascii=False)[:-1]}, "resources": [\n{rows}\n ]}}{end}')
    path.write_text("[\n" + "\n".join(lines) + "\n]\n", "utf-8")


def main():
    check, only = "--check" in sys.argv, [a for a in sys.argv[1:] if not a.startswith("-")]
    if "KMSLINT_ORACLE" not in os.environ:
        sys.exit("KMSLINT_ORACLE does not name the folder of oracle.py")
    sys.path.insert(0, os.environ["KMSLINT_ORACLE"])
    from oracle import plan

    cases = [p for p in sorted((TESTDATA / "cases").iterdir()) if p.is_dir() and not p.name.startswith("syntax-")]
    cases += [TESTDATA / "sample"] if check else []
    cases = [case for case in cases if not only or case.name in only]

    def one(case):
        try:
            return case, answers(plan, case), None
        except RuntimeError as error:
            return case, None, str(error)

    failed = 0
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for case, sets, error in pool.map(one, cases):
            if error:
                failed += 1
                print(f"FAIL {case.name}\n{error}", flush=True)
            elif not check:
                write(case / "terraform.json", sets)
    if check:
        for case in cases:
            # terraform fmt rewrites line ends and byte order marks, which these two cases are about.
            if case.name not in ("bom", "crlf"):
                run = subprocess.run(["terraform", "fmt", "-check", "-recursive", str(case)], capture_output=True)
                if run.returncode:
                    failed += 1
                    print(f"FAIL {case.name}: not formatted")
    print(f"{len(cases) - failed} of {len(cases)} accepted")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
