"""The output type and version of each stage; raising a version reprocesses everything from that stage on."""

from dataclasses import dataclass

from schemas.articles import Extracted
from schemas.blocks import Converted
from schemas.cleaned import Normalized
from workers import extract, normalize
from workers.convert import registry
from workers.pipeline.stage_names import CONVERT, EXTRACT, INDEX, NORMALIZE


@dataclass(frozen=True, slots=True)
class ArtefactKind:
    """A stage's output: the stage, its version, and the dataclass."""

    stage: str
    version: int
    holds: type


CONVERTED = ArtefactKind(CONVERT, registry.VERSION, Converted)
NORMALIZED = ArtefactKind(NORMALIZE, normalize.VERSION, Normalized)
EXTRACTED = ArtefactKind(EXTRACT, extract.VERSION, Extracted)
INDEX_VERSION = 3
VERSIONS = {**{kind.stage: kind.version for kind in (CONVERTED, NORMALIZED, EXTRACTED)}, INDEX: INDEX_VERSION}
