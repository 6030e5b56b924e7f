"""``gongkai synonyms``: words that mean the same, learnt from the collection and confirmed by a person."""

from pathlib import Path
from typing import Annotated

import typer

from ops.cli.output import FINE, report_errors, say
from schemas.errors import SettingsError

app = typer.Typer(help="Words that mean the same, applied to searches.", no_args_is_help=True, rich_markup_mode=None)


def learn(
    out: Annotated[
        Path | None,
        typer.Option(help="File of synonyms to add the proposals to. Default: GONGKAI_SYNONYMS."),
    ] = None,
) -> int:
    """Propose short names defined in texts (以下简称…), with counts and evidence, to confirm in the file."""
    from ops.maintenance.words.synonyms import learn as look  # noqa: PLC0415  start-up
    from ops.maintenance.words.synonyms import propose  # noqa: PLC0415  start-up
    from search.query.synonyms import PROPOSED, read, shipped_text  # noqa: PLC0415  start-up
    from workers.pipeline.search_index import index_of  # noqa: PLC0415  start-up
    from workers.settings import load  # noqa: PLC0415  start-up

    settings = load()
    file = out or (Path(settings.synonyms) if settings.synonyms else None)
    if file is None:
        raise SettingsError("no file for the proposals: give --out FILE and name that file in GONGKAI_SYNONYMS")
    before = file.read_text("utf-8") if file.exists() else shipped_text()
    read(before, name=str(file))
    text = propose(before, look(index_of(settings)))
    partial = file.with_name(file.name + ".partial")
    partial.write_text(text, "utf-8")
    partial.replace(file)
    count = sum(line.startswith(PROPOSED) for line in text.splitlines())
    say(f"{count:,} proposed in {file}; remove the `?` of a line to use it")
    return FINE


@app.callback()
def synonyms() -> None:
    """Words that mean the same, applied to searches."""


app.command("learn")(report_errors(learn))
