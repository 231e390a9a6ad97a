# The host's name is put together from a suffix, as templates do that serve several clouds.
variable "environment" {
  type    = string
  default = "public"
}

locals {
  storage_suffix = {
    public       = "core.windows.net"
    usgovernment = "core.usgovcloudapi.net"
    china        = "core.chinacloudapi.cn"
  }[var.environment]
}

resource "azurerm_firewall_policy" "any" {
  name                = "afwp-any-cloud"
  resource_group_name = "rg-any-cloud"
  location            = "westeurope"

  dns {
    proxy_enabled = true
  }
}

resource "azurerm_firewall_policy_rule_collection_group" "any" {
  name               = "rcg-any-cloud"
  firewall_policy_id = azurerm_firewall_policy.any.id
  priority           = 300

  network_rule_collection {
    name     = "nrc-any-cloud"
    priority = 310
    action   = "Allow"

    rule {
      name              = "activation"
      protocols         = ["TCP"]
      source_addresses  = ["10.70.0.0/16"]
      destination_fqdns = ["kms.${local.storage_suffix}"] # expect: error azure-kms/firewall cloud=AzureCloud missing=azkms.core.windows.net legacy="kms.${local.storage_suffix}"
      destination_ports = ["1688"]
    }
  }
}
