variable "direct" {
  type = set(string)
}

output "routes" {
  value = [for i, prefix in tolist(var.direct) : { name = "direct-${i}", prefix = prefix }]
}
