"""A document written anew from its sections, as docx, html or plain text."""
