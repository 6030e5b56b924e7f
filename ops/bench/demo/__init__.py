"""Generated disclosures of a fictitious city in every format, for ``gongkai demo``."""
