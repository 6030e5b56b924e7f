"""The record (metadata) of an article, one reader for each kind of fact."""
