"""Uploads over HTTP: stores files in the inbox, records them by batch, and queues them at once."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from uuid import uuid4

from ops.system import System
from schemas.codec import decode, encode
from schemas.events import ObjectEvent
from search.http.ports import Incoming, NotTaken, Origin, Uploaded
from workers.storage.claims import Claims
from workers.storage.object_keys import KeyRefusedError, ObstructedError
from workers.telemetry.log_context import from_upload

PLACE = "uploads/"
THREADS = 4
IN_THE_WAY = "the store cannot keep it under this name: a file is where its folder would be, or the reverse; rename it"


@dataclass(frozen=True, slots=True)
class _Note:
    """The files of one request."""

    files: tuple[Uploaded, ...]


class InboxUploads:
    """The inbox of a system as uploads see it; see ``search.http.ports.Uploads``."""

    def __init__(self, system: System) -> None:
        self._system = system
        self._inbox = system.context.inbox
        self._derived = system.context.derived

    def take(self, files: Sequence[Incoming], *, batch: str, owner: str, origin: Origin) -> list[Uploaded | NotTaken]:
        """See ``search.http.ports.Uploads``."""
        claims = Claims(self._inbox, [file.key for file in files])
        with ThreadPoolExecutor(THREADS) as pool:
            tried = list(pool.map(lambda file: self._store(file, claims), files))
        stored = tuple(one for one in tried if isinstance(one, Uploaded))
        # Every request records its own files, so that requests of one batch need not wait for each other.
        self._derived.write(f"{PLACE}{owner}/{batch}/{uuid4().hex}", encode(_Note(stored)))
        self._system.sink.send(
            [ObjectEvent(key=one.key) for one in stored], journey=from_upload(origin.trace, origin.at)
        )
        return tried

    def batch(self, batch: str, *, owner: str) -> list[Uploaded]:
        """See ``search.http.ports.Uploads``."""
        notes = (self._derived.read(info.key) for info in self._derived.list(f"{PLACE}{owner}/{batch}/"))
        files = [file for data in notes if data for file in decode(_Note, data).files]
        # A file that was sent twice counts once, in its last version.
        return list({file.key: file for file in sorted(files, key=lambda file: file.at)}.values())

    def etag(self, key: str) -> str | None:
        """See ``search.http.ports.Uploads``."""
        info = self._inbox.stat(key)
        return info.etag if info else None

    def _store(self, file: Incoming, claims: Claims) -> Uploaded | NotTaken:
        size = file.path.stat().st_size
        try:
            claims.claim(file.key)
            return Uploaded(file.key, self._inbox.upload(file.key, file.path), size, time.time())
        except ObstructedError:
            # The error names the folder of the store, which an uploader must not see.
            return NotTaken(file.key, IN_THE_WAY)
        except KeyRefusedError as error:
            return NotTaken(file.key, str(error))
