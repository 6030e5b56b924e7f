"""Laws and documents a text cites."""
