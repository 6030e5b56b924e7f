"""All sentences by their code; a code that stands in two of the parts stops the start."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from schemas.messages import containers, drawings, extract, formats, pages, pipeline, word
from schemas.messages.template import Template


def _join(parts: Iterable[Mapping[str, Template]]) -> Mapping[str, Template]:
    joined: dict[str, Template] = {}
    for part in parts:
        if twice := joined.keys() & part.keys():
            raise ValueError(f"codes of messages stand twice: {', '.join(sorted(twice))}")
        joined |= part
    return MappingProxyType(joined)


_PARTS = (containers, drawings, extract, formats, pages, pipeline, word)
MESSAGES = _join(part.MESSAGES for part in _PARTS)
