"""Draws pages of originals on demand, in a sandbox that only draws, and keeps them; see ``search.http.ports.Drawn``.

Pictures are artefacts: they lie in the derived store under the content they are of, and are collected with it.
"""

import threading
import time
from collections import OrderedDict
from pathlib import Path

from schemas.drawings import DRAWN_FORMATS, DrawnPage, unpack
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
# Pages that could not be drawn: for a while, since asking again would cost as much again.
_REMEMBERED, _REMEMBERED_SECONDS = 1_000, 600.0


class DrawnPages:
    """Usable from any thread."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._turns = threading.BoundedSemaphore(AT_ONCE)
        self._refused: OrderedDict[str, tuple[float, DocumentError]] = OrderedDict()

    def __call__(self, record: DocumentRecord, page: int) -> DrawnPage | None:
        """See ``search.http.ports.Drawn``."""
        if not self._may_be_drawn(record):
            return None
        key = f"{PLACE}{page}/{record.content[:2]}/{record.content}"
        until, refused = self._refused.get(key, (0.0, None))
        if refused and time.monotonic() < until:
            raise refused
        if found := self._kept(key):
            return found
        if not self._turns.acquire(timeout=_PATIENCE_SECONDS):
            raise BusyError("other pages are being drawn; try again in a moment")
        try:
            return self._kept(key) or self._draw_and_keep(record, page, key)
        finally:
            self._turns.release()

    def _may_be_drawn(self, record: DocumentRecord) -> bool:
        # A picture would show what is masked in the text beside it.
        masked = set(self._context.mask).intersection(record.flags)
        return bool(record.content) and record.format in DRAWN_FORMATS and not masked

    def _kept(self, key: str) -> DrawnPage | None:
        data = self._context.derived.read(key)
        return unpack(data) if data else None

    def _draw_and_keep(self, record: DocumentRecord, page: int, key: str) -> DrawnPage:
        try:
            data = self._draw(record, page)
        except KilledError:
            raise
        except DocumentError as error:
            self._remember(key, error)
            raise
        drawn = unpack(data)
        if drawn is None:
            raise DocumentError(Category.CRASH, Sentence.of("drawn-damaged", page=page, error="no picture"))
        self._context.derived.write(key, data)
        return drawn

    def _draw(self, record: DocumentRecord, page: int) -> bytes:
        sandbox = self._context.drawing
        with sandbox.scratch() as folder:
            path = folder / "document"
            self._fetch(record, path)
            return sandbox.draw(path, hint=suffix_of(record.key), page=page)

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
