# The successors are allowed for a wider source than the legacy host, which helps every address inside it.
variable "policy_id" {
  type = string
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
      name              = "kms-for-jump-hosts"
      protocols         = ["TCP"]
      source_addresses  = ["10.60.0.0/22"]
      destination_fqdns = ["kms.core.windows.net"]
      destination_ports = ["1688"]
    }

    rule {
      name              = "azkms-for-all"
      protocols         = ["TCP"]
      source_addresses  = ["10.0.0.0/8"]
      destination_fqdns = ["azkms.core.windows.net"]
      destination_ports = ["1688"]
    }
  }
}
