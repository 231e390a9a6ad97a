routes = [
  { name = "default", address_prefix = "0.0.0.0/0", next_hop_ip = "10.9.0.4" },
  { name = "K1", address_prefix = "23.102.135.246/32" }, # expect: error azure-kms/route-table missing=20.118.99.224,40.83.235.53 legacy="23.102.135.246/32"
  { name = "CitrixCloud", address_prefix = "203.0.113.0/24", next_hop_ip = null },
]
