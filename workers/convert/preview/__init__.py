"""Draws single pages of originals as pictures, in a sandbox of their own; see ``page.py``."""

DRAWER = "workers.convert.preview.page:draw_page"
