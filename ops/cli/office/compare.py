"""``gongkai office compare``: two versions of a regulation side by side, article by article."""

from typing import Annotated

import typer

from ops.cli.office.table_output import Out, write_table
from ops.cli.output import FINE, AsJson, say


def compare(
    old: Annotated[str, typer.Argument(help="Key of the older version.")],
    new: Annotated[str, typer.Argument(help="Key of the newer version.")],
    out: Out = None,
    as_json: AsJson = False,
) -> int:
    """Compare two documents of the index by article; words that only one of them has stand in 〔 〕."""
    from ops.system import open_system  # noqa: PLC0415  start-up
    from schemas.office.comparison import Difference  # noqa: PLC0415  start-up
    from schemas.records import document_id  # noqa: PLC0415  start-up
    from search.office.compare.pairs import compare_provisions  # noqa: PLC0415  start-up
    from search.office.compare.provisions import read_provisions  # noqa: PLC0415  start-up
    from search.office.compare.table import comparison_table  # noqa: PLC0415  start-up
    from workers.settings import load  # noqa: PLC0415  start-up

    with open_system(load()) as system:
        versions = [read_provisions(system.context.index.sections(document_id(key))) for key in (old, new)]
    for key, found in zip((old, new), versions, strict=True):
        if not found:
            raise typer.BadParameter(f"{key}: the index has no text of a document of this key; see gongkai status")
    pairs = compare_provisions(*versions)
    write_table(comparison_table(pairs), out, as_json=as_json)
    counts = {difference: sum(one.difference is difference for one in pairs) for difference in Difference}
    say(", ".join(f"{count} {difference}" for difference, count in counts.items() if count))
    return FINE
