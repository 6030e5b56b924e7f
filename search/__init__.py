"""The index and its users: queries, results, the two indexes, HTTP API, web pages."""
