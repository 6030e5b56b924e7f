"""What a document worker hands the index stage in the message itself, so that it need not be read back from the store.

A shortcut and nothing more: where a message carries nothing, or what another version made, the artefact is loaded.
"""

import base64
import zlib

from pydantic import ValidationError

from schemas.articles import Extracted
from schemas.codec import decode
from schemas.jobs import Job
from workers.pipeline.artefacts import StageOutput
from workers.pipeline.runner import STAGES, Step

# Redis holds every message twice while it is worked on; longer ones, or more of them, are left to the store.
MAX_CHARACTERS = 32_000
MAX_WAITING = 500

_STAGE = STAGES["extract"]


def inline_artefact(made: tuple[StageOutput, ...], *, waiting: int) -> str | None:
    """Return what the message for the index stage takes along; None where that is nothing.

    Args:
        made: What was made in this process just now.
        waiting: How many messages wait already.
    """
    last = made[-1] if made else None
    if last is None or last.stage != _STAGE.name or waiting > MAX_WAITING:
        return None
    text = f"{last.version}:{base64.b64encode(last.compress()).decode('ascii')}"
    return text if len(text) <= MAX_CHARACTERS else None


def read_inline_artefact(job: Job, text: str | None) -> Step | None:
    """Return the step before the index stage from what its message carried; None where it has to be loaded."""
    version, _, data = (text or "").partition(":")
    if version != str(_STAGE.version):
        return None
    try:
        return Step(job, "index", decode(Extracted, zlib.decompress(base64.b64decode(data))))
    except (ValueError, zlib.error, ValidationError):
        return None
