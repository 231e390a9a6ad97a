# Collection functions over rule names and tags, each result in a tag so that order and duplicates show.
locals {
  a = ["kms", "dns", "ntp", "kms"]
  b = toset(["ntp", "wsus", "kms"])
  m = { kms = 1688, dns = 53, ntp = 123, Zeta = 1, "_x" = 0, "10" = 2, "9" = 3 }
  o = { owner = "net", ports = [1, 2], inner = { a = null } }

  results = {
    keys       = join(",", keys(local.m))
    values     = join(",", values(local.m))
    sorted     = join(",", sort(["b", "B", "a10", "a9", "_", "ä", ""]))
    distinct   = join(",", distinct(local.a))
    union      = join(",", setunion(local.a, local.b))
    inter      = join(",", setintersection(local.a, local.b))
    minus      = join(",", setsubtract(local.b, local.a))
    product    = jsonencode(setproduct(["x", "y"], toset([2, 1])))
    transposed = jsonencode(transpose({ a = ["1", "2"], b = ["2"] }))
    zip        = jsonencode(zipmap(["b", "a", "b"], [1, 2, 3]))
    chunk      = jsonencode(chunklist(["a", "b", "c"], 2))
    flat       = jsonencode(flatten([["a"], [], [["b", ["c"]]], "d", toset(["f", "e"])]))
    slice      = jsonencode(slice(local.a, 1, 3))
    reverse    = jsonencode(reverse(local.a))
    element    = element(local.a, 6)
    index      = index(local.a, "ntp")
    contains   = contains(local.b, "wsus")
    matchkeys  = jsonencode(matchkeys(["i1", "i2", "i3"], ["we", "ne", "we"], ["we"]))
    merge      = jsonencode(merge({ a = 1, b = { c = 1 } }, { b = { d = 2 } }, { a = null }))
    compact    = jsonencode(compact(["a", "", null, "b"]))
    concat     = jsonencode(concat(["a"], [], [1], tolist(["x"])))
    one        = one([]) == null ? "null" : "value"
    alltrue    = "${alltrue([])} ${anytrue([])} ${alltrue([true, "true"])}"
    group      = jsonencode({ for k, v in local.m : length(k) => k... })
    forset     = jsonencode([for x in local.b : upper(x)])
    foridx     = jsonencode([for i, x in local.b : "${i}=${x}"])
    forobj     = jsonencode([for k, v in local.o : k if v != null])
    lookup     = lookup(local.m, "http", 80)
    length     = "${length(local.m)} ${length("äö")} ${length(local.o)} ${length(local.b)}"
    splat      = jsonencode(local.o[*].owner)
    nullsplat  = jsonencode(null[*])
    legacy     = jsonencode([{ a = [{ b = 1 }, { b = 2 }] }].*.a.0.b)
    fullsplat  = jsonencode([{ a = [{ b = 1 }, { b = 2 }] }][*].a[*].b)
    index2     = local.o.ports[0] + local.o["ports"][1]
    range      = jsonencode([range(3), range(1, 8, 3), range(0, -4, -2)])
    sum        = sum([1, "2", 3.5])
    maxmin     = "${max(1, "12", 3)} ${min(0.5, 2)}"
    tomap      = jsonencode(tomap({ a = 1, b = "x" }))
    tolist     = jsonencode(tolist(toset(["b", 1, true])))
    equal      = "${local.b == toset(["kms", "wsus", "ntp"])} ${["a"] == ["a"]} ${ { a = 1 } == { a = 1 } }"
  }
}

resource "azurerm_ip_group" "results" {
  name                = "ipg-results"
  location            = "westeurope"
  resource_group_name = "rg"
  cidrs               = [for n in distinct(sort(local.a)) : cidrhost("10.${local.m[n] % 256}.0.0/16", local.m[n])]
  tags                = local.results
}

resource "azurerm_firewall_network_rule_collection" "sets" {
  name                = "sets"
  azure_firewall_name = "afw"
  resource_group_name = "rg"
  priority            = 100 + length(setunion(local.a, local.b))
  action              = "Allow"

  dynamic "rule" {
    for_each = setintersection(keys(local.m), local.a)
    content {
      name                  = "${rule.key}-${rule.value}"
      destination_addresses = ["23.102.135.246"]
      destination_ports     = [local.m[rule.value]]
      protocols             = setsubtract(["TCP", "UDP", "ICMP"], rule.value == "kms" ? ["UDP", "ICMP"] : ["ICMP"])
    }
  }
}
