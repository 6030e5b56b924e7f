"""Messages as they lie in a queue: the work on one object, and what need not be read back from the store for it.

The names in a message are those of the dataclasses in ``schemas.jobs``, side by side, as every release has written
them: workers of two releases may share a queue. Names that one of them does not know it passes over.
"""

import base64
import zlib
from typing import Any

from pydantic import ValidationError

from schemas.articles import Extracted
from schemas.codec import as_json, decode, decode_object
from schemas.jobs import Job, Observation, Progress
from workers.pipeline.artefacts import StageOutput
from workers.pipeline.step import WorkItem
from workers.pipeline.versions import EXTRACTED

# Redis holds every message twice while it is worked on; longer ones, or more of them, are left to the store.
MAX_CHARACTERS = 32_000
MAX_WAITING = 500


def write_message(item: WorkItem) -> dict[str, Any]:
    """Return an item as plain dicts; its lease does not travel."""
    return {**as_json(item.job), **as_json(item.seen), **as_json(item.progress)}


def read_message(message: dict[str, Any]) -> WorkItem:
    """Return the item of a message of this release or another.

    Raises:
        pydantic.ValidationError: It is none.
    """
    return WorkItem(decode_object(Job, message), decode_object(Observation, message), decode_object(Progress, message))


def inline_artefact(made: tuple[StageOutput, ...], *, waiting: int) -> str | None:
    """Return what the message for the index stage takes along; None where that is nothing.

    Args:
        made: What was made in this process just now.
        waiting: How many messages wait already.
    """
    last = made[-1] if made else None
    if last is None or last.stage != EXTRACTED.stage or waiting > MAX_WAITING:
        return None
    text = f"{last.version}:{base64.b64encode(last.compress()).decode('ascii')}"
    return text if len(text) <= MAX_CHARACTERS else None


def read_inline_artefact(text: str | None) -> Extracted | None:
    """Return what a message for the index stage took along; None where it has to be loaded.

    That is a shortcut and nothing more: a message may take nothing along, or what another version made.
    """
    version, _, data = (text or "").partition(":")
    if version != str(EXTRACTED.version):
        return None
    try:
        return decode(Extracted, zlib.decompress(base64.b64decode(data)))
    except (ValueError, zlib.error, ValidationError):
        return None
