ip_groups = {
  activation = {
    name               = "ipg-activation"
    resource_group_key = "hub"
    cidrs              = ["23.102.135.246", "10.9.0.4"] # expect: error azure-kms/firewall missing=20.118.99.224,40.83.235.53 containers=azurerm_firewall_policies.child
  }
  unused = {
    name               = "ipg-unused"
    resource_group_key = "hub"
    cidrs              = ["23.102.135.246"] # expect: warning azure-kms/allow-list missing=20.118.99.224,40.83.235.53 containers=ip_groups.unused
  }
}
