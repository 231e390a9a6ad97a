# The successors are allowed for a part of the sources that may reach the legacy host.
variable "policy_id" {
  type = string
}

locals {
  all_spokes = ["10.0.0.0/8"]
  pilot      = ["10.60.0.0/22"]
}

resource "azurerm_firewall_policy_rule_collection_group" "windows" {
  name               = "rcg-windows"
  firewall_policy_id = var.policy_id
  priority           = 900

  network_rule_collection {
    name     = "nrc-windows"
    priority = 910
    action   = "Allow"

    rule {
      name              = "kms-for-all"
      protocols         = ["TCP"]
      source_addresses  = local.all_spokes
      destination_fqdns = ["kms.core.windows.net"] # expect: error azure-kms/firewall missing=azkms.core.windows.net legacy="kms.core.windows.net"
      destination_ports = ["1688"]
    }

    rule {
      name              = "azkms-for-pilot"
      protocols         = ["TCP"]
      source_addresses  = local.pilot
      destination_fqdns = ["azkms.core.windows.net"]
      destination_ports = ["1688"]
    }
  }
}
