"""``gongkai office``: the work of the disclosure office."""
