"""Draws pages of originals on demand, in a sandbox that only draws, and keeps them; see ``search.http.ports.Drawn``.

On pages of a document in which something is masked, that is covered in the picture; where not every place of it is
sure, there is no picture. Pictures are artefacts: they lie in the derived store under the content they are of, and are
collected with it.
"""

import hashlib
import threading
import time
from collections import OrderedDict
from pathlib import Path

from ops.adapters.mask_places import list_secrets, shows_secrets
from ops.system import artefact_loader
from schemas.articles import Extracted
from schemas.blocks import Converted
from schemas.drawings import DRAWN_FORMATS, DrawnPage, Secret, unpack
from schemas.errors import BusyError, DocumentError, KilledError, ObjectChangedError
from schemas.jobs import Job, Observation
from schemas.messages.sentence import Sentence
from schemas.outcomes import Category
from schemas.records import DocumentRecord
from workers.convert.source import suffix_of
from workers.pipeline import containers
from workers.pipeline.context import Context
from workers.pipeline.step import WorkItem

PLACE = "previews/"
AT_ONCE = 2
_PATIENCE_SECONDS = 20.0
_MOST_SECRETS = 500  # on one page; their texts fit into a request of the sandbox
# Pages that could not be drawn: for a while, since asking again would cost as much again.
_REMEMBERED, _REMEMBERED_SECONDS = 1_000, 600.0

Secrets = tuple[Secret, ...] | None


class DrawnPages:
    """Usable from any thread."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._converted = artefact_loader(context, "convert", Converted)
        self._extracted = artefact_loader(context, "extract", Extracted)
        self._turns = threading.BoundedSemaphore(AT_ONCE)
        self._refused: OrderedDict[str, tuple[float, DocumentError]] = OrderedDict()

    def __call__(self, record: DocumentRecord, page: int) -> DrawnPage | None:
        """See ``search.http.ports.Drawn``."""
        if not record.content or record.format not in DRAWN_FORMATS:
            return None
        secrets = self._secrets(record, page)
        key = f"{PLACE}{page}{_name(secrets)}/{record.content[:2]}/{record.content}"
        until, refused = self._refused.get(key, (0.0, None))
        if refused and time.monotonic() < until:
            raise refused
        if found := self._kept(key):
            return found
        if not self._turns.acquire(timeout=_PATIENCE_SECONDS):
            raise BusyError("other pages are being drawn; try again in a moment")
        try:
            return self._kept(key) or self._draw_and_keep(record, page, key, secrets)
        finally:
            self._turns.release()

    def _secrets(self, record: DocumentRecord, page: int) -> Secrets:
        """Return what must be covered on a page; None if nothing in the document is masked.

        Raises:
            DocumentError: Not every place of it is known.
        """
        if not set(self._context.mask).intersection(record.flags):
            return None
        converted, extracted = self._converted(record), self._extracted(record)
        places = list_secrets(converted, extracted.findings, self._context.mask) if converted and extracted else None
        if places is None or len(secrets := places.get(page, ())) > _MOST_SECRETS:
            raise _not_sure(page)
        return secrets

    def _kept(self, key: str) -> DrawnPage | None:
        data = self._context.derived.read(key)
        return unpack(data) if data else None

    def _draw_and_keep(self, record: DocumentRecord, page: int, key: str, secrets: Secrets) -> DrawnPage:
        try:
            data = self._draw(record, page, secrets)
            drawn = self._require_covered(unpack(data), page, secrets)
        except KilledError:
            raise
        except DocumentError as error:
            self._remember(key, error)
            raise
        self._context.derived.write(key, data)
        return drawn

    def _require_covered(self, drawn: DrawnPage | None, page: int, secrets: Secrets) -> DrawnPage:
        if drawn is None:
            raise DocumentError(Category.CRASH, Sentence.of("drawn-damaged", page=page, error="no picture"))
        if secrets is not None and shows_secrets([run.text for run in drawn.drawing.runs], self._context.mask):
            raise _not_sure(page)
        return drawn

    def _draw(self, record: DocumentRecord, page: int, secrets: Secrets) -> bytes:
        sandbox = self._context.drawing
        with sandbox.scratch() as folder:
            path = folder / "document"
            self._fetch(record, path)
            return sandbox.draw(path, hint=suffix_of(record.key), page=page, secrets=secrets)

    def _fetch(self, record: DocumentRecord, path: Path) -> None:
        item = WorkItem(Job(record.key, "", 0.0), Observation(etag=record.etag, parent=record.parent))
        fetched = containers.fetch(item, path, self._context)
        if fetched is None or fetched.etag != record.etag:
            raise ObjectChangedError(f"{record.key} was overwritten and is being read again; try again in a moment")
        limit = self._context.limits.input_bytes
        if fetched.size > limit:
            said = Sentence.of("input-too-large", size=fetched.size, limit=limit)
            raise DocumentError(Category.TOO_LARGE, said)

    def _remember(self, key: str, error: DocumentError) -> None:
        self._refused[key] = time.monotonic() + _REMEMBERED_SECONDS, error
        while len(self._refused) > _REMEMBERED:
            self._refused.popitem(last=False)


def _not_sure(page: int) -> DocumentError:
    return DocumentError(Category.UNSUPPORTED, Sentence.of("drawn-masked-place", page=page))


def _name(secrets: Secrets) -> str:
    """Return what tells pictures of a page apart by what is covered on them; empty where nothing is masked."""
    return "" if secrets is None else "-" + hashlib.sha256(repr(secrets).encode()).hexdigest()[:12]
