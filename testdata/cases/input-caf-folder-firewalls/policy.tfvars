azurerm_firewall_policies = {
  root = {
    name               = "afwp-root"
    resource_group_key = "hub"
    region             = "region1"
    dns                = { proxy_enabled = true }
  }
  child = {
    name               = "afwp-child"
    resource_group_key = "hub"
    region             = "region1"
  }
}

azurerm_firewall_policy_rule_collection_groups = {
  root = {
    firewall_policy_key = "root"
    name                = "platform"
    priority            = 500
    network_rule_collections = {
      windows = {
        name     = "windows"
        priority = 400
        action   = "Allow"
        rules = {
          activation = {
            name              = "activation"
            protocols         = ["TCP"]
            source_addresses  = ["10.0.0.0/8"]
            destination_fqdns = ["kms.core.windows.net"] # expect: error azure-kms/firewall missing=azkms.core.windows.net containers=azurerm_firewall_policies.root
            destination_ports = ["1688"]
          }
        }
      }
    }
    application_rule_collections = {
      none = {
        name     = "none"
        priority = 500
        action   = "Allow"
        rules    = "None"
      }
    }
  }
  child = {
    firewall_policy = { key = "child" }
    name            = "platform"
    priority        = 500
    network_rule_collections = {
      windows = {
        name     = "windows"
        priority = 400
        action   = "Allow"
        rules = {
          activation = {
            name                       = "activation"
            protocols                  = ["TCP"]
            source_addresses           = ["10.0.0.0/8"]
            destination_ip_groups_keys = ["activation"]
            destination_ports          = ["1688"]
          }
        }
      }
    }
  }
}
