"""Text placed on a page, whatever placed it: reading order, paragraphs, tables, running heads."""
