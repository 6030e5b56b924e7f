"""Plain text and Markdown, and the encodings they come in."""
