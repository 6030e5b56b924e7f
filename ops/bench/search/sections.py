"""Generates sections for search benchmarks from the words and clauses of the shipped samples.

Word frequencies follow Zipf's law, so that common words are really common; the samples have too few words for a large
collection, so pairs of their characters make up the rest. The same seed makes the same documents. They measure only
the speed of an index; see ``ops.bench.search.relevance`` for relevance.
"""

import random
import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from ops.bench.throughput.documents import SAMPLES, SEED
from schemas.glossary import ROLES
from schemas.outcomes import State
from schemas.records import ArticleSummary, DocumentRecord, SectionRow, document_id
from search.query.analysis import query_words
from search.query.hanzi import simplify
from search.results.near_duplicates import fingerprint, signature

WORDS = 40_000
PLACES = 60
# Characters per section; sections per document.
CHARACTERS = range(50, 401)
SECTIONS = range(4, 37)
YEARS = range(2003, 2026)
# One document in this many is a copy of a recent one; one in this many is a law.
COPIES, STATUTES = 40, 50
KINDS = ("通知", "意见", "报告", "公告", "批复", "办法", "方案", "指南", "年度报告", "函")
FORMATS = ("docx", "html", "pdf", "doc", "txt", "ofd")
OFFICES = (
    "人民政府",
    "人民政府办公室",
    "财政局",
    "教育局",
    "民政局",
    "卫生健康局",
    "自然资源局",
    "公安局",
    "残联",
    "统计局",
)
CLAUSES = re.compile(r"[\u4e00-\u9fff]{5,16}")
NUMERALS = "一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Shelf:
    """Words and clauses of documents, the most frequent first; ``known`` are words of the samples to search for."""

    words: Sequence[str]
    known: Sequence[str]
    clauses: Sequence[str]
    places: Sequence[str]


def zipf(source: random.Random, some: Sequence[str]) -> str:
    """Return one of ``some``, the n-th with a probability proportional to 1/n."""
    weights = _weights(len(some))
    return some[bisect(weights, source.random() * weights[-1], hi=len(some) - 1)]


@cache
def shelf(seed: int = SEED) -> Shelf:
    """Return the words and clauses of the shipped samples, filled up with invented words."""
    source = random.Random(seed)
    text = simplify("\n".join(path.read_text("utf-8", "ignore") for path in sorted(SAMPLES.glob("*.[th][xt][tm]*"))))
    clauses = Counter(CLAUSES.findall(text))
    counted = Counter(word for clause in clauses.elements() for word in query_words(clause))
    characters = sorted({each for word in counted for each in word})
    made = ("".join(source.choices(characters, k=source.choice((2, 2, 3)))) for _ in range(WORDS))
    places = ["".join(source.choices(characters, k=2)) + source.choice("省市县区") for _ in range(PLACES)]
    found = [word for word, _ in counted.most_common()]
    known = [word for word in found if len(word) > 1]
    return Shelf(list(dict.fromkeys([*found, *made])), known, [each for each, _ in clauses.most_common()], places)


def documents(count: int, *, seed: int = SEED, part: int = 0, parts: int = 1) -> Iterator[tuple[int, int]]:
    """Yield number and how many sections of each document, until there are ``count`` sections; of every part its own.

    ``disclosure`` makes the document.
    """
    source = random.Random(seed)
    number = 0
    while count > 0:
        size = min(count, source.choice(SECTIONS))
        if number % parts == part:
            yield number, size
        count -= size
        number += 1


def disclosure(number: int, size: int, *, seed: int = SEED) -> tuple[DocumentRecord, list[SectionRow]]:
    """Return the document of this number with ``size`` sections."""
    source = random.Random(f"{seed} {number}")
    wanted = shelf(seed)
    place, kind = zipf(source, wanted.places), zipf(source, KINDS)
    issuer, year = place + zipf(source, OFFICES), source.choice(YEARS)
    about = zipf(source, wanted.clauses)[:8] + zipf(source, wanted.words)
    title = f"{place}{about}条例" if number % STATUTES == 0 else f"{issuer}关于{about}的{kind}"
    key = f"{place}/{year}/{number:07d}.{(form := zipf(source, FORMATS))}"
    # A copy has the text of its original under another name.
    original = number - source.randrange(1, 9) if number % COPIES == COPIES - 1 else number
    texts, headings = _texts(random.Random(f"{seed} text {original}"), wanted, size)
    whole = "".join(texts)
    shared = {
        "title": title,
        "issuer": issuer,
        "document_number": f"{place[:1]}政发〔{year}〕{number % 400 + 1}号",
        "signed_on": f"{year}-{source.randrange(1, 13):02}-{source.randrange(1, 29):02}",
        "region": place,
        "kind": kind,
        "source": f"{place}政府网站",
    }
    name, mark = document_id(key), fingerprint(whole) or None
    rows = []
    for n, (heading, text) in enumerate(zip(headings, texts, strict=True)):
        path = (heading,) if heading else ()
        role = source.choice(list(ROLES)) if n % 4 == 3 else None
        fields = shared | {"year": year, "format": form, "role": role, "fingerprint": mark}
        rows.append(SectionRow(f"{name}-0-{n}", name, key, 0, n, min(n, 1), None, heading, path, text, **fields))  # type: ignore[arg-type]
    summary = ArticleSummary(ordinal=0, sections=size, signature=signature(whole), **shared)  # type: ignore[arg-type]
    record = DocumentRecord(name, key, "1", State.INDEXED, format=form, articles=(summary,), sections=size)
    return record, rows


def _texts(source: random.Random, wanted: Shelf, size: int) -> tuple[list[str], list[str | None]]:
    texts, headings = [], [None, *(f"{NUMERALS[n % 9]}、{zipf(source, wanted.clauses)}" for n in range(size - 1))]
    for _ in range(size):
        length, text = source.choice(CHARACTERS), ""
        while len(text) < length:
            words = (zipf(source, wanted.words) for _ in range(source.randrange(2, 9)))
            text += (zipf(source, wanted.clauses) if source.random() < 0.25 else "".join(words)) + source.choice(
                ",,,。"
            )
        texts.append(text)
    return texts, headings


@cache
def _weights(count: int) -> list[float]:
    return list(accumulate(1 / n for n in range(1, count + 1)))
