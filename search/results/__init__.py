"""What was found, shown the same way for every index."""
