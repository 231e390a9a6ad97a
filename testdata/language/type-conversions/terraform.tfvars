number  = "12.50"
sources = ["10.0.0.0/8", "10.0.0.0/8", "*"]
object  = { target = "23.102.135.246", weight = "3", note = ["dropped"] }
