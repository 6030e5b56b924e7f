"""``gongkai search`` and ``gongkai status``: questions to the index, answered on the terminal."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from ops.cli.output import FAILED, FINE, AsJson, Prefix, print_json, say

if TYPE_CHECKING:
    from rich.text import Text

    from schemas.queries import DocumentHit, Snippet
    from schemas.records import DocumentRecord
    from search.protocol import Index

LISTED = 50


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

    asked = Query(query, issuer=issuer, year=year, prefix=prefix, size=size, offset=(page - 1) * size)
    result = _index().search(asked)
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


def status(
    prefix: Prefix = "",
    running: Annotated[bool, typer.Option("--running", help="List what is being worked on instead.")] = False,
    as_json: AsJson = False,
) -> int:
    """Say how many documents are indexed, partial, held, failed or removed, and why the failed ones are."""
    from schemas.outcomes import State  # noqa: PLC0415  start-up

    if running:
        from ops.cli.running_jobs import list_running  # noqa: PLC0415  start-up

        return list_running(prefix, as_json=as_json)
    index = _index()
    counts = index.counts(prefix)
    troubled = index.records(prefix, states=(State.FAILED, State.HELD, State.PARTIAL), limit=LISTED)
    if as_json:
        print_json({"counts": {state.value: n for state, n in sorted(counts.items())}, "troubled": troubled})
    else:
        for state in State:
            typer.echo(f"{state.value:10}{counts.get(state, 0):10,}")
        for record in troubled:
            typer.echo(reason(record))
        hidden = sum(counts.get(state, 0) for state in (State.FAILED, State.HELD, State.PARTIAL)) - len(troubled)
        if hidden > 0:
            say(f"and {hidden:,} more; narrow with --prefix")
    return FAILED if counts.get(State.FAILED) else FINE


def reason(record: "DocumentRecord") -> str:
    """Return one line that says what became of a document, and why."""
    why = record.problems[0].message if record.problems else ""
    category = f" ({record.category})" if record.category else ""
    return f"{record.state}{category}: {record.key}" + (f": {why}" if why else "")


def _index() -> "Index":
    from search.open import WordFiles, open_index  # noqa: PLC0415  start-up
    from workers.settings import load  # noqa: PLC0415  start-up

    settings = load()
    return open_index(
        settings.index_url,
        prefix=settings.index_prefix,
        user=settings.index_user,
        password=settings.index_password,
        refresh_seconds=settings.index_refresh_seconds,
        ca_file=settings.ca_file,
        words=WordFiles.named(synonyms=settings.synonyms, lexicon=settings.lexicon),
    )


def hit_lines(hit: "DocumentHit") -> "Iterator[Text]":
    """Yield a hit as lines for the terminal, its matches marked."""
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

    # Texts come from strangers: control characters would let them rewrite the terminal.
    text = Text("".join(c if c.isprintable() else " " for c in snippet.text), style=style)
    for start, end in snippet.marks:
        text.stylize("black on yellow", start, end)
    return text
