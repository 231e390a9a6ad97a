terraform {
  source = "../../modules/routes"
}

inputs = merge({ name = "rt-dev" }, {
  direct = {
    kms     = "23.102.135.246/32"
    azkms-1 = "20.118.99.224/32"
    azkms-2 = "40.83.235.53/32"
  }
})
