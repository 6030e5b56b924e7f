"""A new index behind the same name."""
