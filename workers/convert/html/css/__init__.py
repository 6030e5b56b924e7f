"""What the style sheets inside a page hide, and the numbers they count."""
