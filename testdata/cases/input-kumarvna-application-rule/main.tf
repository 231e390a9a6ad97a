# An application rule never carries activation; the help says what to write instead.
module "firewall" {
  source  = "kumarvna/firewall/azurerm"
  version = "1.1.0"

  firewall_application_rules = [
    {
      name             = "windows"
      action           = "Allow"
      source_addresses = ["10.0.0.0/8"]
      target_fqdns     = ["kms.core.windows.net"] # expect: error azure-kms/firewall missing=azkms.core.windows.net
      protocol = {
        type = "Https"
        port = "1688"
      }
    },
  ]
}
