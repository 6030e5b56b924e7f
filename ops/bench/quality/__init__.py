"""Scores extraction on documents with gold values, and learns weights from them."""
