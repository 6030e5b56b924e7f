"""What the office counts of a document, derived when the document is indexed."""
