# Collections of the classic firewall: nested dynamic protocol blocks, static blocks beside dynamic ones, tags of names.
variable "network_collections" {
  description = "Collections by priority."
  type = map(object({
    action = string
    rules  = map(list(string))
  }))
}

variable "app_rules" {
  type = any
  default = [
    { name = "mirror", fqdns = ["mirror.example.org"], protocols = { Http = 80, Https = 443 } },
    { name = "sql", fqdns = ["*.database.windows.net"], protocols = { Mssql = 1433, Https = 8443 } },
  ]
}

locals {
  fw = { name = "afw-classic", rg = "rg-hub" }
  parsed = {
    for prio, c in var.network_collections : prio => {
      action = c.action
      rules = [
        for name, spec in c.rules : {
          name  = name
          src   = split(",", spec[0])
          dst   = [for d in split(",", spec[1]) : d if !can(regex("[a-z]", d))]
          fqdn  = [for d in split(",", spec[1]) : d if can(regex("^[a-z0-9.-]+\\.[a-z]+$", d))]
          tags  = [for d in split(",", spec[1]) : d if can(regex("^[A-Z][A-Za-z.]+$", d))]
          ports = try(split(",", spec[2]), ["*"])
        }
      ]
    }
  }
}

resource "azurerm_firewall_network_rule_collection" "n" {
  for_each            = local.parsed
  name                = "net-${each.key}"
  azure_firewall_name = local.fw.name
  resource_group_name = local.fw["rg"]
  priority            = each.key
  action              = each.value.action

  rule {
    name                  = "static-ntp"
    source_addresses      = ["*"]
    destination_addresses = ["*"]
    destination_ports     = ["123"]
    protocols             = ["UDP"]
  }

  dynamic "rule" {
    for_each = each.value.rules
    content {
      name                  = rule.value.name
      description           = "rule ${rule.key + 1} of ${length(each.value.rules)}"
      source_addresses      = rule.value.src
      destination_addresses = length(concat(rule.value.dst, rule.value.tags)) > 0 ? concat(rule.value.dst, rule.value.tags) : null
      destination_fqdns     = length(rule.value.fqdn) == 0 ? null : rule.value.fqdn
      destination_ports     = rule.value.ports
      protocols             = contains(rule.value.ports, "53") ? ["TCP", "UDP"] : rule.value.ports == tolist(["*"]) ? ["Any"] : ["TCP"]
    }
  }

  rule {
    name                  = "static-last"
    destination_ports     = ["443"]
    destination_addresses = ["AzureCloud"]
    protocols             = ["TCP"]
  }

  timeouts {
    create = "30m"
  }
}

resource "azurerm_firewall_application_rule_collection" "a" {
  name                = "app"
  azure_firewall_name = local.fw.name
  resource_group_name = local.fw.rg
  priority            = 900
  action              = "Allow"

  dynamic "rule" {
    for_each = var.app_rules
    iterator = it
    content {
      name             = it.value.name
      source_addresses = ["10.0.0.0/8"]
      target_fqdns     = it.value.fqdns

      dynamic "protocol" {
        for_each = it.value["protocols"]
        content {
          type = protocol.key
          port = coalesce(protocol.value, lookup({ Https = 443, Http = 80 }, protocol.key, 0))
        }
      }
    }
  }
}
