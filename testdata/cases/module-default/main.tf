# The module's own default is what is pinned; a caller that gives all three is not.
module "one" {
  source = "./routes"
  name   = "rt-one"
}

module "two" {
  source   = "./routes"
  name     = "rt-two"
  prefixes = ["23.102.135.246/32", "20.118.99.224/32", "40.83.235.53/32"]
}

module "three" {
  source   = "./routes"
  name     = "rt-three"
  prefixes = null
}
