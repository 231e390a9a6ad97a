# Comments name 23.102.135.246 without a meaning.
landingzone = {
  key = "network"
}
