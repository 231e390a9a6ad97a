#!/usr/bin/env python3
"""repairs.py KMSLINT [CASE...]: what the real terraform makes of the Terraform fixtures that kmslint repaired.

Repairs a copy of every root below testdata/cases with the binary KMSLINT and plans it. Compared with the stored plan
of the root as it was, the new plan may have more routes, rules and values, each of which is one that was there but for
its endpoint, its name and its priority, and nothing else may differ. Code that `terraform fmt` would leave alone before
has to be such code afterwards.

Needs what regenerate.py needs."""
import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import regenerate

# The endpoints of all rules, and what the fixtures have of prefixes and ranges around them.
RULES = "".join(path.read_text("utf-8") for path in (regenerate.TESTDATA.parent / "rules").glob("*.yaml"))
LISTED = re.findall(r"(?:hosts|addresses): \[([^]]+)\]", RULES) + re.findall(r"right: (\S+)", RULES)
NAMED = sorted({name.strip() for names in LISTED for name in names.split(",")}, key=len, reverse=True)
AROUND = r"23\.102\.[\d.]+|23\.97\.[\d.]+|20\.118\.99\.244"
ENDPOINT = re.compile(rf"({'|'.join(map(re.escape, NAMED))}|{AROUND})(-[\d.]+|/\d+)?", re.I)
APART = {"name", "priority", "address", "id"}
SINGULAR = ("destination_address_prefix", "destinationAddressPrefix")


def told(value):
    """A value without what may tell it from its siblings."""
    if isinstance(value, dict):
        return {key: told(inner) for key, inner in value.items() if key not in APART}
    if isinstance(value, list):
        return sorted((told(inner) for inner in value), key=lambda one: json.dumps(one, sort_keys=True))
    return ENDPOINT.sub("<endpoint>", value) if isinstance(value, str) else value


def grown(before, after, where, problems):
    """Whether `after` is `before` with siblings; what is wrong goes to `problems`."""
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        lost = before.keys() - after.keys()
        for one in lost & set(SINGULAR):
            several = after.get(one + "es", [])
            if before[one] in items(several):
                alone = [before[one]] if isinstance(several, list) else {"a set": [before[one]]}
                before = {**{key: value for key, value in before.items() if key != one}, one + "es": alone}
                lost = lost - {one}
        if lost or after.keys() - before.keys():
            problems.append(f"{where}: {sorted(lost)} gone, {sorted(after.keys() - before.keys())} new")
        for key in before.keys() & after.keys():
            grown(before[key], after[key], f"{where}.{key}", problems)
    elif isinstance(before, list) and isinstance(after, list):
        left = list(after)
        changed = []
        for one in before:
            left.remove(one) if one in left else changed.append(one)
        for one in changed:
            # What grew inside is the one that has its name.
            name = one.get("name") if isinstance(one, dict) else None
            other = next((it for it in left if isinstance(it, dict) and it.get("name") == name), left[0] if left else None)
            if other is None:
                problems.append(f"{where}: {one} is gone")
                continue
            left.remove(other)
            grown(one, other, f"{where}[{name}]", problems)
        known = [told(one) for one in before]
        problems += [f"{where}: {one} has no sibling" for one in left if told(one) not in known]
    elif is_json(before) and is_json(after):
        grown(json.loads(before), json.loads(after), where, problems)
    elif told(before) != told(after):
        problems.append(f"{where}: {before} became {after}")


def is_json(value):
    return isinstance(value, str) and value.startswith(("{", "["))


def items(value):
    return value["a set"] if isinstance(value, dict) and "a set" in value else value


def compare(before, after):
    problems = []
    for old, new in zip(before, after, strict=True):
        known = {row["address"]: row for row in new["resources"]}
        kinds = [told({"values": row["values"], "kind": kind(row)}) for row in old["resources"]]
        for row in old["resources"]:
            there = known.pop(row["address"], None)
            if there is None:
                problems.append(f"{row['address']} is gone")
            else:
                grown(row["values"], there["values"], row["address"], problems)
        problems += [f"{row['address']} has no sibling" for row in known.values()
                     if told({"values": row["values"], "kind": kind(row)}) not in kinds]
    return problems


def kind(row):
    """`azurerm_route` of `module.hub["a.b"].azurerm_route.kms`."""
    return re.sub(r"\[[^]]*\]", "", row["address"]).split(".")[-2]


def is_formatted(folder):
    return subprocess.run(["terraform", "fmt", "-check", "-recursive", str(folder)], capture_output=True).returncode == 0


def main():
    if len(sys.argv) < 2 or "KMSLINT_ORACLE" not in os.environ:
        sys.exit(__doc__)
    kmslint, only = os.path.abspath(sys.argv[1]), sys.argv[2:]
    sys.path.insert(0, os.environ["KMSLINT_ORACLE"])
    from oracle import plan
    from schemas import EXACT as exact

    cases = sorted(path.parent for path in (regenerate.TESTDATA / "cases").glob("*/terraform.answer"))
    cases = [case for case in cases if not only or case.name in only]

    def one(case):
        with tempfile.TemporaryDirectory() as folder:
            copy = pathlib.Path(folder, case.name)
            shutil.copytree(case, copy)
            options = case / "options.txt"
            given = options.read_text().split() if options.exists() else []
            run = subprocess.run([kmslint, "check", "--fix", "--fix-review", *given], cwd=copy, capture_output=True, text=True)
            if "repaired" not in run.stderr:
                return None
            problems = []
            if is_formatted(case) and not is_formatted(copy):
                problems.append("terraform fmt would change it")
            try:
                after = regenerate.answers(plan, exact, copy)
            except RuntimeError as error:
                return problems + [str(error)]
            return problems + compare(json.loads((case / "terraform.answer").read_text("utf-8")), after)

    repaired = failed = 0
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for case, problems in zip(cases, pool.map(one, cases)):
            repaired += problems is not None
            if problems:
                failed += 1
                print(f"FAIL {case.name}\n  " + "\n  ".join(problems), flush=True)
    print(f"{failed} failed, {repaired} of {len(cases)} cases were repaired")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
