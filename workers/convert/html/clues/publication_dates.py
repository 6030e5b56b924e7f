"""When a page says for machines that it was published: JSON-LD, ``itemprop`` and ``time`` elements.

The ``meta`` elements are read in ``page``.
"""

import re
from collections.abc import Iterator

from lxml import etree

from schemas.blocks import Clue

_LABEL = "datePublished"
# JSON-LD by hand is often broken JSON, so it is searched, not parsed.
_JSON_DATE = re.compile(r'"datePublished"\s{0,9}:\s{0,9}"([^"\n]{8,40})"')
_DATE = re.compile(r"(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}")
_MARKED_TAGS = ("time", "meta", "span", "div", "p")
_AROUND_TITLE = frozenset({"article", "header"})


def stamp_clues(root: etree._Element) -> Iterator[Clue]:
    """Yield at most one clue: the first date of publication that is marked as such, the surest kind first."""
    values = (*_json_dates(root), *_marked_dates(root))
    date = next((value for value in values if _DATE.match(value)), None)
    if date is not None:
        yield Clue(_LABEL, date, "html_meta")


def _json_dates(root: etree._Element) -> Iterator[str]:
    for script in root.iter("script"):
        if (script.get("type") or "").strip().lower() == "application/ld+json":
            yield from _JSON_DATE.findall("".join(map(str, script.itertext())))


def _marked_dates(root: etree._Element) -> Iterator[str]:
    """Yield the values of ``itemprop``, and of ``time`` where it belongs to the head of an article."""
    for element in root.iter(*_MARKED_TAGS):
        said = element.attrib
        if not said and element.tag != "time":
            continue
        marked = (said.get("itemprop") or "").lower() == "datepublished" or "pubdate" in said
        parent = element.getparent()
        near = element.tag == "time" and parent is not None and parent.tag in _AROUND_TITLE
        if marked or near:
            yield (element.get("datetime") or element.get("content") or "".join(map(str, element.itertext()))).strip()
