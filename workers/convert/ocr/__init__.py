"""Pictures of text, recognised page by page."""
