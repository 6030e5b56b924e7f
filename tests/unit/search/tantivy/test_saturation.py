"""How much the repetition of a term counts on the embedded index, whose BM25 has a k1 of its own."""

from typing import Any

import pytest
import tantivy

from search.query.boosts import K1
from search.query.ranking import Ranking, Terms, Weighed
from search.tantivy.query import Compiler
from search.tantivy.schema import register, schema

LENGTH = 12


def test_repetitions_count_as_in_bm25_with_our_k1() -> None:
    index = tantivy.Index(schema())
    register(index)
    writer = index.writer(15_000_000, 1)
    for ordinal, often in enumerate((1, 3)):
        writer.add_document(
            tantivy.Document(text=" ".join(["公"] * often + ["开"] * (LENGTH - often)), ordinal=ordinal)
        )
    writer.commit()
    index.reload()
    searcher = index.searcher()
    ranking = Ranking(optional=(Weighed(Terms("text", ("公",)), 1.0),))
    found: Any = searcher.search(Compiler(index.schema, searcher, []).compile_ranking(ranking))
    scores = dict(zip(searcher.fast_field_values("ordinal", [each for _, each in found.hits]), found.hits, strict=True))
    assert scores[1][0] / scores[0][0] == pytest.approx(3 * (1 + K1) / (3 + K1), rel=0.03)
