"""The original of a document: its text with what was taken away, and its pages as pictures."""
