firewall_ip = "10.1.0.4"
direct = {
  kms = "23.102.135.246/32" # expect: error azure-kms/route-table missing=20.118.99.224,40.83.235.53 legacy="23.102.135.246/32" scenarios=env/prod.tfvars
}
