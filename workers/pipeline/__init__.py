"""The stages and how one object passes through them; start reading at ``runner``."""
