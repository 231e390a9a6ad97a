ip_groups = {
  microsoft = ["23.102.135.246/32", "40.83.235.53/32"] # expect: error azure-kms/firewall missing=20.118.99.224 legacy="23.102.135.246/32"
  partners  = ["198.51.100.0/28"]
}
