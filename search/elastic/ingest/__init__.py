"""Writing documents to Elasticsearch."""
