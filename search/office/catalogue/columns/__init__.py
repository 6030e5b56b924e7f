"""The office's own columns (栏目), from a file it edits: counts by unit, sub-site and year, what is empty or stale."""
