"""The lists of ``word/numbering.xml`` as ``numbering.NumberedList``, resolved when a paragraph first asks for one."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from workers.convert.word.docx.wml import MC, Element, W, integer, is_on, number, value
from workers.convert.word.numbering import Level, NumberedList, Suffix, parts_of

SUFFIXES: dict[str, Suffix] = {"tab": "tab", "space": "space", "nothing": "nothing"}
_LEVELS = range(9)
_MAX_LINK_DEPTH = 8


@dataclass(slots=True)
class Lists:
    """List definitions and instances of a document.

    Attributes:
        definitions: ``w:abstractNum`` by identifier.
        instances: ``w:num`` by identifier.
        list_of_style: Returns the instance a numbering style stands for.
    """

    definitions: dict[str, Element]
    instances: dict[str, Element]
    list_of_style: Callable[[str], str | None]
    known: dict[str, NumberedList | None] = field(default_factory=dict)

    def get(self, identifier: str) -> NumberedList | None:
        """Return a list instance; None for ``0`` (Word's way to say none) and for what is not defined."""
        if identifier not in self.known:
            self.known[identifier] = self._resolve(identifier)
        return self.known[identifier]

    def _resolve(self, identifier: str) -> NumberedList | None:
        instance = self.instances.get(identifier)
        if instance is None or identifier == "0":
            return None
        definition_id, definition = self._definition(value(instance, W + "abstractNumId"))
        if definition is None:
            return None
        levels = _levels(definition)
        starts: dict[int, int] = {}
        for override in instance.findall(W + "lvlOverride"):
            level = integer(override.get(W + "ilvl"))
            if level is None or level not in _LEVELS:
                continue
            replaced = override.find(W + "lvl")
            if replaced is not None:
                levels[level] = _level(replaced)
            start = number(override, W + "startOverride")
            if start is not None:
                starts[level] = start
        return NumberedList(definition_id, levels, starts)

    def _definition(self, identifier: str | None) -> tuple[str, Element | None]:
        """Follow ``w:numStyleLink`` to the definition that has the levels."""
        for _ in range(_MAX_LINK_DEPTH):
            definition = self.definitions.get(identifier or "")
            style = value(definition, W + "numStyleLink")
            linked = self.instances.get((style and self.list_of_style(style)) or "")
            if definition is None or linked is None or definition.find(W + "lvl") is not None:
                return identifier or "", definition
            identifier = value(linked, W + "abstractNumId")
        return identifier or "", None


def read_lists(root: Element | None, list_of_style: Callable[[str], str | None]) -> Lists:
    """Return the lists of a numbering part; none if the document has no such part."""
    definitions: dict[str, Element] = {}
    instances: dict[str, Element] = {}
    if root is not None:
        definitions = {item.get(W + "abstractNumId", ""): item for item in root.iter(W + "abstractNum")}
        instances = {item.get(W + "numId", ""): item for item in root.iter(W + "num")}
    return Lists(definitions, instances, list_of_style)


def _levels(definition: Element) -> dict[int, Level]:
    levels: dict[int, Level] = {}
    for element in definition.findall(W + "lvl"):
        index = integer(element.get(W + "ilvl"))
        if index is not None and index in _LEVELS:
            levels[index] = _level(element)
    return levels


def _level(element: Element) -> Level:
    legal, hidden = element.find(W + "isLgl"), element.find(f"{W}rPr/{W}vanish")
    start = number(element, W + "start")
    level = Level(
        start=0 if start is None else start,
        parts=parts_of(value(element, W + "lvlText") or ""),
        suffix=SUFFIXES.get(value(element, W + "suff") or "", "tab"),
        restart=number(element, W + "lvlRestart"),
        legal=legal is not None and is_on(legal),
        style=value(element, W + "pStyle"),
        hidden=hidden is not None and is_on(hidden),
    )
    return _with_format(level, element)


def _with_format(level: Level, element: Element) -> Level:
    """Set the number format, a custom one included, which Word wraps into alternatives for older readers."""
    newest = next(element.iterfind(f"{MC}AlternateContent/{MC}Choice/{W}numFmt"), None)
    found = newest if newest is not None else element.find(W + "numFmt")
    name = found.get(W + "val", "decimal") if found is not None else "decimal"
    pattern = found.get(W + "format") if found is not None and name == "custom" else None
    return replace(level, format=name, pattern=pattern)
