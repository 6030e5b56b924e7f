"""Sitemaps (https://www.sitemaps.org/protocol.html) of the documents that may be shown, in constant memory."""

from collections.abc import Iterator
from itertools import islice
from urllib.parse import quote
from xml.sax.saxutils import escape

from schemas.outcomes import SEARCHABLE
from schemas.records import document_id
from search.office.output.harvest.arguments import write_moment
from search.office.output.harvest.site import Site
from search.office.output.harvest.xml import SITEMAP
from search.office.shown import find_shown
from search.protocol import RecordStore

# What the protocol allows in one file.
MOST = 50_000
MEDIA_TYPE = "application/xml; charset=utf-8"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def sitemap_chunks(index: RecordStore, site: Site, *, most: int = MOST) -> Iterator[bytes]:
    """Yield the sitemap, or the index of its parts where one file may not hold all documents."""
    if sum(index.counts().get(state, 0) for state in SEARCHABLE) <= most:
        yield from part_chunks(index, site, after="", most=most)
        return
    yield f'{_HEAD}<sitemapindex xmlns="{SITEMAP}">\n'.encode()
    for start in _starts(index, most):
        address = f"{site.address}/sitemap.xml?after={quote(start, safe='')}"
        yield f"<sitemap><loc>{escape(address)}</loc></sitemap>\n".encode()
    yield b"</sitemapindex>\n"


def part_chunks(index: RecordStore, site: Site, *, after: str, most: int = MOST) -> Iterator[bytes]:
    """Yield the part of a sitemap behind the key ``after``."""
    yield f'{_HEAD}<urlset xmlns="{SITEMAP}">\n'.encode()
    for record in islice(find_shown(index, after=after), most):
        changed = write_moment(record.indexed_at)
        yield f"<url><loc>{escape(site.page(record.id))}</loc><lastmod>{changed}</lastmod></url>\n".encode()
    yield b"</urlset>\n"


def _starts(index: RecordStore, most: int) -> Iterator[str]:
    """Yield what each part begins behind: nothing for the first, then the identifier of a document."""
    yield "-"
    shown = (one.key for one in index.record_keys() if one.state.is_searchable)
    for place, key in enumerate(shown, 1):
        if place % most == 0:
            yield document_id(key)
