"""What each stage makes, and in which version: raising one has everything made anew from that stage on."""

from dataclasses import dataclass

from schemas.articles import Extracted
from schemas.blocks import Converted
from schemas.cleaned import Normalized
from workers import extract, normalize
from workers.convert import registry
from workers.pipeline.stage_names import CONVERT, EXTRACT, INDEX, NORMALIZE


@dataclass(frozen=True, slots=True)
class ArtefactKind:
    """What a stage makes: the stage, its version, and the dataclass."""

    stage: str
    version: int
    holds: type


CONVERTED = ArtefactKind(CONVERT, registry.VERSION, Converted)
NORMALIZED = ArtefactKind(NORMALIZE, normalize.VERSION, Normalized)
EXTRACTED = ArtefactKind(EXTRACT, extract.VERSION, Extracted)
INDEX_VERSION = 3
VERSIONS = {**{kind.stage: kind.version for kind in (CONVERTED, NORMALIZED, EXTRACTED)}, INDEX: INDEX_VERSION}
