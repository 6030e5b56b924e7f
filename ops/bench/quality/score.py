"""Compares extraction results with gold values: each field of the record, the outline, its depth.

A field is right if the gold accepts the reading. A heading is right where number and words are the gold's; one
of the rules that the gold lacks is false, one it has and extraction lacks is missing. Numbered paragraphs without a
heading neither count nor cost.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ops.bench.quality.gold import Gold, Heading
from ops.bench.quality.sameness import plain, plain_number, same
from schemas.articles import Article, Extracted, Section


@dataclass(frozen=True, slots=True)
class Miss:
    """One wrong value: what was read, what is right, and the source of the reading."""

    field: str
    read: str | None
    right: str | None
    evidence: str


@dataclass(frozen=True, slots=True)
class Score:
    """The score of one document.

    Attributes:
        gold: The right values.
        format: As converted.
        fields: Each judged field, and whether it is right.
        found: Headings of the gold that were read.
        false: Headings read that the gold lacks.
        missing: Headings of the gold that were not read.
        deep: Headings of ``found`` whose depth is right.
        statistics: Rows of statistics read.
        misses: The wrong values.
    """

    gold: Gold
    format: str
    fields: dict[str, bool]
    found: int
    false: int
    missing: int
    deep: int
    statistics: int
    misses: tuple[Miss, ...]

    @property
    def faults(self) -> int:
        """Return the number of mistakes; a field counts as three headings."""
        return 3 * sum(not right for right in self.fields.values()) + self.false + self.missing


def score(gold: Gold, extracted: Extracted) -> Score:
    """Compare one document with its gold."""
    article = extracted.articles[0] if extracted.articles else None
    fields: dict[str, bool] = {}
    misses: list[Miss] = []
    for field, takes in gold.accept.items():
        read = getattr(article, field) if article else None
        fields[field] = any(same(taken, read) for taken in takes)
        if not fields[field]:
            misses.append(Miss(field, read, takes[0] if takes else None, _evidence(article, field)))
    sections = [section for one in extracted.articles for section in one.sections]
    found, false, deep, missing = _outline(gold, sections)
    misses += [Miss("outline", heading, None, "") for heading in false]
    misses += [Miss("outline", None, f"{heading.number}{heading.words}", "") for heading in missing]
    statistics = sum(len(one.statistics) for one in extracted.articles)
    return Score(gold, extracted.format, fields, found, len(false), len(missing), deep, statistics, tuple(misses))


def _evidence(article: Article | None, field: str) -> str:
    """Return the source of a value: words, origin, confidence, reason."""
    said = next((one for one in article.evidence if one.field == field), None) if article else None
    return f"{said.origin} {said.confidence:.2f} {'+'.join(said.reasons)} {said.text}" if said else ""


def _outline(gold: Gold, sections: Sequence[Section]) -> tuple[int, list[str], int, list[Heading]]:
    if gold.outline is None:
        return 0, [], 0, []
    left: dict[tuple[str, str], list[Heading]] = defaultdict(list)
    for heading in (heading for heading in gold.outline if heading.words):
        left[_key(heading.number, heading.words)].append(heading)
    found, deep, false = 0, 0, []
    optional = {plain(words) for words in gold.optional}
    for section in _until(sections, gold.until):
        if not section.heading or plain(f"{section.number or ''}{section.heading}") in optional:
            continue
        waiting = left[_key(section.number or "", section.heading)]
        if waiting:
            found += 1
            deep += len(section.path) == waiting.pop(0).level
        else:
            false.append(f"{section.number or ''}{section.heading}")
    return found, false, deep, [heading for waiting in left.values() for heading in waiting]


def _key(number: str, words: str) -> tuple[str, str]:
    """Return number and words as one: a gold of another making has the number among the words."""
    return ("", plain_number(number) + plain(words)) if number else ("", plain_number_in(words))


def plain_number_in(words: str) -> str:
    """Return words that begin with their number as ``_key`` joins the two."""
    from workers.extract.grammar.section_numbers import read_label  # noqa: PLC0415  only golds without numbers need it

    label = read_label(words)
    return plain_number(label.text) + plain(words[label.end :]) if label else plain(words)


def _until(sections: Sequence[Section], until: str | None) -> Sequence[Section]:
    wanted = plain(until)
    if not wanted:
        return sections
    places = (
        place
        for place, section in enumerate(sections)
        if plain(f"{section.number or ''}{section.heading or ''}").startswith(wanted)
    )
    return sections[: next(places, len(sections))]


def summarize(scores: Iterable[Score]) -> dict[str, float | int]:
    """Return the scores of documents: shares of right fields, precision, recall, F1 and depth of outlines."""
    scores = list(scores)
    total = Counter[str]()
    right: dict[str, list[bool]] = defaultdict(list)
    for one in scores:
        total.update(found=one.found, false=one.false, missing=one.missing, deep=one.deep)
        total.update(counted=one.statistics > 0)
        for field, good in one.fields.items():
            right[field].append(good)
    precision = total["found"] / max(1, total["found"] + total["false"])
    recall = total["found"] / max(1, total["found"] + total["missing"])
    return {
        "documents": len(scores),
        **{field: round(sum(good) / len(good), 3) for field, good in right.items()},
        "outline_precision": round(precision, 3),
        "outline_recall": round(recall, 3),
        "outline_f1": round(2 * precision * recall / max(1e-9, precision + recall), 3),
        "depth": round(total["deep"] / max(1, total["found"]), 3),
        "with_statistics": total["counted"],
    }
