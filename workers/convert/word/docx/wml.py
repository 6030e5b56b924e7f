"""Names of WordprocessingML and how its values are read; nothing that knows what a document is."""

from lxml import etree

Element = etree._Element

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = f"{{{WORD}}}"
R = f"{{{RELATIONS}}}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
VML = "{urn:schemas-microsoft-com:vml}"
DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"

VAL = W + "val"
PARAGRAPH_PROPERTIES = W + "pPr"
RUN_PROPERTIES = W + "rPr"
TEXT = W + "t"
PARAGRAPH = W + "p"
TABLE = W + "tbl"
BOX = W + "txbxContent"

DELETED = frozenset({W + "del", W + "moveFrom"})
"""Wrappers of tracked changes whose content is not in the final text."""

_OFF = frozenset({"0", "false", "off"})
_MAX_SIZE = 2**31
_MAX_NUMBER_LENGTH = 16


def value(parent: Element | None, tag: str) -> str | None:
    """Return the ``w:val`` of a direct child, or None."""
    child = child_of(parent, tag) if parent is not None else None
    return child.get(VAL) if child is not None else None


def child_of(parent: Element, tag: str) -> Element | None:
    """Return the first direct child of a name: as ``find`` does, which reads a path, in a third of its time."""
    return next(parent.iterchildren(tag), None)


def integer(text: str | None) -> int | None:
    """Return a whole number, or None if the text is none Word would accept."""
    if not text or len(text) > _MAX_NUMBER_LENGTH:
        return None
    try:
        number = int(text)
    except ValueError:
        return None
    return number if -_MAX_SIZE <= number < _MAX_SIZE else None


def number(parent: Element | None, tag: str) -> int | None:
    """Return the ``w:val`` of a direct child as a whole number, or None."""
    return integer(value(parent, tag))


def is_on(element: Element) -> bool:
    """Return whether an on-off property that is present is on."""
    return element.get(VAL, "1").lower() not in _OFF


def choose_alternative(alternatives: Element) -> Element | None:
    """Return the one branch of ``mc:AlternateContent`` to read: the first choice, unless only the fallback has text."""
    choice, fallback = alternatives.find(MC + "Choice"), alternatives.find(MC + "Fallback")
    if choice is None or fallback is None:
        return choice if choice is not None else fallback
    return fallback if not _has_text(choice) and _has_text(fallback) else choice


def _has_text(branch: Element) -> bool:
    return next(branch.iter(TEXT, MATH + "t", VML + "textpath", DIAGRAM + "relIds"), None) is not None
