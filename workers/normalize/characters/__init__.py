"""Characters: unseen, misread, lost, or of the other script."""
