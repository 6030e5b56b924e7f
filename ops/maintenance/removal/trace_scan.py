"""Searches stored objects, index files and backups for traces of a document."""

import json
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from ops.maintenance.removal.artefact_collection import PLACES
from ops.system import System
from schemas.articles import Extracted
from schemas.blocks import Converted
from schemas.queries import Query
from schemas.records import DocumentRecord, document_id
from workers.pipeline.versions import VERSIONS
from workers.storage.protocol import ObjectStore

_LEAST, _MOST = 8, 60
_FEW = 40
_BETWEEN = re.compile(r"[\s，。；：！？、,;]+")
_CHUNK = 1 << 22


@dataclass(frozen=True, slots=True)
class Trace:
    """Where a trace of a document was found; ``what`` contains none of its text."""

    place: str
    what: str


def list_phrases(system: System, records: Sequence[DocumentRecord]) -> tuple[str, ...]:
    """Return phrases that occur in no other document; empty if the documents' artefacts are gone.

    Raises:
        DependencyError: A server does not answer.
    """
    own = {record.key for record in records}
    found = dict.fromkeys(phrase for record in records for phrase in _phrases_of(system, record))
    return tuple(phrase for phrase in list(found)[: _FEW * 4] if not _says_another(system, phrase, own))[:_FEW]


def list_traces(
    system: System, key: str, phrases: Sequence[str], backups: Sequence[ObjectStore] = ()
) -> Iterator[Trace]:
    """Yield each place that still contains one of the phrases, the document's record or its file.

    Raises:
        DependencyError: A server does not answer.
    """
    index = system.context.index
    if index.record(document_id(key)) is not None or index.sections(document_id(key)):
        yield Trace("index", "its record")
    for phrase in phrases:
        if index.search(Query(f"“{phrase}”", fold=False)).hits:
            yield Trace("index", "its text")
            break
    yield from _in_store("derived store", system.context.derived, phrases)
    for number, store in enumerate(backups, 1):
        if store.stat(f"inbox/{key}") is not None:
            yield Trace(f"backup {number}", "its file")
        yield from _in_store(f"backup {number}", store, phrases, below="decided/")
    parts = urlsplit(system.settings.index_url)
    if parts.scheme == "tantivy":
        yield from _in_files(Path(unquote(parts.path)), phrases)


def _phrases_of(system: System, record: DocumentRecord) -> Iterator[str]:
    artefacts = system.context.artefacts
    if not record.content:
        return
    extracted = artefacts.get(record.content, "extract", record.stages.get("extract", VERSIONS["extract"]), Extracted)
    converted = artefacts.get(record.content, "convert", record.stages.get("convert", VERSIONS["convert"]), Converted)
    texts = [article.text for article in extracted.articles] if extracted else []
    texts += [block.text for block in converted.blocks] if converted else []
    # Split into clauses: a feed or message may quote part of a sentence.
    for clause in _BETWEEN.split("\n".join(texts)):
        if len(clause) >= _LEAST:
            yield clause[:_MOST]


def _says_another(system: System, phrase: str, own: set[str]) -> bool:
    hits = system.context.index.search(Query(f"“{phrase}”", fold=False)).hits
    return any(hit.key not in own for hit in hits)


def _in_store(name: str, store: ObjectStore, phrases: Sequence[str], *, below: str = "") -> Iterator[Trace]:
    for info in store.list(below):
        # Artefacts shared with another document stay; those without a reference were removed before.
        if not info.key.startswith(PLACES) and _holds(store.read(info.key) or b"", phrases):
            yield Trace(f"{name}: {info.key}", "its text")


def _in_files(folder: Path, phrases: Sequence[str]) -> Iterator[Trace]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and any(_holds(part, phrases) for part in _read_parts(path)):
            yield Trace(f"index: {path.relative_to(folder)}", "its text")


def _read_parts(path: Path) -> Iterator[bytes]:
    """Yield a file in overlapping pieces, so that no phrase is cut in two."""
    with path.open("rb") as file:
        before = b""
        while part := file.read(_CHUNK):
            yield before + part
            before = part[-4 * _MOST * 3 :]


def _holds(data: bytes, phrases: Sequence[str]) -> bool:
    try:
        plain = zlib.decompress(data)
    except zlib.error:
        plain = data
    return any(written in plain for phrase in phrases for written in _written(phrase))


def _written(phrase: str) -> tuple[bytes, bytes]:
    escaped = json.dumps(phrase)[1:-1].encode("ascii")
    return phrase.encode("utf-8", "surrogatepass"), escaped
