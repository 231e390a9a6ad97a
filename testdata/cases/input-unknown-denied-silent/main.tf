# A list of what is blocked, of where traffic comes from, and rules that deny pin nothing; nor does a single text.
module "edge" {
  source = "git::https://git.contoso.example/terraform/edge.git"

  blocked_fqdns    = ["kms.core.windows.net"]
  deny_list        = { hosts = ["kms.core.windows.net"] }
  source_addresses = ["23.102.135.246"]
  kms_host         = "kms.core.windows.net"
  kms_address      = "23.102.135.246"
  tags             = { activation = "kms.core.windows.net" }

  rules = [
    { name = "stop", action = "Deny", destination_fqdns = ["kms.core.windows.net"] },
    { name = "in", direction = "Inbound", access = "Allow", destination_address_prefix = "23.102.135.246" },
  ]
}
