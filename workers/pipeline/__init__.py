"""The stages and the way of one object through them; start reading at ``runner``."""
