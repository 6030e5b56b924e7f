"""The disclosure office's work: what is computed from the index, its records and what the stages made of documents."""
