"""A model learnt from documents with known outline: which numbered paragraphs have a heading."""
