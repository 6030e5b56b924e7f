"""Fetch all hits of a query, page by page, and turn them into table rows for export."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from schemas.queries import DocumentHit, Query, SearchResult, SectionHit
from search.http.urls import article_page, section_page

COLUMNS = (
    "标题", "发文机关", "文号", "成文日期", "发布日期", "地区", "文种", "格式", "来源",
    "章节", "内容", "页码", "相近文件", "文件", "链接",
)  # fmt: skip

Cell = str | int | float | None


def every_hit(search: Callable[[Query], SearchResult], query: Query) -> Iterator[DocumentHit]:
    """Yield all hits of a query, a page at a time; the first page is fetched before this returns.

    Raises:
        DependencyError: The index does not answer; also raised during iteration.
    """
    return _next_pages(search, query, search(query))


def _next_pages(search: Callable[[Query], SearchResult], query: Query, result: SearchResult) -> Iterator[DocumentHit]:
    seen: set[str] = set()
    while True:
        yield from result.hits
        if result.cursor is None or result.cursor in seen:
            return
        seen = {result.cursor}
        result = search(replace(query, cursor=result.cursor))


def table_rows(hit: DocumentHit, *, site: str) -> Iterator[tuple[Cell, ...]]:
    """Yield a row for each shown section of a hit, or one row without a section if there is none."""
    facts: tuple[Cell, ...] = (
        hit.title.text, hit.issuer, hit.document_number, hit.signed_on, hit.published_on,
        hit.region, hit.kind, hit.format, hit.source,
    )  # fmt: skip
    for section in hit.sections or (None,):
        yield (*facts, *_section_cells(hit, section, site))


def _section_cells(hit: DocumentHit, section: SectionHit | None, site: str) -> tuple[Cell, ...]:
    if section is None:
        return "", "", None, hit.others, hit.key, article_page(site, hit.document_id, article=hit.article)
    link = section_page(site, hit.document_id, article=hit.article, ordinal=section.ordinal, line=section.line)
    path = " › ".join(section.path_original or section.path)
    return path, section.text.text, section.page, hit.others, hit.key, link
