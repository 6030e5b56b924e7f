"""Which documents others repeal, amend or keep, with date, evidence and chain, and what does not fit together."""
