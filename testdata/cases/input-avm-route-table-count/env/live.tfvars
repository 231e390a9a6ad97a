direct = [
  { name = "kms", prefix = "23.102.135.246/32" },
  { name = "azkms-1", prefix = "20.118.99.224/32" },
  { name = "azkms-2", prefix = "40.83.235.53/32" },
]
