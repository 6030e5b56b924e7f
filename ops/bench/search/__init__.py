"""Search measured: speed and relevance."""
