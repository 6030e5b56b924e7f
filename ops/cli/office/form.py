"""``gongkai office form``: fills the annual report's tables from records; writes docx, html or JSON."""

from pathlib import Path
from typing import Annotated

import typer

from ops.cli.office.records import read_record_files
from ops.cli.output import FAILED, FINE, print_json, say

Out = Annotated[Path | None, typer.Option(help="File to write (.docx, .html, .json); default: print JSON.")]
Text = Annotated[Path | None, typer.Option(help="Text file with the prose of 存在的主要问题及改进情况.")]


def form(
    files: Annotated[list[Path], typer.Argument(help="Tables of records (CSV, XLSX): 申请台账, 复议诉讼, 表二.")],
    unit: Annotated[str, typer.Option(help="The unit that reports.")],
    year: Annotated[int, typer.Option(min=2021, max=9999, help="Year of the report.")],
    problems: Text = None,
    out: Out = None,
) -> int:
    """Fill the form of the annual report (国办公开办函〔2021〕30号). Exit code 1 if rows could not be used."""
    from search.office.form.fill import fill_form  # noqa: PLC0415  start-up

    records = read_record_files(files)
    chapters = {5: _read_text(problems)} if problems else {}
    filled = fill_form(
        unit, year, records.applications, disputes=records.disputes, issued=records.issued, chapters=chapters
    )
    if out is None:
        print_json(filled)
    else:
        from search.office.form.files import form_bytes  # noqa: PLC0415  start-up

        suffix = out.suffix.lower().removeprefix(".")
        if suffix not in ("docx", "html", "json"):
            raise typer.BadParameter(f"{out}: the form is written as .docx, .html or .json", param_hint="--out")
        unfinished = out.with_name(out.name + ".part")
        unfinished.write_bytes(form_bytes(filled, suffix))
        unfinished.replace(out)
        say(f"{len(records.applications)} applications, {len(records.disputes)} disputes: written to {out}")
    return FAILED if records.errors else FINE


def _read_text(path: Path) -> str:
    try:
        return path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise typer.BadParameter(f"{path} cannot be read as UTF-8 text: {error}", param_hint="--problems") from error
