"""Boosts of the fields and clauses, the same for both indexes; measured with ``gongkai bench relevance``, see docs."""

# By field; all sections of an article share its title, which therefore says little about one section.
WORD_WEIGHTS = {"text": 1.0, "path": 0.6, "title": 0.4}
PHRASE_WEIGHTS = {"title": 2.0, "path": 1.5, "text": 1.0}
IN_ORDER_WEIGHTS = {"title": 3.0, "path": 2.0, "text": 1.0}
# Dictionary words in titles and headings.
NAME_WEIGHTS = {"title_words": 0.1, "path_words": 0.2}
# Tie-breaker between the fields of one word.
TIE_BREAKER = 0.1
# Tie-breaker between spellings of one thing.
FORM_TIE_BREAKER = 0.0
NUMBER_WEIGHT = 300.0
TITLE_WEIGHT = 300.0
# An article of a law queried by name: if the title equals the name, and if it contains it.
PROVISION_WEIGHT, PROVISION_OF_WEIGHT = 300.0, 100.0
EVERY_WORD_WEIGHT = 10.0
# Weight of a synonym relative to the typed word.
SYNONYM_WEIGHT = 0.5
# Factor of a match in a statute relative to the same match in another document.
STATUTE_WEIGHT = 1.3
# k1 (term saturation) and b (length normalisation) of BM25: sections are short, and long ones are lists.
K1, B = 0.9, 0.8
