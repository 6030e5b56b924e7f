"""Page chrome: what a page or a print puts around a text, found and removed."""
