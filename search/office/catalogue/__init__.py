"""The catalogue of disclosure: documents by the fifteen classes of 条例第二十条, issuer and year."""
