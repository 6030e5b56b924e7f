"""The gazette (公报) of a period: its documents in one file with contents, as html and docx."""
