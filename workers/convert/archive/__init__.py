"""Archives, and the members of any container."""
