"""Bytes of a web page to an element tree, safely: any charset, any depth, no network, nothing expanded."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from schemas.messages.sentence import Sentence
from schemas.outcomes import Problem
from workers.convert.text.encoding import decode
from workers.convert.text.unseen import suspect_stretches

_HEAD_BYTES = 4096
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,300}\?>")
_INVISIBLE = re.compile(r"</?(?:script|style)\b", re.IGNORECASE)
# libxml2 takes quadratic time over the attributes of one element. Nothing is given back (``+``): each tag is read once.
_CROWDED = re.compile(r"<([A-Za-z][A-Za-z0-9]{0,30}+)[^<>]{10000,}+")
_MAX_ATTRIBUTES = 500
_MIN_LENGTH = 11
_TAG = re.compile(r"<[^<>]*>")
_VALUE = re.compile(r"<(?:input|option)\b[^>]{0,500}?\bvalue\s*=\s*[\"']?([^\"'>]{7,500})", re.IGNORECASE)
# What XML 1.0 cannot hold; libxml2 would cut the page at the first of them.
_FORBIDDEN = re.compile("[\x01-\x08\x0b\x0e-\x1f\x7f]")
_FORBIDDEN_BYTES = bytes(byte for byte in range(0x80) if _FORBIDDEN.match(chr(byte)))


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """A parsed page.

    Attributes:
        root: Its ``html`` element; None if the markup could not be made a tree.
        lines: Its text without markup, only where there is no tree.
        encoding: Python codec name of the bytes.
        problems: What was met.
        unseen: As in ``Converted``: comments, and values of form fields.
    """

    root: etree._Element | None
    lines: tuple[str, ...]
    encoding: str
    problems: tuple[Problem, ...]
    unseen: tuple[str, ...] = ()


def parse(data: bytes) -> HtmlPage:
    """Return the tree of a page; of one nested too deeply for a tree, its text."""
    declared = _CHARSET.search(data, 0, _HEAD_BYTES)
    decoded = decode(data, declared=declared[1].decode("ascii") if declared else None)
    text = _without_forbidden(_CROWDED.sub(_without_attributes, _body_of(decoded.text)))
    # huge_tree lifts the depth of a tree from 256 to 2048 elements; beyond that libxml2 drops the rest of the page.
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser) if text.strip() else None
    except etree.XMLSyntaxError:
        root = None  # nothing but comments and the like
    if root is not None and not any("Excessive depth" in entry.message for entry in parser.error_log):
        return HtmlPage(root, (), decoded.encoding, decoded.problems, _unseen(decoded.text))
    problem = Problem.of("convert", Sentence.of("html-nested"))
    problems = (*decoded.problems, problem) if root is not None else decoded.problems
    return HtmlPage(None, _text_lines(text), decoded.encoding, problems, _unseen(decoded.text))


def _unseen(text: str) -> tuple[str, ...]:
    """Return what the source of a page holds and no reader of it sees, as far as it may be personal."""
    comments = (_TAG.sub(" ", comment) for comment in _comments(text) if len(comment) >= _MIN_LENGTH)
    return suspect_stretches((*comments, *_VALUE.findall(text)))


def _comments(text: str) -> Iterator[str]:
    """Yield what comments hold; one never closed reaches to the end."""
    at = text.find("<!--")
    while at >= 0:
        end = text.find("-->", at + 4)
        yield text[at + 4 : end if end >= 0 else len(text)]
        at = text.find("<!--", end + 3) if end >= 0 else -1


def _without_forbidden(text: str) -> str:
    """Return the page with spaces for what markup cannot hold; bytes are looked through far sooner than characters."""
    encoded = text.encode("utf-8", "replace")
    return _FORBIDDEN.sub(" ", text) if len(encoded.translate(None, _FORBIDDEN_BYTES)) < len(encoded) else text


def _body_of(text: str) -> str:
    """Return the page without its XML declaration, whose charset is not that of the decoded text."""
    declaration = _DECLARATION.match(text)
    return text[declaration.end() :] if declaration else text


def _without_attributes(tag: re.Match[str]) -> str:
    return f"<{tag[1]} " if tag[0].count("=") > _MAX_ATTRIBUTES else tag[0]


def _text_lines(text: str) -> tuple[str, ...]:
    stripped = _TAG.sub("\n", _without_scripts(text))
    return tuple(line.strip() for line in stripped.split("\n") if line.strip())


def _without_scripts(text: str) -> str:
    """Return the text without scripts and style sheets; one never closed reaches to the next closing tag."""
    parts: list[str] = []
    begin: int | None = 0
    for tag in _INVISIBLE.finditer(text):
        closing = tag[0][1] == "/"
        if not closing and begin is not None:
            parts.append(text[begin : tag.start()])
            begin = None
        elif closing:
            begin = tag.start()
    return "".join(parts) + (text[begin:] if begin is not None else "")
