"""The artefact of the normalize stage: clean simplified text, with its removals and damages."""

from dataclasses import dataclass
from typing import Literal

from schemas.blocks import Clue, Role, Style
from schemas.outcomes import Problem


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One clean paragraph or table.

    Attributes:
        text: Simplified, clean text, which is indexed.
        original: The same text in its original script, of exactly the same length so that an offset in one is an
            offset in the other; None if it equals ``text``.
        block: Index into ``Converted.blocks`` of the block it came from (of the first, where several were joined).
        kind: ``paragraph`` or ``table``.
        role: As in ``Block``.
        number: As in ``Block``: a generated list number at the start of ``text``.
        page: 1-based page.
        style: Typographic evidence.
        rows: Clean cells of a table.
    """

    text: str
    original: str | None = None
    block: int = 0
    kind: Literal["paragraph", "table"] = "paragraph"
    role: Role = "body"
    number: str | None = None
    page: int | None = None
    style: Style | None = None
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def display(self) -> str:
        """Return the text in the script the document was written in."""
        return self.text if self.original is None else self.original


@dataclass(frozen=True, slots=True)
class Removal:
    """A stretch removed from the text.

    Attributes:
        rule: Name of the removing rule, e.g. ``injected_pinyin``, ``page_number``, ``seo_spam``, ``page_chrome``.
        text: The removed text, verbatim.
        block: Index of the block that contained it.
        offset: Character offset inside that block's original text, or None for a whole block.
    """

    rule: str
    text: str
    block: int
    offset: int | None = None


@dataclass(frozen=True, slots=True)
class Damage:
    """A place where the source lost characters; it is marked and never guessed.

    Attributes:
        rule: Name of the rule that detected it, e.g. ``broken_pinyin``, ``lost_mark``, ``truncated``, ``mojibake``.
        paragraph: Index into ``Normalized.paragraphs``.
        offset: Character offset inside that paragraph's clean text.
        text: The damaged stretch, verbatim from the source.
    """

    rule: str
    paragraph: int
    offset: int
    text: str


@dataclass(frozen=True, slots=True)
class Normalized:
    """A clean document.

    Attributes:
        format: As in ``Converted``.
        paragraphs: In reading order.
        clues: Those of the conversion and those read from page chrome before it was removed.
        removals: Removed stretches, in text order.
        damages: Places where the source lost characters.
        script: ``hans``, ``hant`` or ``none`` (no Han text).
        flags: Conditions worth knowing about the whole document: ``spam``, ``truncated``, ``injected_pinyin`` …
        problems: Problems of this stage and those before.
        unseen: As in ``Converted``.
    """

    format: str
    paragraphs: tuple[Paragraph, ...]
    clues: tuple[Clue, ...] = ()
    removals: tuple[Removal, ...] = ()
    damages: tuple[Damage, ...] = ()
    script: Literal["hans", "hant", "none"] = "none"
    flags: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    unseen: tuple[str, ...] = ()
