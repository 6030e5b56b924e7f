"""The list styles of an OpenDocument text as ``numbering.NumberedList``, and which lists go on counting from which."""

import re
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field

from workers.convert.package.zip_parts import Element
from workers.convert.word.numbering import Level, NumberedList, Suffix
from workers.convert.word.odt.odf import LIBRE, OFFICE, STYLE, TEXT, XML, count

_SUFFIXES: dict[str, Suffix] = {"listtab": "tab", "space": "space", "nothing": "nothing"}
_TEMPLATE = re.compile(r"%(\d{1,2})%")
_MAX_COUNT = 10
_MAX_SIZE = 32767
_MAX_LENGTH = 64

# How LibreOffice names its formats: by their first numbers. WPS and AOO write the same.
_FORMATS = {
    **{"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "": "none"},
    **{"一, 二, 三, ...": "chineseCountingThousand", "壹, 贰, 叁, ...": "chineseLegalSimplified"},
    **{"壹, 貳, 參, ...": "ideographLegalTraditional", "①, ②, ③, ...": "circledToFifty"},
    **{"甲, 乙, 丙, ...": "ideographTraditional", "子, 丑, 寅, ...": "ideographZodiac"},
    **{"１, ２, ３, ...": "decimalFullWidth", "1, 2, 3, ...": "decimalFullWidth", "01, 02, 03, ...": "decimalZero"},
    **{"イ, ロ, ハ, ...": "irohaFullWidth", "ア, イ, ウ, ...": "aiueoFullWidth"},
    "1st": "ordinal",
    "일, 이, 삼, ... (ko-x-digital)": "koreanDigital",
}


@dataclass(slots=True)
class Lists:
    """The list styles of a document, and what its lists have counted.

    Attributes:
        definitions: ``text:list-style`` by name; ``text:outline-style`` as ``Outline``.
        counted: Identity that the list last met in each style counts under.
        by_id: The same by ``xml:id``.
        made: How many identities there are.
    """

    definitions: dict[str, Element] = field(default_factory=dict)
    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    counted: dict[str, str] = field(default_factory=dict)
    by_id: dict[str, str] = field(default_factory=dict)
    made: int = 0

    def add(self, root: Element | None) -> None:
        """Take in the list styles of a part."""
        for kind in ("styles", "automatic-styles"):
            for holder in root.iterfind(OFFICE + kind) if root is not None else ():
                for style in holder.iterfind(TEXT + "list-style"):
                    self.definitions[style.get(STYLE + "name", "")] = style
                for style in holder.iterfind(TEXT + "outline-style"):
                    self.definitions["Outline"] = style

    def begin(self, element: Element, style: str) -> Hashable:
        """Return the identity of the list that an outermost ``text:list`` of a style is, or goes on with."""
        resumed = element.get(TEXT + "continue-list")
        if resumed and resumed in self.by_id:
            identity = self.by_id[resumed]
        elif (element.get(TEXT + "continue-numbering") == "true" or style == "Outline") and style in self.counted:
            identity = self.counted[style]
        else:
            self.made += 1
            identity = f"{style}#{self.made}"
        self.counted[style] = identity
        for name in (XML + "id", TEXT + "id"):
            if found := element.get(name):
                self.by_id[found] = identity
        return identity

    def numbered_list(self, style: str, identity: Hashable) -> NumberedList:
        """Return a list of a style."""
        if style not in self.levels:
            self.levels[style] = dict(_levels(self.definitions.get(style)))
        return NumberedList(identity, self.levels[style])


def start_of(item: Element) -> int | None:
    """Return the number a list item or heading sets, or None."""
    text = item.get(TEXT + "start-value", "")
    return min(int(text), _MAX_SIZE) if text.isascii() and text.isdigit() and len(text) < 9 else None


def _levels(style: Element | None) -> Iterator[tuple[int, Level]]:
    for element in style if style is not None else ():
        level = count(element.get(TEXT + "level"), 1, most=_MAX_COUNT) - 1
        numbered = str(element.tag).endswith(("list-level-style-number", "outline-level-style"))
        yield level, _level(element, level) if numbered else Level(format="bullet")


def _level(element: Element, level: int) -> Level:
    label = element.find(f"{STYLE}list-level-properties/{STYLE}list-level-label-alignment")
    followed = label.get(TEXT + "label-followed-by", "") if label is not None else ""
    format_ = element.get(STYLE + "num-format", "")
    start = start_of(element)
    return Level(
        start=1 if start is None else start,
        format=_letters(element, format_) or _FORMATS.get(format_, "decimal"),
        parts=tuple(_parts(element, level)) if format_ else (_affix(element, "prefix") + _affix(element, "suffix"),),
        suffix=_SUFFIXES.get(followed, "tab"),
    )


def _letters(element: Element, format_: str) -> str:
    """Return the format of letters: after z come aa, ab …, or aa, bb … where they are in step (ODF 1.3, 19.500)."""
    if format_ not in {"a", "A"} or element.get(STYLE + "num-letter-sync") == "true":
        return ""
    return "lowerLetterPlaces" if format_ == "a" else "upperLetterPlaces"


def _parts(element: Element, level: int) -> Iterator[str | int]:
    """Yield what a label is made of: the template of newer files, else prefix, the levels shown, and suffix."""
    template = element.get(LIBRE + "num-list-format")
    if template and _TEMPLATE.search(template[:_MAX_LENGTH]):
        for index, piece in enumerate(_TEMPLATE.split(template[:_MAX_LENGTH])):
            if piece:
                yield min(max(int(piece), 1), _MAX_COUNT) - 1 if index % 2 else piece
        return
    shown = min(count(element.get(TEXT + "display-levels"), 1, most=_MAX_COUNT), level + 1)
    yield _affix(element, "prefix")
    for upper in range(level + 1 - shown, level + 1):
        if upper > level + 1 - shown:
            yield "."
        yield upper
    yield _affix(element, "suffix")


def _affix(element: Element, kind: str) -> str:
    return element.get(f"{STYLE}num-{kind}", "")[:_MAX_LENGTH]
