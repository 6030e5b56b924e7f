"""What the stages produced, kept by content, stage and version of the stage, so that no work is done twice.

Artefacts are a cache: losing or damaging one costs the work of making it again, never a document.
"""

import logging
import re
import zlib
from typing import Any, TypeVar
from urllib.parse import quote

from pydantic import ValidationError

from schemas.codec import decode, encode
from workers.storage.protocol import ObjectStore

T = TypeVar("T")

_CONTENT_ID = re.compile(r"[0-9a-f]{64}(\.[\w%~-]{1,40})?", re.ASCII)
_LONGEST_SUFFIX = 40
_LEVEL = 1  # measured on converted documents: level 6 takes 3 times the CPU for a tenth of the size

_log = logging.getLogger(__name__)


def content_id(sha256: str, suffix: str) -> str:
    """Return the name under which a file's artefacts are kept.

    Args:
        sha256: Of its bytes, in hexadecimal.
        suffix: Of its name, lower case, without the dot; part of the identity because readers take it as a hint.
    """
    clean = quote(suffix, safe="").replace(".", "%2E")[:_LONGEST_SUFFIX]
    return f"{sha256}.{clean}" if clean else sha256


class Artefacts:
    """The artefacts in one object store; usable from any thread."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    def get(self, content_id: str, stage: str, version: int, kind: type[T]) -> T | None:
        """Return what a stage made of a content, or None where it has to be made (again).

        Args:
            content_id: As ``content_id()`` gives it.
            stage: ``convert``, ``normalize`` or ``extract``.
            version: Of the stage.
            kind: Dataclass the artefact is an instance of.

        Raises:
            DependencyError: The store cannot be reached.
        """
        key = _key(content_id, stage, version)
        data = self._store.read(key)
        if data is None:
            return None
        try:
            return decode(kind, zlib.decompress(data))
        except (zlib.error, ValidationError) as error:
            _log.warning("artefact %s is damaged and will be made again: %s", key, str(error).splitlines()[0])
            return None

    def put(self, content_id: str, stage: str, version: int, value: Any, *, encoded: bytes | None = None) -> None:
        """Keep what a stage made.

        Args:
            content_id: As ``content_id()`` gives it.
            stage: ``convert``, ``normalize`` or ``extract``.
            version: Of the stage.
            value: The dataclass.
            encoded: What ``schemas.codec.encode(value)`` returns, where the caller has it already.

        Raises:
            DependencyError: The store cannot be reached.
        """
        data = zlib.compress(encode(value) if encoded is None else encoded, _LEVEL)
        self._store.write(_key(content_id, stage, version), data, content_type="application/zlib")

    def drop(self, content_id: str, stage: str, version: int) -> None:
        """Forget what a stage made, so that it is made again.

        Raises:
            DependencyError: The store cannot be reached.
        """
        self._store.remove(_key(content_id, stage, version))


def _key(content_id: str, stage: str, version: int) -> str:
    if not _CONTENT_ID.fullmatch(content_id):
        raise ValueError(f"{content_id!r} is no content id; content_id() makes them")
    return f"{stage}/v{version}/{content_id[:2]}/{content_id}.json"
