"""The routes of the JSON interface, a module for each subject."""
