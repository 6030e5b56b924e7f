"""Lay a document out for reading: its articles and rows, divided into parts if it is long."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from schemas.anchors import LONG_SECTION, block_anchor, section_anchor, split_anchor
from schemas.cleaned import Normalized
from schemas.glossary import ROLES
from schemas.names import join_number, readable
from schemas.records import ArticleSummary, DocumentRecord, SectionRow
from search.pages.pagination import in_parts
from search.pages.passages import Damages, Passage, damages_by_tail, passages

MAX_ROW_LENGTH = 400_000
EXAMPLES_EACH = 12
MAX_EXAMPLE_LENGTH = 120
DAMAGES_SHOWN = 50
# So much of an article of a law stands in the outline beside its number.
OUTLINE_BEGIN = 14
# With more sections in a part, browsers lay out only the stretches near the window; so many sections are a stretch.
VAST_FROM, STRETCH = 100, 50


@dataclass(frozen=True, slots=True)
class Row:
    """One section for display, in the document's original script.

    ``rank`` is the level of its heading below the article's title, from 1. No level may be skipped downwards, because
    users of screen readers navigate by them. The lines of a ``long`` section have anchors of their own.
    """

    anchor: str
    level: int
    rank: int
    number: str
    heading: str
    role: str
    passages: tuple[Passage, ...]
    traditional: bool
    page: int | None
    cut: bool
    long: bool


@dataclass(frozen=True, slots=True)
class RemovalCount:
    """The removals of one rule: their number, and some examples."""

    rule: str
    count: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """One line of the outline; ``part`` is the 1-based part of the document that contains it, ``row`` the row's id."""

    row: str
    anchor: str
    depth: int
    label: str
    part: int


@dataclass(frozen=True, slots=True)
class Branch:
    """A line of the outline and those below it, down to the next line of at most its depth."""

    entry: OutlineEntry
    below: tuple[OutlineEntry, ...]


@dataclass(frozen=True, slots=True)
class DocumentPart:
    """The part of an article on one page: its summary and its rows in this part."""

    summary: ArticleSummary
    title: str
    anchor: str
    rows: tuple[Row, ...]
    begins: bool

    @property
    def stretches(self) -> tuple[tuple[Row, ...], ...]:
        """Its rows in runs of ``STRETCH``."""
        return tuple(self.rows[start : start + STRETCH] for start in range(0, len(self.rows), STRETCH))


@dataclass(frozen=True, slots=True)
class Reading:
    """A document for display: part ``part`` of ``parts``; ``at`` is the requested anchor, if any."""

    title: str
    articles: tuple[DocumentPart, ...]
    outline: tuple[OutlineEntry, ...]
    part: int
    parts: int
    at: str = ""

    @property
    def vast(self) -> bool:
        """Whether laying out all of its sections would delay the first paint."""
        return sum(len(article.rows) for article in self.articles) > VAST_FROM

    @property
    def branches(self) -> tuple[Branch, ...]:
        """Its outline, the articles and chapters with what is below each."""
        found: list[list[OutlineEntry]] = []
        for entry in self.outline:
            if not found or entry.depth <= max(found[-1][0].depth, 1):
                found.append([])
            found[-1].append(entry)
        return tuple(Branch(first, tuple(below)) for first, *below in found)


def read(
    record: DocumentRecord,
    rows: Sequence[SectionRow],
    *,
    details: Normalized | None = None,
    at: str = "",
    part: int = 0,
) -> Reading:
    """Return the part of a document to show.

    Args:
        record: Its record.
        rows: All its rows.
        details: Its normalize artefact, to mark damage in the text.
        at: Anchor whose part is requested; unknown ones are ignored.
        part: 1-based part, if ``at`` is empty or unknown.
    """
    parts = list(in_parts(rows, lambda row: min(len(row.text), MAX_ROW_LENGTH)))
    place = {section_anchor(row.article, row.ordinal): number for number, some in enumerate(parts, 1) for row in some}
    section, line = split_anchor(at)
    shown = min(max(place.get(section, part), 1), max(len(parts), 1))
    title = title_of(record, rows)
    outline = tuple(_outline(rows, place, several=len(record.articles) > 1))
    articles = tuple(_articles(record, parts[shown - 1], damages_by_tail(details))) if parts else ()
    known = _known(section, line, rows)
    return Reading(title, articles, outline, shown, max(len(parts), 1), known)


def title_of(record: DocumentRecord, rows: Sequence[SectionRow]) -> str:
    """Return the title of a document: that of its first article, with the number of articles."""
    titles = [title for row in rows if row.ordinal == 0 and (title := row.title_original or row.title)]
    summaries = [summary.title for summary in record.articles if summary.title]
    first = next(iter(titles or summaries), readable(record.key.rsplit("/", 1)[-1]))
    return f"{first} 等 {len(record.articles)} 篇" if len(record.articles) > 1 else first


def count_removals(details: Normalized | None) -> tuple[RemovalCount, ...]:
    """Return the removals by rule, the most frequent first."""
    if details is None:
        return ()
    counts = Counter(removal.rule for removal in details.removals)
    examples: dict[str, dict[str, None]] = {}
    for removal in details.removals:
        some = examples.setdefault(removal.rule, {})
        if len(some) < EXAMPLES_EACH and removal.text.strip():
            some.setdefault(_shorten(removal.text.strip()))
    return tuple(RemovalCount(rule, count, tuple(examples[rule])) for rule, count in counts.most_common())


def list_damages(details: Normalized | None) -> tuple[tuple[str, str, str], ...]:
    """Return the first places where the source lost characters.

    Each consists of the rule that detected it, the words around it, and the anchor of its block in the original.
    """
    if details is None:
        return ()
    shown = []
    for damage in details.damages[:DAMAGES_SHOWN]:
        if damage.paragraph < len(details.paragraphs):
            paragraph = details.paragraphs[damage.paragraph]
            around = paragraph.display[max(0, damage.offset - 20) : damage.offset + 20]
            shown.append((damage.rule, around or _shorten(damage.text), block_anchor(paragraph.block)))
        else:
            shown.append((damage.rule, _shorten(damage.text), ""))
    return tuple(shown)


def _known(section: str, line: int | None, rows: Sequence[SectionRow]) -> str:
    """Return the anchor of a section, or of a line that it has; empty for a section that the document has not."""
    row = next((row for row in rows if section_anchor(row.article, row.ordinal) == section), None)
    if row is None:
        return ""
    there = line is not None and len(row.text) >= LONG_SECTION and line <= row.text.count("\n")
    return section_anchor(row.article, row.ordinal, line if there else None)


def _articles(record: DocumentRecord, rows: Sequence[SectionRow], damages: Damages) -> Iterator[DocumentPart]:
    summaries = {summary.ordinal: summary for summary in record.articles}
    grouped: dict[int, list[SectionRow]] = {}
    for row in rows:
        grouped.setdefault(row.article, []).append(row)
    for ordinal, some in grouped.items():
        summary = summaries.get(ordinal) or ArticleSummary(ordinal, some[0].title)
        title = some[0].title_original or summary.title or "(无标题)"
        yield DocumentPart(summary, title, f"a{ordinal}", tuple(_rows(some, damages)), some[0].ordinal == 0)


def _rows(rows: Sequence[SectionRow], damages: Damages) -> Iterator[Row]:
    rank = 0
    for row in rows:
        if row.heading:
            rank = min(max(len(row.path), 1), rank + 1, 4)
        yield _row(row, rank, damages)


def _row(row: SectionRow, rank: int, damages: Damages) -> Row:
    text = row.text_original or row.text
    return Row(
        anchor=section_anchor(row.article, row.ordinal),
        level=min(max(row.level, 0), 4),
        rank=rank,
        number=row.number or "",
        heading=row.heading_original or row.heading or "",
        role=ROLES.get(row.role or "", ""),
        passages=tuple(passages(text[:MAX_ROW_LENGTH], damages)),
        traditional=bool(row.text_original or row.heading_original),
        page=row.page,
        cut=len(text) > MAX_ROW_LENGTH,
        long=len(row.text) >= LONG_SECTION,
    )


def _outline(rows: Sequence[SectionRow], place: dict[str, int], *, several: bool) -> Iterator[OutlineEntry]:
    for row in rows:
        here = section_anchor(row.article, row.ordinal)
        if row.ordinal == 0 and several:
            yield OutlineEntry(
                row.id, here, 0, row.title_original or row.title or f"第 {row.article + 1} 篇", place[here]
            )
        if row.level > 0 and (label := _label(row)):
            yield OutlineEntry(row.id, here, min(max(len(row.path), 1), 5), label, place[here])


def _label(row: SectionRow) -> str:
    """Return what the outline calls a section: its heading, or the number of an article of a law (条) and its begin."""
    if row.heading:
        return join_number(row.number, row.heading_original or row.heading)
    if not row.number or not row.number.endswith("条"):
        return ""
    begin = (row.text_original or row.text).lstrip().split("\n", 1)[0]
    return join_number(row.number, begin[:OUTLINE_BEGIN] + ("…" if len(begin) > OUTLINE_BEGIN else ""))


def _shorten(text: str) -> str:
    return text if len(text) <= MAX_EXAMPLE_LENGTH else text[:MAX_EXAMPLE_LENGTH] + "…"
