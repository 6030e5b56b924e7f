"""``gongkai search``: searches the index from the terminal."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from ops.cli.output import FINE, AsJson, print_json, say

if TYPE_CHECKING:
    from rich.text import Text

    from schemas.queries import DocumentHit, Snippet


def search(
    query: Annotated[str, typer.Argument(help='Words; "…" is an exact phrase.')],
    issuer: Annotated[str | None, typer.Option(help="发文机关, exact.")] = None,
    year: Annotated[int | None, typer.Option(help="Year of 成文日期, else of 发布日期.")] = None,
    prefix: Annotated[str | None, typer.Option(help="Only objects whose key starts with this.")] = None,
    size: Annotated[int, typer.Option(min=1, max=100, help="Documents a page.")] = 10,
    page: Annotated[int, typer.Option(min=1, max=100, help="1-based page.")] = 1,
    as_json: AsJson = False,
) -> int:
    """Search the sections of all documents."""
    from schemas.queries import Query  # noqa: PLC0415  start-up
    from workers.pipeline.search_index import index_of  # noqa: PLC0415  start-up
    from workers.settings import load  # noqa: PLC0415  start-up

    asked = Query(query, issuer=issuer, year=year, prefix=prefix, size=size, offset=(page - 1) * size)
    result = index_of(load()).search(asked)
    if as_json:
        print_json(result)
        return FINE
    from rich.console import Console  # noqa: PLC0415  start-up

    console = Console(highlight=False)
    for hit in result.hits:
        for line in hit_lines(hit):
            console.print(line, soft_wrap=not console.is_terminal)
    say(f"{result.documents} documents, {result.sections} sections, {result.milliseconds:.0f} ms")
    return FINE


def hit_lines(hit: "DocumentHit") -> "Iterator[Text]":
    """Yield the lines of a hit for the terminal, with its matches marked."""
    from rich.text import Text  # noqa: PLC0415  start-up

    facts = (hit.issuer, hit.document_number, hit.signed_on or hit.published_on, hit.key)
    yield _mark_matches(hit.title, style="bold")
    yield Text("  " + "  ".join(fact for fact in facts if fact), style="dim")
    for section in hit.sections:
        if section.path:
            yield Text("  " + " › ".join(section.path), style="cyan")
        if section.text.text.strip():
            yield Text("    ") + _mark_matches(section.text)
    yield Text()


def _mark_matches(snippet: "Snippet", *, style: str = "") -> "Text":
    from rich.text import Text  # noqa: PLC0415  start-up

    # Documents are untrusted: their control characters could rewrite the terminal.
    text = Text("".join(c if c.isprintable() else " " for c in snippet.text), style=style)
    for start, end in snippet.marks:
        text.stylize("black on yellow", start, end)
    return text
