rules_file = "firewall_rules_prod.yaml"
