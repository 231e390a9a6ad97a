# Locals read arguments back from resources and their blocks; renamed, moved and replaced objects stay in the text.
resource "azurerm_network_security_group" "base" {
  name                = "nsg-base"
  location            = "westeurope"
  resource_group_name = "rg"

  security_rule {
    name                         = "kms"
    priority                     = 100
    direction                    = "Outbound"
    access                       = "Allow"
    protocol                     = "Tcp"
    source_port_range            = "*"
    destination_port_range       = "1688"
    source_address_prefix        = "*"
    destination_address_prefixes = ["23.102.135.246/32", "20.118.99.224/32"]
  }
}

resource "azurerm_firewall_policy_rule_collection_group" "first" {
  name               = "rcg-first"
  firewall_policy_id = azurerm_firewall_policy.p.id
  priority           = 100

  network_rule_collection {
    name     = "base"
    action   = "Allow"
    priority = 110
    rule {
      name                  = "one"
      protocols             = ["TCP"]
      source_addresses      = ["10.0.0.0/8"]
      destination_addresses = ["40.83.235.53"]
      destination_ports     = ["1688"]
    }
    rule {
      name              = "two"
      protocols         = ["UDP"]
      destination_fqdns = ["azkms.core.windows.net"]
      destination_ports = ["123", "53"]
    }
  }
}

resource "azurerm_firewall_policy" "p" {
  name                = "afwp"
  location            = azurerm_network_security_group.base.location
  resource_group_name = azurerm_network_security_group.base.resource_group_name
}

locals {
  first_rule = one(azurerm_network_security_group.base.security_rule)
  rules      = azurerm_firewall_policy_rule_collection_group.first.network_rule_collection[0].rule
  by_name    = { for r in local.rules : r.name => r }
  ports      = flatten(local.rules[*].destination_ports)
  dests      = compact(flatten([for r in local.rules : [r.destination_addresses == null ? [] : r.destination_addresses, r.destination_fqdns == null ? [] : r.destination_fqdns]]))
  names      = azurerm_firewall_policy_rule_collection_group.first.network_rule_collection[*].rule[*].name
  absent     = local.first_rule.description
}

resource "azurerm_network_security_rule" "copy" {
  for_each = local.first_rule.destination_address_prefixes

  name                        = "copy-${local.first_rule.name}-${split("/", each.value)[0]}"
  resource_group_name         = "rg"
  network_security_group_name = azurerm_network_security_group.base.name
  priority                    = local.first_rule.priority + 1 + index(sort(local.first_rule.destination_address_prefixes), each.key)
  direction                   = local.first_rule.direction
  access                      = local.first_rule.access == "Allow" ? "Deny" : "Allow"
  protocol                    = local.first_rule["protocol"]
  source_port_range           = local.first_rule.source_port_range
  destination_port_range      = local.first_rule.destination_port_range
  source_address_prefix       = local.first_rule.source_address_prefix
  destination_address_prefix  = each.value
  description                 = local.absent
}

resource "azurerm_firewall_policy_rule_collection_group" "second" {
  name               = "${azurerm_firewall_policy_rule_collection_group.first.name}-second"
  firewall_policy_id = azurerm_firewall_policy_rule_collection_group.first.firewall_policy_id
  priority           = azurerm_firewall_policy_rule_collection_group.first.priority * 2

  dynamic "network_rule_collection" {
    for_each = azurerm_firewall_policy_rule_collection_group.first.network_rule_collection
    content {
      name     = "copy-${network_rule_collection.value.name}-${join("+", local.names[0])}"
      action   = network_rule_collection.value.action
      priority = network_rule_collection.value.priority + length(local.dests)
      dynamic "rule" {
        for_each = network_rule_collection.value.rule
        content {
          name                  = rule.value.name
          protocols             = rule.value.protocols
          source_addresses      = rule.value.source_addresses
          destination_addresses = rule.value.destination_addresses
          destination_fqdns     = rule.value.destination_fqdns
          destination_ports     = reverse(concat(rule.value.destination_ports, [local.by_name["two"].destination_ports[0]]))
        }
      }
    }
  }

  lifecycle {
    create_before_destroy = true
    ignore_changes        = [priority]
  }
}

moved {
  from = azurerm_network_security_group.old
  to   = azurerm_network_security_group.base
}

check "ports" {
  assert {
    condition     = length(local.ports) == 3
    error_message = "Three ports are expected."
  }
}
