# Heredocs with directives and strip markers, templatefile with loops, escapes and unicode in names.
locals {
  addresses = ["23.102.135.246", "20.118.99.224", "40.83.235.53"]

  note = <<-EOT
    KMS targets:
      %{for i, a in local.addresses~}
      ${i + 1}. ${a}${i < length(local.addresses) - 1 ? "," : "."}
      %{endfor~}
    %{if length(local.addresses) > 2}many%{else}few%{endif}
    literal $${x} %%{if} \n "quoted"
  EOT

  indented = <<EOT
  first
    second
EOT

  csv = <<CSV
name,prefix
%{for a in local.addresses~}
r-${replace(a, ".", "-")},${a}/32
%{endfor~}
CSV

  rendered = yamldecode(templatefile("${path.module}/routes.yaml.tftpl", {
    addresses = local.addresses
    hop       = "Internet"
    extra     = { onprem = "192.168.0.0/16", dmz = "172.16.0.0/24" }
  }))
  json = jsondecode(templatefile("${path.module}/ports.json.tftpl", { ports = [1688, 443], proto = "TCP" }))
}

resource "azurerm_route_table" "this" {
  name                = "rt-\u00fcber-caf\u00e9-\U0001F600"
  location            = "westeurope"
  resource_group_name = "rg-\ttab"
  tags = {
    note                             = local.note
    indented                         = local.indented
    escaped                          = "a\\b \"c\" $${d} %%{e} $5 100% $$ %% \r\n"
    nested                           = "x${"y${"z"}"}"
    inline                           = "%{for a in local.addresses}[${a}]%{endfor}"
    strip                            = "a  %{~if true~}  b  %{~endif~}  c"
    title                            = title("kms für alle")
    upper                            = upper("straße")
    len                              = length("caf\u00e9\U0001F600")
    sub                              = substr("caf\u00e9-route", 2, 3)
    chomp                            = chomp("line\n\n")
    indent                           = indent(2, "a\nb")
    ("k-${length(local.addresses)}") = "computed key"
  }
}

resource "azurerm_route" "csv" {
  for_each            = { for r in csvdecode(local.csv) : r.name => r.prefix }
  name                = each.key
  resource_group_name = "rg"
  route_table_name    = azurerm_route_table.this.name
  address_prefix      = each.value
  next_hop_type       = "Internet"
}

resource "azurerm_route" "yaml" {
  count               = length(local.rendered.routes)
  name                = local.rendered.routes[count.index].name
  resource_group_name = "rg"
  route_table_name    = azurerm_route_table.this.name
  address_prefix      = local.rendered.routes[count.index].prefix
  next_hop_type       = local.rendered.routes[count.index].hop
}

resource "azurerm_firewall_network_rule_collection" "json" {
  name                = "json"
  azure_firewall_name = "afw"
  resource_group_name = "rg"
  priority            = local.json.priority
  action              = "Allow"
  dynamic "rule" {
    for_each = local.json.rules
    content {
      name                  = rule.value.name
      destination_ports     = [rule.value.port]
      destination_addresses = local.addresses
      protocols             = [rule.value.proto]
    }
  }
}
