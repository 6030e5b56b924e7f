"""``gongkai office letters`` and ``fee``: letters of answer by their results, and the fee of applications."""

from typing import Annotated

import typer

from ops.cli.office.table_output import Out, write_table
from ops.cli.output import FINE, AsJson, print_json, say


def letters(
    unit: Annotated[str, typer.Option(help="Only letters of this office.")] = "",
    year: Annotated[str, typer.Option(help="Only letters of this year.")] = "",
    result: Annotated[
        int | None, typer.Option(min=0, max=7, help="List the letters of a result instead; 0: of none of the seven.")
    ] = None,
    listed: Annotated[bool, typer.Option("--list", help="List the letters of all results instead.")] = False,
    out: Out = None,
    as_json: AsJson = False,
) -> int:
    """Count letters of answer by the seven results of 条例第三十六条, by unit and year."""
    from ops.system import open_system  # noqa: PLC0415  start-up
    from search.office.letters.count import (  # noqa: PLC0415  start-up
        LetterSelection,
        count_letters,
        count_table,
        find_letters,
        letter_table,
    )
    from workers.settings import load  # noqa: PLC0415  start-up

    selection = LetterSelection(unit, year, result)
    with open_system(load()) as system:
        if listed or result is not None:
            write_table(letter_table(find_letters(system.context.index, selection)), out, as_json=as_json)
            return FINE
        rows = count_letters(system.context.index, selection)
    write_table(count_table(rows), out, as_json=as_json)
    say(f"{sum(row.letters for row in rows)} letters in {len(rows)} rows")
    return FINE


def fee(
    requests: Annotated[int | None, typer.Option(min=0, max=100_000, help="Of one applicant in a month.")] = None,
    pages: Annotated[int | None, typer.Option(min=0, max=100_000, help="Of one application.")] = None,
    as_json: AsJson = False,
) -> int:
    """Compute the fee of applications by number or by pages (国办函〔2020〕109号), in 元."""
    from schemas.office.findings import basis_text  # noqa: PLC0415  start-up
    from search.office.letters.fee import fee_by_pages, fee_by_requests, fee_rows  # noqa: PLC0415  start-up

    if (requests is None) == (pages is None):
        raise typer.BadParameter("give either --requests or --pages: a fee is never by both (第三条)")
    found = fee_by_requests(requests) if requests is not None else fee_by_pages(pages or 0)
    if as_json:
        print_json({"unit": found.unit, "count": found.count, "amount": found.amount, "tiers": found.tiers})
        return FINE
    for name, rate, amount in fee_rows(found):
        typer.echo(f"{name}  {rate} 元  {amount} 元")
    typer.echo(f"{found.count}{found.unit}  {found.amount} 元  {basis_text(found.basis)}")
    return FINE
