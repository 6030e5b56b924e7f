"""The working sheet the repairs share, how it is opened and how it is closed."""
