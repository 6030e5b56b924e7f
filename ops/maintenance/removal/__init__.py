"""Removal of documents without a trace: purges, and artefacts to which no record refers."""
