"""Atom feeds (RFC 4287) of search results. All texts are sent as plain text, never as markup."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from schemas.xml_text import legal_xml

NAMESPACE = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml"


register_namespace("", NAMESPACE)


@dataclass(frozen=True, slots=True)
class AtomEntry:
    """One entry.

    Attributes:
        name: The only source of the entry's identifier: the same entry must always have the same name.
        title: Plain text.
        link: Absolute URL of its page.
        updated: Seconds since 1970.
        summary: Plain text.
        author: The issuer.
    """

    name: str
    title: str
    link: str
    updated: float
    summary: str
    author: str | None = None


def feed(title: str, entries: Iterable[AtomEntry], *, name: str, address: str, page: str) -> bytes:
    """Return a feed document.

    Args:
        title: Title of the feed.
        entries: Entries, newest first.
        name: The source of the feed's identifier.
        address: Absolute URL of the feed.
        page: Absolute URL of the page with the same content.
    """
    listed = list(entries)
    root = Element(f"{{{NAMESPACE}}}feed", {"xml:lang": "zh"})
    _text(root, "id", _identifier(name))
    _text(root, "title", title)
    _text(root, "updated", _moment(max((entry.updated for entry in listed), default=0.0)))
    _link(root, address, "self")
    _link(root, page, "alternate")
    _text(SubElement(root, f"{{{NAMESPACE}}}author"), "name", "公开检索")
    for entry in listed:
        _entry(root, entry)
    body: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return body


def _entry(root: Element, entry: AtomEntry) -> None:
    element = SubElement(root, f"{{{NAMESPACE}}}entry")
    _text(element, "id", _identifier(entry.name))
    _text(element, "title", entry.title or "（无标题）")
    _text(element, "updated", _moment(entry.updated))
    _link(element, entry.link, "alternate")
    _text(element, "summary", entry.summary)
    if entry.author:
        _text(SubElement(element, f"{{{NAMESPACE}}}author"), "name", entry.author)


def _text(parent: Element, tag: str, text: str) -> None:
    SubElement(parent, f"{{{NAMESPACE}}}{tag}").text = legal_xml(text, instead=" ")


def _link(parent: Element, address: str, relation: str) -> None:
    SubElement(parent, f"{{{NAMESPACE}}}link", {"rel": relation, "href": legal_xml(address, instead="")})


def _identifier(name: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, 'gongkai:' + name.encode('utf-8', 'replace').decode())}"


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
