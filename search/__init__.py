"""The index and everything that asks it: mapping, query, the two indexes, HTTP API, web page."""
