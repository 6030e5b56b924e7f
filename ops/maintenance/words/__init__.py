"""Words of a collection: its dictionary, and synonyms learnt from what its texts abbreviate."""
