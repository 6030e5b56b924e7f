"""Read-only tools for language models (Model Context Protocol); they show no more than the HTTP API."""
