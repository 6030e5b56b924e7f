"""The embedded index, on tantivy and SQLite."""
