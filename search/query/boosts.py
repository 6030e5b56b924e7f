"""How much each match counts, the same for both indexes; measured with ``gongkai bench relevance``, see docs."""

# Where a word stands; the title is that of all sections of an article and tells little of one.
WORD_WEIGHTS = {"text": 1.0, "path": 0.6, "title": 0.4}
PHRASE_WEIGHTS = {"title": 2.0, "path": 1.5, "text": 1.0}
IN_ORDER_WEIGHTS = {"title": 3.0, "path": 2.0, "text": 1.0}
# Dictionary words in the two fields that hold names of things.
NAME_WEIGHTS = {"title_words": 0.1, "path_words": 0.2}
# What one field adds to the best one.
TIE_BREAKER = 0.1
# What one way of writing a thing adds to the best one.
FORM_TIE_BREAKER = 0.0
NUMBER_WEIGHT = 300.0
TITLE_WEIGHT = 300.0
# An article of a law asked for by name: where the title is that name, and where it holds it.
PROVISION_WEIGHT, PROVISION_OF_WEIGHT = 300.0, 100.0
EVERY_WORD_WEIGHT = 10.0
# What a synonym counts against the word that was typed.
SYNONYM_WEIGHT = 0.5
# How much more a match in a statute counts than the same in any other document.
STATUTE_WEIGHT = 1.3
# Saturation of repeated terms and share of the length (BM25): sections are short, and long ones are lists.
K1, B = 0.9, 0.8
