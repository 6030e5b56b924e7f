"""The audit of the inbox, for operators."""
