"""``gongkai bench quality DIR``: scores extraction against gold values, by kind and format."""

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ops.cli.output import FAILED, FINE, WRONG_USE, print_json, say
from ops.cli.progress_bar import Bar

if TYPE_CHECKING:
    from ops.bench.quality.score import Score

_WORST, _MISSES = 10, 6


def bench_quality(folder: Path | None, *, as_json: bool) -> int:
    """Read the documents of a folder with gold; print the scores and the worst; see ``ops.bench.quality``."""
    from ops.bench.quality.gold import GoldError, read_gold  # noqa: PLC0415  start-up
    from ops.bench.quality.score import score, summarize  # noqa: PLC0415  start-up
    from ops.bench.quality.stage_run import read_clean  # noqa: PLC0415  start-up
    from workers.extract import extract  # noqa: PLC0415  start-up

    if folder is None:
        say("name the folder with the documents and their gold: gongkai bench quality DIR")
        return WRONG_USE
    try:
        gold = read_gold(folder)
    except GoldError as error:
        say(str(error))
        return FAILED
    with Bar("bench quality"):
        scores = [score(one, extract(clean)) for one, clean in read_clean(gold)]
    groups = {name: summarize(members) for name, members in _groups(scores).items()}
    if as_json:
        print_json(groups)
        return FINE
    for name, figures in groups.items():
        typer.echo(f"{name:28}" + "  ".join(f"{key} {value}" for key, value in figures.items()))
    _print_worst(scores)
    return FINE


def _groups(scores: "list[Score]") -> "dict[str, list[Score]]":
    groups: dict[str, list[Score]] = defaultdict(list)
    for one in scores:
        for name in ("all", f"format {one.format}", f"kind {one.gold.kind}"):
            groups[name].append(one)
    return dict(sorted(groups.items()))


def _print_worst(scores: "list[Score]") -> None:
    for one in sorted(scores, key=lambda one: -one.faults)[:_WORST]:
        if one.faults:
            typer.echo(f"\n{one.gold.path.name}: {one.found} headings right, {one.false} false, {one.missing} missing")
        for miss in one.misses[:_MISSES]:
            typer.echo(f"  {miss.field}: read {miss.read}, right {miss.right}  {miss.evidence}".rstrip())
