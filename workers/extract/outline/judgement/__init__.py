"""What is learnt from documents whose outline is known: which numbered paragraphs have a heading."""
