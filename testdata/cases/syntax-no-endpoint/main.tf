# A broken file of a unit without a watched word is nobody's business here.
resource "azurerm_route_table" "bad" {
  name     = "rt-bad"
  location =
}
