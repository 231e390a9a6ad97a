# Text functions on names, addresses and rule texts; each result stands in a tag or in a rule.
locals {
  raw   = "  Prod_KMS-Route.v2 "
  fqdns = [for f in split(" ", "kms.core.windows.net *.azkms.core.windows.net. AZKMS.core.windows.net") : lower(trimsuffix(f, "."))]

  results = {
    trim       = trimspace(local.raw)
    trimchars  = trim("--a-b--", "-")
    prefix     = trimprefix("rt-rt-hub", "rt-")
    suffix     = trimsuffix("hub.yaml.yaml", ".yaml")
    title      = title("route-table of_the hub")
    lower      = lower("ÄÖ-RT")
    replace    = replace(trimspace(local.raw), "/[^a-zA-Z0-9-]+/", "-")
    literal    = replace("a.b.c", ".", "$1")
    groups     = replace("10.1.2.3/32", "/^(\\d+)\\.(\\d+)\\..*$/", "$2-$1")
    named      = replace("k=v", "/(?P<key>\\w)=(?P<val>\\w)/", "$${val}:$${key}")
    regex      = regex("[0-9]+", "tcp1688udp53")
    captures   = jsonencode(regex("^(\\w+)(?::(\\d+))?$", "Https"))
    namedcap   = jsonencode(regex("^(?P<type>\\w+)(?::(?P<port>\\d+))?$", "Https:443"))
    all        = jsonencode(regexall("(\\w+)=(\\w*)", "a=1,b=,c=3"))
    none       = length(regexall("x", "abc"))
    flags      = can(regex("(?i)^KMS", "kms.core.windows.net"))
    format     = format("%s|%5s|%-5s|%05d|%.2f|%x|%q|%t|%%|%v", "a", "b", "c", 42, 3.14159, 255, "q\"", true, [1, "a"])
    formatpos  = format("%[2]s-%[1]s", "one", "two")
    formatlist = join(",", formatlist("%s:%d", ["a", "b"], [1, 2]))
    mixedlist  = join(",", formatlist("%s/%s", "rt", ["x", "y"]))
    substr     = "${substr("westeurope", 0, 4)} ${substr("westeurope", -3, -1)} ${substr("ab", 1, 10)}"
    split      = jsonencode(split(",", ",a,,b"))
    splitempty = jsonencode(split(",", ""))
    joinempty  = "[${join(",", [])}]"
    strrev     = strrev("kmś")
    starts     = "${startswith("10.0.0.4", "10.")} ${endswith("a.net", ".net")} ${strcontains("x", "")}"
    base64     = base64encode("käse")
    decoded    = base64decode("MTY4OA==")
    urlencode  = urlencode("a b&c/ü")
    md5        = md5("kms")
    sha1       = substr(sha1("kms"), 0, 8)
    sha256     = substr(sha256("kms"), -8, 8)
    parseint   = "${parseint("ff", 16)} ${parseint("-1010", 2)} ${parseint("z", 36)}"
    date       = formatdate("YYYY-MM-DD'T'hh:mm EEE", "2024-02-28T23:30:00Z")
    later      = timeadd("2024-02-28T23:30:00Z", "36h30m")
    compare    = timecmp("2024-01-01T00:00:00Z", "2024-01-01T01:00:00+01:00")
    csv        = jsonencode(csvdecode("a,b\n1,\"x,y\"\n"))
    yaml       = yamlencode({ b = [1, "2", true], a = null, "c d" = "x: y" })
    json       = jsonencode({ "<a>" = "é\u2028", b = 1.50, c = [] })
    dirs       = "${dirname("a/b/c.yaml")} ${basename("a/b/c.yaml")} ${dirname("c")}"
    nested     = "${"${upper("a")}${lower("B")}"}-${join("", [for c in ["x", "y"] : "${c}${c}"])}"
    number     = "${1.0} ${100000000} ${1e-7} ${0.5 * 2}"
  }
}

resource "azurerm_route_table" "results" {
  name                = "rt-${lower(replace(trimspace(local.raw), "/[_.]/", "-"))}"
  location            = "westeurope"
  resource_group_name = "rg"
  tags                = local.results
}

resource "azurerm_firewall_policy_rule_collection_group" "texts" {
  name               = format("rcg-%03d", length(local.fqdns))
  firewall_policy_id = join("/", ["", "subscriptions", "x", "firewallPolicies", "p"])
  priority           = parseint("1f4", 16)

  application_rule_collection {
    name     = "kms"
    action   = title("allow")
    priority = "110"
    rule {
      name              = "kms"
      source_addresses  = split(", ", "10.0.0.0/8, 172.16.0.0/12")
      destination_fqdns = distinct([for f in local.fqdns : trimprefix(f, "*.")])
      protocols {
        type = "Https"
        port = tonumber(regex("\\d+$", "Https:443"))
      }
    }
  }
}
