"""Numbers of disclosure work, from sentences and from tables whole or run together."""
