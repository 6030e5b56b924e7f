"""Reads documents with gold as the stages do: converted in the sandbox and normalised."""

import sys
from collections.abc import Iterable, Iterator

from ops.bench.quality.gold import Gold
from schemas.cleaned import Normalized
from schemas.errors import DocumentError
from schemas.limits import Limits
from workers.normalize import normalize
from workers.sandbox.client import Sandbox


def read_clean(documents: Iterable[Gold]) -> Iterator[tuple[Gold, Normalized]]:
    """Yield each readable document, normalised; report unreadable ones on standard error."""
    sandbox = Sandbox(Limits())
    try:
        for gold in documents:
            try:
                with sandbox.convert(gold.path, hint=gold.path.suffix.lower()) as conversion:
                    yield gold, normalize(conversion.converted)
            except DocumentError as error:
                sys.stderr.write(f"{gold.path}: {error}\n")
    finally:
        sandbox.close()
