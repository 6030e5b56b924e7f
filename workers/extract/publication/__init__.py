"""A document checked before it is published: personal data, secrecy, form, attachments, references."""
