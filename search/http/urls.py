"""Absolute URLs of pages and feeds, for use outside this site."""

from collections.abc import Mapping
from urllib.parse import urlencode

from fastapi import Request

from schemas.anchors import section_anchor
from search.http.auth import services_of


def site_of(request: Request) -> str:
    """Return the public address of this service, without a trailing slash.

    Without the setting it is the address of the request, which behind a proxy depends on the proxy.
    """
    return services_of(request).access.public_url.rstrip("/") or str(request.base_url).rstrip("/")


def section_page(site: str, document_id: str, *, article: int, ordinal: int, line: int | None = None) -> str:
    """Return the address of a section, or a line of a long one, on the page of its document."""
    anchor = section_anchor(article, ordinal, line)
    return f"{site}/d/{document_id}?at={anchor}#{anchor}"


def article_page(site: str, document_id: str, *, article: int) -> str:
    """Return the address of an article on the page of its document."""
    return section_page(site, document_id, article=article, ordinal=0) if article else f"{site}/d/{document_id}"


def with_query(address: str, parameters: Mapping[str, object]) -> str:
    """Return an address with the parameters that are set."""
    filled = {name: value for name, value in parameters.items() if value not in (None, "", [])}
    return f"{address}?{urlencode(filled)}" if filled else address
