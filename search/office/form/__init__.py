"""The form of the annual report: filled from records, written as html, docx and JSON."""
