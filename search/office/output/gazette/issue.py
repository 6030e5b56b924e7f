"""One issue of a gazette: its title, and its documents in parts, read one after the other."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from schemas.cleaned import Normalized
from schemas.office.output.gazette import Item, Period
from schemas.office.output.reprint import Part, Title
from schemas.records import DocumentRecord
from search.office.output.reprint.parts import read_apart, read_parts
from search.protocol import RecordStore

Details = Callable[[DocumentRecord], Normalized | None]


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue, and where its documents are read from.

    Attributes:
        period: Its period.
        items: Its documents in order.
        index: Has their sections.
        details: Loads the normalize artefact of a document, masked.
    """

    period: Period
    items: Sequence[Item]
    index: RecordStore
    details: Details

    @property
    def title(self) -> str:
        """Its title: ``某市人民政府公报（2025-01-01 至 2025-01-31）``."""
        return f"{self.period.issuer}公报（{self.period.since} 至 {self.period.until}）"

    def entries(self) -> list[str]:
        """Return the lines of the contents, one for each document."""
        return [_entry(item) for item in self.items]

    def parts(self, item: Item) -> Iterator[Part]:
        """Yield the parts of one document; it begins with its title."""
        rows = [row for row in self.index.sections(item.record.id) if row.article == item.article.ordinal]
        parts = list(read_parts(rows, read_apart(self.details(item.record))))
        if not parts or not isinstance(parts[0], Title):
            yield Title(item.article.title or item.record.key, item.article.document_number)
        yield from parts


def _entry(item: Item) -> str:
    article = item.article
    facts = "，".join(filter(None, (article.issuer, article.document_number, item.dated)))
    return f"{article.title or item.record.key}（{facts}）"
