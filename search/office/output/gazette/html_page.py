"""A gazette as an html page of its own: contents that lead to the documents below them."""

from collections.abc import Iterator
from html import escape

from search.office.output.gazette.issue import Issue
from search.office.output.reprint.html_parts import STYLE, html_lines

MEDIA_TYPE = "text/html; charset=utf-8"


def html_chunks(issue: Issue) -> Iterator[bytes]:
    """Yield the page, a document at a time."""
    for line in _lines(issue):
        yield line.encode("utf-8", "replace") + b"\n"


def _lines(issue: Issue) -> Iterator[str]:
    name = escape(issue.title)
    yield f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>{name}</title>'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<style>{STYLE}</style></head><body>\n<h1>{name}</h1>"
    yield '<nav aria-label="目录"><ol>'
    for place, entry in enumerate(issue.entries(), 1):
        yield f'<li><a href="#d{place}">{escape(entry)}</a></li>'
    yield "</ol></nav>"
    for place, item in enumerate(issue.items, 1):
        yield "<article>"
        yield from html_lines(issue.parts(item), anchor=f"d{place}", top=2)
        yield "</article>"
    yield "</body></html>"
