"""The real servers of a test session: which are needed, where they come from, and a corner of each for every test."""
