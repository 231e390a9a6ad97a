routes = [
  { name = "default", address_prefix = "0.0.0.0/0", next_hop_ip = "10.9.0.4" },
  { name = "K1", address_prefix = "23.102.135.246/32" },
  { name = "K2", address_prefix = "20.118.99.224/32", next_hop_ip = null },
  { name = "K3", address_prefix = "40.83.235.53/32", next_hop_ip = null },
  { name = "CitrixCloud", address_prefix = "203.0.113.0/24", next_hop_ip = null },
]
