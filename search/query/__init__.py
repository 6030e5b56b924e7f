"""What was asked, understood the same way for every index."""
