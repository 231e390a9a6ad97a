# Virtual hub, network manager, private DNS and classic rules with values of mixed types.
provider "azurerm" {
  features {}
}

locals {
  ports   = [1688, "443"]
  windows = { legacy = "kms.core.windows.net", new = "azkms.core.windows.net" }
  matrix  = { for pair in setproduct(keys(local.windows), ["prod", "dev"]) : join("-", pair) => { host = local.windows[pair[0]], env = pair[1] } }
  zones   = zipmap(["kms", "azkms"], [["23.102.135.246"], ["20.118.99.224", "40.83.235.53"]])
}

resource "azurerm_virtual_hub_route_table" "default" {
  name           = "default"
  virtual_hub_id = "hub"
  labels         = ["b", "a", "b"]

  dynamic "route" {
    for_each = chunklist(flatten(values(local.zones)), 2)
    content {
      name              = "chunk-${route.key}"
      destinations_type = "CIDR"
      destinations      = formatlist("%s/32", route.value)
      next_hop          = "/firewall"
    }
  }
}

resource "azurerm_network_manager_routing_rule" "kms" {
  for_each = toset(flatten(values(local.zones)))

  name               = replace(each.key, "/[.]/", "-")
  rule_collection_id = "collection"

  destination {
    type    = "AddressPrefix"
    address = "${each.value}/32"
  }

  next_hop {
    type = "Internet"
  }
}

resource "azurerm_private_dns_a_record" "kms" {
  for_each = local.zones

  name                = each.key
  zone_name           = "core.windows.net"
  resource_group_name = "rg-dns"
  ttl                 = 300
  records             = reverse(each.value)
}

resource "azurerm_firewall_application_rule_collection" "hosts" {
  for_each = local.matrix

  name                = each.key
  azure_firewall_name = "afw"
  resource_group_name = "rg"
  priority            = 200 + index(sort(keys(local.matrix)), each.key)
  action              = each.value.env == "prod" ? "Allow" : "Deny"

  rule {
    name             = title(each.value.env)
    source_addresses = ["*"]
    target_fqdns     = compact([each.value.host, each.value.env == "dev" ? "*.dev.example" : ""])

    dynamic "protocol" {
      for_each = local.ports
      content {
        type = protocol.value == 1688 ? "Http" : "Https"
        port = protocol.value
      }
    }
  }
}
