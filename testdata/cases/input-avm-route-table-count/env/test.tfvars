direct = [
  { name = "kms", prefix = "23.102.135.246/32" }, # expect: error azure-kms/route-table missing=20.118.99.224,40.83.235.53 containers=module.zone[0],module.zone[1] scenarios=env/test.tfvars
]
