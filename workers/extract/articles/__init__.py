"""Where one article of a page ends and the next begins."""
