locals {
  firewall = "10.0.0.4"
}
