"""What a page says about its text: around it, in its head, and in tables of labels."""
