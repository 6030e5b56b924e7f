"""What an operator has done: upload, retry, release, reindex, backup, diagnosis."""
