"""The server index, on Elasticsearch."""
