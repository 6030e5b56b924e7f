"""A gazette (公报): the documents of a period, put together."""

from dataclasses import dataclass

from schemas.records import ArticleSummary, DocumentRecord


@dataclass(frozen=True, slots=True)
class Period:
    """The days of a gazette, both included, as ISO dates; and the issuer, empty for all."""

    since: str
    until: str
    issuer: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A document of a gazette.

    Attributes:
        record: Its record.
        article: The article of it that falls into the period.
        dated: Its 成文日期, else its 发布日期.
    """

    record: DocumentRecord
    article: ArticleSummary
    dated: str
