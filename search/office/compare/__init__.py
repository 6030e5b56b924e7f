"""Two versions of a regulation held against each other, article by article."""
