"""Reads documents for the check of validity from the artefacts of the stages, each once."""

import datetime
import logging
import threading
import time
from collections.abc import Callable, Mapping

from ops.adapters.artefact_masks import mask_loaded
from ops.system import System, artefact_loader
from schemas.articles import Article, Extracted
from schemas.cleaned import Normalized
from schemas.errors import GongkaiError
from schemas.office.catalogue import UNSTATED
from schemas.office.validity import Repeal, Source
from schemas.records import DocumentRecord
from search.office.validity.review import find_unmarked, said_since
from search.office.validity.sources import SourceOf, find_sources
from search.office.validity.verdicts import Place, Verdict, find_verdicts, repeals
from workers.extract.grammar.lines import read_lines
from workers.extract.validity.reader import read_statements

_KEPT = 20_000
_REFRESH_SECONDS = 60.0
_log = logging.getLogger(__name__)


def source_reader(system: System) -> SourceOf:
    """Return a function from a record to its document's statements on others; None if its artefacts are gone."""
    context = system.context
    normalized_of = mask_loaded(artefact_loader(context, "normalize", Normalized), context.mask)
    extracted_of = mask_loaded(artefact_loader(context, "extract", Extracted), context.mask)
    read: dict[tuple[str, str], Source | None] = {}

    def source(record: DocumentRecord) -> Source | None:
        name = record.id, record.content
        if name not in read:
            if len(read) >= _KEPT:
                read.clear()
            normalized, extracted = normalized_of(record), extracted_of(record)
            read[name] = source_of(record, normalized, extracted) if normalized and extracted else None
        return read[name]

    return source


def source_of(record: DocumentRecord, normalized: Normalized, extracted: Extracted) -> Source:
    """Return a document's statements on the validity of others and of itself."""
    first: Article | None = extracted.articles[0] if extracted.articles else None
    title = first.title if first and not first.title_derived else None
    cited = (one for article in extracted.articles for one in article.references)
    bases = (one.title or one.document_number for one in cited if one.kind == "basis")
    return Source(
        document=record.key,
        document_id=record.id,
        title=(first.title if first else None) or record.key,
        dated_on=(first.effective_on or first.signed_on or first.published_on) if first else None,
        marked=any(article.validity == "repealed" for article in extracted.articles),
        statements=read_statements(read_lines(normalized), title),
        rests_on=tuple(dict.fromkeys(name for name in bases if name)),
    )


class RepealedTable:
    """A cache of the documents that are no longer in force, so that no search waits to read them.

    On use, a table older than a minute is read again in the background.
    """

    def __init__(self, load: Callable[[], Mapping[Place, Repeal]]) -> None:
        self._load, self._lock = load, threading.Lock()
        self._known: Mapping[Place, Repeal] = {}
        self._due = 0.0

    def __call__(self) -> Mapping[Place, Repeal]:
        """Return the table as last read."""
        if time.monotonic() >= self._due and self._lock.acquire(blocking=False):
            self._due = time.monotonic() + _REFRESH_SECONDS
            threading.Thread(target=self._refresh, name="validity", daemon=True).start()
        return self._known

    def _refresh(self) -> None:
        try:
            self._known = self._load()
        except GongkaiError as error:
            _log.warning("cannot read the validity of documents; searches use the last known table: %s", error)
        finally:
            self._lock.release()


def repealed_table(system: System, source_of: SourceOf) -> RepealedTable:
    """Return the table of the documents that are no longer in force."""
    index = system.context.index

    def load() -> dict[Place, Repeal]:
        verdicts = find_verdicts(index, find_sources(index, source_of))
        ended = repeals(verdicts, today=datetime.date.today().isoformat())
        return {place: _repeal(one) for place, one in ended.items()}

    return RepealedTable(load)


class UnmarkedTable:
    """The documents that were repealed and do not say so, read again where what is known is older than a minute.

    Unlike ``RepealedTable`` it waits, because what counts them must not take a table that is not there for none.
    """

    def __init__(self, load: Callable[[], Mapping[Place, str]]) -> None:
        self._load, self._lock = load, threading.Lock()
        self._known: Mapping[Place, str] = {}
        self._due = 0.0

    def __call__(self) -> Mapping[Place, str]:
        """Return the 发文机关 of each document by its place."""
        with self._lock:
            if time.monotonic() >= self._due:
                self._known = self._load()
                self._due = time.monotonic() + _REFRESH_SECONDS
            return self._known


def unmarked_table(system: System, source_of: SourceOf) -> UnmarkedTable:
    """Return the table of the documents that were repealed and do not say so."""
    index = system.context.index

    def load() -> dict[Place, str]:
        verdicts = find_verdicts(index, find_sources(index, source_of))
        found = find_unmarked(index, verdicts, source_of, today=datetime.date.today().isoformat())
        return {(one.document_id, one.article): one.issuer or UNSTATED for one in found}

    return UnmarkedTable(load)


def _repeal(verdict: Verdict) -> Repeal:
    return Repeal(f"{said_since(verdict)}由《{verdict.source.title}》废止", verdict.source.document_id)
