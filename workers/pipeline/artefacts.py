"""What the stages produced, stored by content, stage and stage version, so that no work is done twice.

Artefacts are a cache: losing or damaging one costs the work of making it again, never a document.
"""

import hashlib
import json
import logging
import re
import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from schemas.codec import StructureError, decode, encode
from workers.pipeline.stage_names import ORDER
from workers.storage.protocol import ObjectStore

T = TypeVar("T")

_CONTENT_ID = re.compile(r"[0-9a-f]{64}(\.[\w%~-]{1,40})?", re.ASCII)
_MAX_SUFFIX_LENGTH = 40
_LEVEL = 1

_log = logging.getLogger(__name__)


def digest(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def content_id(sha256: str, suffix: str) -> str:
    """Return the name under which a file's artefacts are stored.

    Args:
        sha256: Of its bytes, in hexadecimal.
        suffix: Of its name, lower case, without the dot; part of the identity because readers take it as a hint.
    """
    clean = quote(suffix, safe="").replace(".", "%2E")[:_MAX_SUFFIX_LENGTH]
    return f"{sha256}.{clean}" if clean else sha256


@dataclass(frozen=True, slots=True)
class StageOutput:
    """What one stage made of a content.

    Attributes:
        stage: ``convert``, ``normalize`` or ``extract``.
        version: Of the stage.
        value: The dataclass.
        encoded: What ``schemas.codec.encode(value)`` returns, if the caller has it already.
    """

    stage: str
    version: int
    value: Any
    encoded: bytes | None = None

    def compress(self) -> bytes:
        """Return the bytes that are stored for this output."""
        return zlib.compress(encode(self.value) if self.encoded is None else self.encoded, _LEVEL)

    def ready(self) -> "StageOutput":
        """Return the same output with ``encoded`` filled, so that it is encoded only once."""
        return self if self.encoded is not None else replace(self, encoded=encode(self.value))


class Artefacts:
    """The artefacts in one object store; usable from any thread.

    One object holds all outputs for one content, each under its stage and version: a request costs more than the bytes,
    and consecutive stages in one process write once. An output of another version is replaced when its stage runs.
    """

    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    def get(self, content_id: str, stage: str, version: int, kind: type[T]) -> T | None:
        """Return a stage's output for a content, or None if it must be made (again).

        Args:
            content_id: As ``content_id()`` gives it.
            stage: ``convert``, ``normalize`` or ``extract``.
            version: Of the stage.
            kind: Dataclass the artefact is an instance of.

        Raises:
            DependencyError: The store cannot be reached.
        """
        key = _key(content_id)
        found_version, data = self._parts(key).get(stage, (0, b""))
        if found_version != version:
            return None
        try:
            return decode(kind, zlib.decompress(data))
        except (zlib.error, StructureError) as error:
            _report_damage(key, error)
            return None

    def put(self, content_id: str, parts: Sequence[StageOutput]) -> None:
        """Store outputs of stages beside those already stored for the same content.

        Raises:
            DependencyError: The store cannot be reached.
        """
        key, new = _key(content_id), {part.stage: (part.version, part.compress()) for part in parts}
        # Any outputs stored so far were made from another version of the first stage: drop them.
        kept = {} if ORDER[0] in new else self._parts(key)
        self._store.write(key, _join({**kept, **new}), content_type="application/octet-stream")

    def drop(self, content_id: str, stages: Collection[str] | None = None) -> None:
        """Delete the outputs of these stages (all by default) for a content, so that they are made again.

        Raises:
            DependencyError: The store cannot be reached.
        """
        key = _key(content_id)
        parts = {} if stages is None else self._parts(key)
        kept = {stage: part for stage, part in parts.items() if stage not in (stages or ())}
        if not kept:
            self._store.remove(key)
        elif len(kept) < len(parts):
            self._store.write(key, _join(kept), content_type="application/octet-stream")

    def _parts(self, key: str) -> dict[str, tuple[int, bytes]]:
        data = self._store.read(key)
        if data is None:
            return {}
        try:
            return _split(data)
        except (ValueError, KeyError, TypeError) as error:
            _report_damage(key, error)
            return {}


def _join(parts: Mapping[str, tuple[int, bytes]]) -> bytes:
    head = {stage: [version, len(data)] for stage, (version, data) in parts.items()}
    return b"\n".join([json.dumps(head).encode(), b"".join(data for _, data in parts.values())])


def _split(data: bytes) -> dict[str, tuple[int, bytes]]:
    head, _, body = data.partition(b"\n")
    parts, start = {}, 0
    for stage, (version, length) in json.loads(head).items():
        parts[stage] = (version, body[start : start + length])
        start += length
    return parts


def _report_damage(key: str, error: Exception) -> None:
    _log.warning("artefact %s is damaged and will be made again: %s", key, str(error).splitlines()[0])


def _key(content_id: str) -> str:
    if not _CONTENT_ID.fullmatch(content_id):
        raise ValueError(f"{content_id!r} is no content id; content_id() makes them")
    return f"artefacts/{content_id[:2]}/{content_id}"
