"""The data of a document's page, collected from the index and from the artefacts of the stages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from schemas.articles import Extracted, Reference, Statistic
from schemas.cleaned import Normalized
from schemas.queries import ArticleLink
from schemas.records import ArticleSummary, DocumentRecord
from search.pages.document_layout import OutlineEntry
from search.pages.form import Form
from search.pages.record_view import Fact, article_of, facts
from search.protocol import Catalogue
from search.query.numbers.document_numbers import number_key
from search.query.parser import title_key

MAX_STATISTICS = 500
MAX_LINKS = 100
# With more articles than this, their details are shown only on the pages of single articles.
MAX_ARTICLES = 20


@dataclass(frozen=True, slots=True)
class View:
    """The URLs on a document page: of places in the cleaned text, or in the original if ``source``.

    Attributes:
        id: Identifier of the document.
        source: Whether the original is shown.
        parts: Number of parts of the shown text.
        part: Part that is shown.
        blocks: Anchor of the original's block in which a section begins, by row id.
        part_of: Part of the original that contains a block, by anchor.
        q: Search whose words are marked in the text; empty for none.
    """

    id: str
    source: bool = False
    parts: int = 1
    part: int = 1
    blocks: Mapping[str, str] = field(default_factory=dict)
    part_of: Mapping[str, int] = field(default_factory=dict)
    q: str = ""

    def url(self, part: int, anchor: str = "") -> str:
        """Return the URL of a place in the shown text."""
        given = [*(["view=source"] if self.source else []), *([f"part={part}"] if self.parts > 1 else [])]
        given += [urlencode({"q": self.q})] if self.q and given else []
        return f"/d/{self.id}{'?' if given else ''}{'&'.join(given)}{f'#{anchor}' if anchor else ''}"

    def entry(self, entry: OutlineEntry) -> str:
        """Return the URL of a line of the outline; in the cleaned text if it has no place in the original."""
        if not self.source:
            return self._within(entry.part, entry.anchor)
        anchor = self.blocks.get(entry.row)
        return self._within(self.part_of.get(anchor, 1), anchor) if anchor else self.clean(entry.anchor)

    def clean(self, anchor: str = "") -> str:
        """Return the URL of a place in the cleaned text."""
        return f"/d/{self.id}?at={anchor}#{anchor}" if anchor else f"/d/{self.id}"

    def block(self, anchor: str) -> str:
        """Return the URL of a block of the original."""
        return f"/d/{self.id}?view=source&at={anchor}#{anchor}"

    def text(self, at: str) -> str:
        """Return the URL that opens the cleaned text at a place of any text, with the words of the search marked."""
        return self._given(f"/d/{self.id}", at=at, q=self.q)

    def original(self, at: str) -> str:
        """Return the URL that opens the original's text at a place of any text."""
        return self._given(f"/d/{self.id}", view="source", at=at)

    def leaf(self, *, page: int | None = None, at: str = "") -> str:
        """Return the URL of the picture of a page, or of the page on which a place stands."""
        return self._given(f"/d/{self.id}/page", page=page, at=at, q=self.q)

    def _within(self, part: int, anchor: str) -> str:
        """Return the URL of a place, which in the part that is shown loads nothing anew."""
        return f"#{anchor}" if part == self.part else self.url(part, anchor)

    def _given(self, path: str, **given: object) -> str:
        filled = {name: value for name, value in given.items() if value}
        return f"{path}?{urlencode(filled)}" if filled else path


@dataclass(frozen=True, slots=True)
class Citation:
    """A cited document; ``url`` leads to it if the index has it (``held``), else to a search for it."""

    reference: Reference
    url: str
    held: bool


@dataclass(frozen=True, slots=True)
class About:
    """The record of one article, its citations and statistics."""

    ordinal: int
    title: str
    facts: tuple[Fact, ...]
    citations: tuple[Citation, ...]
    citing: tuple[ArticleLink, ...]
    statistics: tuple[Statistic, ...]
    more_statistics: int


def about(
    index: Catalogue, record: DocumentRecord, *, extracted: Extracted | None, details: Normalized | None
) -> tuple[About, ...]:
    """Return the records, citations and statistics of a document's articles."""
    return tuple(_about(index, record, summary, extracted, details) for summary in record.articles[:MAX_ARTICLES])


def article_url(link: ArticleLink) -> str:
    """Return the URL of an article."""
    anchor = f"s{link.article}-0"
    return f"/d/{link.document_id}?at={anchor}#{anchor}" if link.article else f"/d/{link.document_id}"


def _about(
    index: Catalogue,
    record: DocumentRecord,
    summary: ArticleSummary,
    extracted: Extracted | None,
    details: Normalized | None,
) -> About:
    article = article_of(extracted, summary.ordinal)
    held = index.list_cited(summary.cites, size=MAX_LINKS) if summary.cites else []
    statistics = article.statistics if article else summary.statistics
    return About(
        ordinal=summary.ordinal,
        title=summary.title or "",
        facts=facts(summary, extracted, details),
        citations=_citations(article.references if article else (), held),
        citing=tuple(index.list_citing(record.id, summary.ordinal, size=MAX_LINKS)),
        statistics=statistics[:MAX_STATISTICS],
        more_statistics=max(0, len(statistics) - MAX_STATISTICS),
    )


def _citations(references: Sequence[Reference], held: Sequence[ArticleLink]) -> tuple[Citation, ...]:
    by_key = {number_key(link.document_number): link for link in held if link.document_number}
    by_key |= {title_key(link.title): link for link in held if link.title}
    found = []
    for reference in references[:MAX_LINKS]:
        number, title = reference.document_number, reference.title
        link = by_key.get(number_key(number)) if number else None
        link = link or (by_key.get(title_key(title)) if title else None)
        url = article_url(link) if link else Form(q=number or f"“{title}”").url()
        found.append(Citation(reference, url, link is not None))
    return tuple(found)
