"""Made documents to play with: a made-up city's disclosures in every format, ``gongkai demo``."""
