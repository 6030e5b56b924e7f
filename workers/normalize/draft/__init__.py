"""The working sheet that the repairs share, and how it is opened and closed."""
