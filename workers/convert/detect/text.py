"""Which kind of text the head of a file is: web page, saved page, mail, data, or plain text; None if it is none."""

import re

from workers.convert.text.encoding import looks_like_text

_HTML_START = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|title|table|div|p|center|span|font|script)\b", re.IGNORECASE
)
_HTML_TAG = re.compile(
    r"<(?:html|head|body|meta|title|table|td|div|p|br|span|font|script|link|ul|li|a)\b", re.IGNORECASE
)
_HTML_ROOT = re.compile(r"<(?:html|body)\b", re.IGNORECASE)
_PROLOGUE = re.compile(r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.*?(?:-->|\Z)\s*)*", re.DOTALL)
_HEADER = re.compile(r"^([A-Za-z][A-Za-z0-9-]{1,60}):[ \t]?", re.MULTILINE)
# RFC 4155, appendix A: 「From 」, the sender, the date. Apple Mail begins with the mail's length in bytes.
_BOX = re.compile(r"From \S{1,320} [^\r\n]{6,60}\r?\n")
_EMLX = re.compile(r"\d{1,10} {0,10}\r?\n")
_MAIL_HEADERS = frozenset(
    {"from", "to", "cc", "subject", "date", "sender", "reply-to", "message-id", "received", "return-path"}
    | {"delivered-to", "mime-version", "content-type", "content-transfer-encoding", "x-mailer", "x-sender"}
    | {"snapshot-content-location"}
)


def kind_of_text(head: bytes, named: str | None) -> str | None:
    """Return the kind of a text (``html``, ``eml``, ``mbox``, ``emlx``, ``json``, ``txt`` …); None if it is none.

    Args:
        head: First bytes of the file; a character may be cut at the end.
        named: The format its name claims; chooses among csv, md, eml and txt only.
    """
    encoding = looks_like_text(head)
    if encoding is None:
        return None
    text = head.decode(encoding, "replace").lstrip("\ufeff\x00")
    return _mail(text, named) or _markup(text) or _data(text, named)


def _markup(text: str) -> str | None:
    if "<" not in text:
        return None
    start = _PROLOGUE.match(text)
    rest = text[start.end() :] if start else text
    if _HTML_START.match(rest):
        return "html"
    if text.lstrip().startswith("<?xml"):
        return "xml"
    # A page saved without its head, or with text in front of it: markup has to be dense, a stray tag is no page.
    tags = len(_HTML_TAG.findall(text))
    dense = tags * 300 > len(text) and ("</" in text or "<br" in text.lower())
    return "html" if dense and (tags >= 5 or _HTML_ROOT.search(text)) else None


def _mail(text: str, named: str | None) -> str | None:
    if (start := _BOX.match(text) or _EMLX.match(text)) and _mail(text[start.end() :], "eml") == "eml":
        return "mbox" if text.startswith("From ") else "emlx"
    text = text.lstrip()
    if not _HEADER.match(text):
        return None
    block = re.split(r"\r?\n\r?\n", text, maxsplit=1)[0]
    names = {name.lower() for name in _HEADER.findall(block)} & _MAIL_HEADERS
    related = re.search(r"^content-type:\s*multipart/related", block, re.IGNORECASE | re.MULTILINE)
    if "mime-version" in names and related and ("received" not in names):
        return "mht"
    return "eml" if len(names) >= (1 if named == "eml" else 3) else None


def _data(text: str, named: str | None) -> str:
    if re.match(r'\s*(?:\{\s*(?:"|\})|\[\s*(?:[\[{"\]]|-?\d))', text) and (named == "json" or text.lstrip()[0] == "{"):
        return "json"
    return named if named in {"csv", "md"} else "txt"
