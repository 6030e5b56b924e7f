"""How documents get into Elasticsearch."""
