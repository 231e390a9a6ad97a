#!/usr/bin/env python3
"""regenerate.py [--check | --compare] [CASE...]: what the real terraform makes of the Terraform fixtures.

Plans every root below testdata/cases and testdata/language with each of its sets of variable values and stores what
terraform says of the resources of the catalogue in <case>/terraform.answer, and of the questions in
testdata/terraform/questions.json; tests compare both with what kmslint evaluates. Neither terraform nor a provider is
needed to run the tests, only to run this.

KMSLINT_ORACLE names a folder with oracle.py, whose plan(dir, args, autofill) plans without network: it serves the
providers' schemas itself and returns `terraform show -json`. Run this with a Python that has what oracle.py imports.

--check only plans, and checks `terraform fmt`: fixtures have to be code that terraform accepts. --compare plans and
fails where an answer is not the stored one. Left out are cases named syntax-*, which are broken on purpose, those named
input-*, which call modules that are not on disk, and those that Terragrunt runs."""
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
# The resource types that can route, allow or list an endpoint.
CATALOGUE = re.compile(r"""(azurerm|azurestack)_(route|route_table|network_security_(group|rule)|ip_group|ip_group_cidr
    |firewall|firewall_policy|firewall_policy_rule_collection_group
    |firewall_(network|application|nat)_rule_collection|virtual_hub|virtual_hub_(route_table|route_table_route
    |connection|routing_intent)|network_manager_(routing|admin)_rule|network_manager_routing_rule_collection
    |palo_alto_local_rulestack_\w+|(private_)?dns_a_record|private_dns_resolver_forwarding_rule
    |network_security_perimeter_access_rule|machine_learning_workspace_network_outbound_rule_fqdn|kubernetes_cluster
    |virtual_network_gateway|local_network_gateway|virtual_machine\w*_extension|virtual_machine_run_command
    |windows_virtual_machine\w*|automation_runbook|\w*template_deployment|subnet_\w+_association|subnet)
    |azapi_(update_)?resource|terraform_data""", re.X)
UNKNOWN = {"unknown": True}


def module_folders(case):
    """Folders that hold Terraform code."""
    folders = {path.parent for end in ("*.tf", "*.tf.json") for path in case.rglob(end)}
    return sorted(folder for folder in folders if ".terraform" not in folder.parts)


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


def reduced(known, unknown, set_of=None):
    """A value as stored. Without what is null; a set is {"a set": [...]}, sorted; what terraform does not know, or only
    knows because this script made it up, is UNKNOWN. `set_of` tells which parts are sets: see `sets`."""
    if unknown is True or isinstance(known, str) and ("__data__." in known or known == "dummy"):
        return UNKNOWN
    if isinstance(known, dict) or isinstance(unknown, dict):
        known, unknown, parts = known or {}, unknown or {}, set_of or {}
        names = sorted(known.keys() | unknown.keys())
        out = {name: reduced(known.get(name), unknown.get(name), parts.get(name)) for name in names}
        return {name: value for name, value in out.items() if value is not None}
    if isinstance(known, list):
        unknown = unknown or []
        items = [reduced(value, unknown[at] if at < len(unknown) else None, (set_of or {}).get("[]"))
                 for at, value in enumerate(known)]
        if (set_of or {}).get("set"):
            return {"a set": sorted(items, key=lambda item: json.dumps(item, sort_keys=True))}
        return items
    return known


def sets(schema):
    """Where a block of the provider's schema holds sets: {name: {"set": bool, "[]": the same of its elements}}."""
    def of_type(kind):
        if not isinstance(kind, list):
            return {}
        if kind[0] == "object":
            return {name: of_type(inner) for name, inner in kind[1].items()}
        return {"set": kind[0] == "set", "[]": of_type(kind[1])}
    out = {name: of_type(attribute["type"]) for name, attribute in schema["attrs"].items()}
    for name, block in schema["blocks"].items():
        out[name] = {"set": block["nesting"] == "set", "[]": sets(block)} if block["nesting"] != "single" else sets(block)
    return out


def resource(change, exact):
    """One resource as stored."""
    after, unknown = change["change"]["after"], change["change"]["after_unknown"]
    set_of = sets(exact[change["type"]]) if change["type"] in exact else None
    return {"address": change["address"], "values": reduced(after, unknown, set_of)}


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


def answers(plan, exact, case):
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
            rows = [resource(change, exact) for change in changes
                    if CATALOGUE.fullmatch(change["type"]) and change["mode"] == "managed"]
            out.append({
                "root": root.relative_to(case).as_posix(),
                "scenario": variables.relative_to(case).as_posix() if variables else "default",
                "filled": sorted(["var." + name for name in missing] + data_sources(root)),
                "resources": sorted(rows, key=lambda row: row["address"]),
            })
    return out


def lines(sets):
    """One resource a line, so that a change is readable in a diff."""
    lines = []
    for number, entry in enumerate(sets):
        head = {key: entry[key] for key in ("root", "scenario", "filled")}
        rows = ",\n".join("   " + json.dumps(row, ensure_ascii=False, sort_keys=True) for row in entry["resources"])
        end = "," if number + 1 < len(sets) else ""
        lines.append(f' {json.dumps(head, ensure_ascii=False)[:-1]}, "resources": [\n{rows}\n ]}}{end}')
    return "[\n" + "\n".join(lines) + "\n]\n"


def ask(plan, exact, question):
    """What terraform says to one question: resources and outputs, or the error."""
    with tempfile.TemporaryDirectory() as folder:
        source = os.path.join(folder, "source")
        for name, text in question["files"].items():
            path = os.path.join(source, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            pathlib.Path(path).write_text(text, "utf-8")
        saved = dict(os.environ)
        os.environ.update(question.get("env", {}))
        try:
            planned = plan(source, question.get("args", []))
        except RuntimeError as error:
            return {"error": str(error).split("Error: ")[1].split("\n")[0]}
        finally:
            os.environ.clear()
            os.environ.update(saved)
    rows = [resource(change, exact) for change in planned.get("resource_changes", [])
            if CATALOGUE.fullmatch(change["type"])]
    outputs = planned.get("output_changes", {})
    return {"resources": sorted(rows, key=lambda row: row["address"]),
            "outputs": {name: reduced(o["after"] if "after" in o else None, o["after_unknown"]) for name, o in outputs.items()}}


def questions_text(questions):
    return "[\n" + ",\n".join(" " + json.dumps(q, ensure_ascii=False) for q in questions) + "\n]\n"


def main():
    check, compare = "--check" in sys.argv, "--compare" in sys.argv
    only = [a for a in sys.argv[1:] if not a.startswith("-")]
    if "KMSLINT_ORACLE" not in os.environ:
        sys.exit("KMSLINT_ORACLE does not name the folder of oracle.py")
    sys.path.insert(0, os.environ["KMSLINT_ORACLE"])
    from oracle import plan
    from schemas import EXACT as exact

    cases = [path for folder in ("cases", "language") for path in sorted((TESTDATA / folder).iterdir())
             if path.is_dir() and not path.name.startswith("syntax-") and not list(path.rglob("terragrunt.hcl"))]
    cases += [TESTDATA / "sample"] if check else []
    cases = [case for case in cases if not only or case.name in only]
    # Templates and other JSON are nothing to terraform.
    cases = [case for case in cases if any(list(case.rglob(f"*.{kind}")) for kind in ("tf", "tofu", "tf.json", "tfvars"))]
    # Where a module is not on disk there is no plan.
    planned = [case for case in cases if not case.name.startswith("input-")]

    def one(case):
        try:
            return case, answers(plan, exact, case), None
        except RuntimeError as error:
            return case, None, str(error)

    failed = 0

    def store(path, text):
        nonlocal failed
        if not compare:
            path.write_text(text, "utf-8")
        elif not path.exists() or path.read_text("utf-8") != text:
            failed += 1
            print(f"FAIL {path.relative_to(TESTDATA)}: terraform answers otherwise", flush=True)

    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for case, sets_of_values, error in pool.map(one, planned):
            if error:
                failed += 1
                print(f"FAIL {case.name}\n{error}", flush=True)
            elif not check:
                store(case / "terraform.answer", lines(sets_of_values))
    if not check and not only:
        path = TESTDATA / "terraform" / "questions.json"
        questions = json.loads(path.read_text("utf-8"))
        for question in questions:
            question["answer"] = ask(plan, exact, question)
        store(path, questions_text(questions))
    if check:
        for case in cases:
            # terraform fmt rewrites line ends and byte order marks, which these two cases are about.
            if case.name not in ("bom", "crlf"):
                run = subprocess.run(["terraform", "fmt", "-check", "-recursive", str(case)], capture_output=True)
                if run.returncode:
                    failed += 1
                    print(f"FAIL {case.name}: not formatted")
    print(f"{failed} failed, {len(planned)} cases planned")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
