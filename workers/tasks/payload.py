"""Messages as they lie in a queue: the work on one object, and small artefacts inlined to save a read from the store.

The names in a message are the fields of the dataclasses in ``schemas.jobs``, flattened, as every release has written
them: workers of two releases may share a queue. A reader ignores names it does not know.
"""

import base64
import zlib
from collections.abc import Sequence
from typing import Any

from schemas.articles import Extracted
from schemas.codec import as_json, decode, decode_object
from schemas.jobs import Job, Observation, Progress
from workers.pipeline.artefacts import StageOutput
from workers.pipeline.step import WorkItem
from workers.pipeline.versions import EXTRACTED

# The member of a message that holds the further messages of its batch. A release that does not know it passes over
# them, and they are recovered as lost.
MORE = "more"

# Redis holds each message twice while it is worked on; longer artefacts, or more of them, are read from the store.
MAX_CHARACTERS = 32_000
MAX_WAITING = 500


def write_message(item: WorkItem) -> dict[str, Any]:
    """Return an item as plain dicts; its lease does not travel."""
    return {**as_json(item.job), **as_json(item.seen), **as_json(item.progress)}


def read_message(message: dict[str, Any]) -> WorkItem:
    """Return the item of a message written by this or another release.

    Raises:
        StructureError: It is no such message.
    """
    return WorkItem(decode_object(Job, message), decode_object(Observation, message), decode_object(Progress, message))


def write_batch(sent: Sequence[tuple[dict[str, Any], str | None]]) -> list[Any]:
    """Return the arguments of one task for several messages, each with the artefact inlined beside it."""
    (first, carried), *others = sent
    batch = {**first, MORE: [list(other) for other in others]} if others else first
    return [batch] if carried is None else [batch, carried]


def read_batch(message: dict[str, Any], carried: str | None) -> list[tuple[dict[str, Any], str | None]]:
    """Return the messages of a task, each with its inlined artefact; one from a release that knew no batches."""
    first = {name: value for name, value in message.items() if name != MORE}
    return [(first, carried), *((other, beside) for other, beside in message.get(MORE, ()))]


def inline_artefact(made: tuple[StageOutput, ...], *, waiting: int) -> str | None:
    """Return the artefact to inline in the index stage's message, encoded, or None.

    Args:
        made: Outputs this process made just now.
        waiting: Number of messages already in the queue.
    """
    last = made[-1] if made else None
    if last is None or last.stage != EXTRACTED.stage or waiting > MAX_WAITING:
        return None
    text = f"{last.version}:{base64.b64encode(last.compress()).decode('ascii')}"
    return text if len(text) <= MAX_CHARACTERS else None


def read_inline_artefact(text: str | None) -> Extracted | None:
    """Return the artefact inlined in the index stage's message, or None if it must be loaded.

    This is only an optimisation: a message may carry none, or one of another version.
    """
    version, _, data = (text or "").partition(":")
    if version != str(EXTRACTED.version):
        return None
    try:
        return decode(Extracted, zlib.decompress(base64.b64decode(data)))
    except (ValueError, zlib.error):
        return None
