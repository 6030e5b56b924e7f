"""The record of an article for display: its values with their evidence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from schemas.anchors import block_anchor
from schemas.articles import Article, Evidence, Extracted
from schemas.cleaned import Normalized
from schemas.glossary import label
from schemas.records import ArticleSummary

# In display order; each is a field of ``Article``.
FIELDS = (
    "title", "issuer", "co_issuers", "document_number", "index_number", "genre", "topic", "region", "signed_on",
    "published_on", "effective_on", "expires_on", "validity", "signatory", "addressees", "copied_to", "printed_by",
    "printed_on", "note",
    "release_level", "copy_number", "identifier", "purchaser", "agent", "secrecy",
    "urgency", "source", "author", "attachments",
)  # fmt: skip
# Fields that a summary shares with an article, under the same names except one.
_IN_SUMMARY = {"genre": "kind"}
_DATES = ("signed_on", "published_on", "effective_on", "expires_on", "printed_on")
_VALIDITY = {"repealed": "已废止", "amended": "已修改", "valid": "有效"}
# A record is read from the head and the end of a document, so its evidence is searched there.
_SEARCHED_CHARACTERS = 400


@dataclass(frozen=True, slots=True)
class Fact:
    """One value of the record.

    Attributes:
        name: Field of ``Article``.
        values: As stated; several for lists.
        date: Whether the value is an ISO date, or a prefix of one.
        evidence: Source and confidence; None if unknown.
        anchor: Block of the original it was read from; empty if unknown.
    """

    name: str
    values: tuple[str, ...]
    date: bool = False
    evidence: Evidence | None = None
    anchor: str = ""

    @property
    def label(self) -> str:
        """The name of the field on the page."""
        return label(self.name)


def facts(
    summary: ArticleSummary, extracted: Extracted | None = None, details: Normalized | None = None
) -> tuple[Fact, ...]:
    """Return the record of an article, without evidence if the extract artefact is no longer stored."""
    article = article_of(extracted, summary.ordinal)
    known = article or summary
    evidence = {found.field: found for found in article.evidence} if article else {}
    return tuple(_facts(known, evidence, details))


def article_of(extracted: Extracted | None, ordinal: int) -> Article | None:
    """Return one article of the extract artefact; None if the artefact is no longer stored."""
    return extracted.articles[ordinal] if extracted and ordinal < len(extracted.articles) else None


def sureness(confidence: float) -> str:
    """Return a word for a confidence of 0 to 1."""
    return "可靠" if confidence >= 0.85 else "较可靠" if confidence >= 0.6 else "供参考"


def _facts(
    known: Article | ArticleSummary, evidence: dict[str, Evidence], details: Normalized | None
) -> Iterator[Fact]:
    for name in FIELDS:
        field = name if isinstance(known, Article) else _IN_SUMMARY.get(name, name)
        values = _values(getattr(known, field, None))
        if values and not (name == "title" and not evidence.get(name)):
            said = evidence.get(name)
            if name == "validity":
                values = tuple(_VALIDITY.get(value, value) for value in values)
            yield Fact(name, values, name in _DATES, said, _anchor(said, details))


def _values(value: object) -> tuple[str, ...]:
    if value is None or value == "":
        return ()
    return tuple(map(str, value)) if isinstance(value, Sequence) and not isinstance(value, str) else (str(value),)


def _anchor(said: Evidence | None, details: Normalized | None) -> str:
    if said is None or details is None or not said.text:
        return ""
    several = details.paragraphs
    looked_at = (
        several
        if len(several) <= 2 * _SEARCHED_CHARACTERS
        else (*several[:_SEARCHED_CHARACTERS], *several[-_SEARCHED_CHARACTERS:])
    )
    for paragraph in looked_at:
        if said.text in paragraph.text or (paragraph.original and said.text in paragraph.original):
            return block_anchor(paragraph.block)
    return ""
