"""What harvesters ask for: OAI-PMH 2.0 and sitemaps."""
