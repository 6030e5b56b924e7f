"""Reads annual reports of disclosure work, in any file format, into the cells of their form."""
