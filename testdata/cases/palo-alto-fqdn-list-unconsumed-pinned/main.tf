# A rulestack's list of names that no rule in view uses.
variable "rulestack_id" {
  type = string
}

resource "azurerm_palo_alto_local_rulestack_fqdn_list" "windows" {
  name         = "fl-windows"
  rulestack_id = var.rulestack_id
  fully_qualified_domain_names = [
    "time.windows.com",
    "kms.core.windows.net", # expect: warning azure-kms/allow-list missing=azkms.core.windows.net legacy="kms.core.windows.net"
  ]
}
