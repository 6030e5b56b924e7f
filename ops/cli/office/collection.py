"""Reads the annual reports a command works with, from files or from the index."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ops.cli.output import say

if TYPE_CHECKING:
    from schemas.office.annual_report import AnnualReport
    from schemas.office.units import Unit
    from workers.sandbox.client import Sandbox


@dataclass(frozen=True, slots=True)
class Collection:
    """Annual reports and what they are checked against.

    Attributes:
        reports: The annual reports.
        units: Units that must report, if a list was given.
        held: Returns how many normative documents of a unit are indexed; None without an index.
        unread: Files that could not be read or are no annual report; each was already reported.
    """

    reports: "Sequence[AnnualReport]"
    units: "Sequence[Unit]"
    held: Callable[[str], int] | None = None
    unread: int = 0


@contextmanager
def open_collection(files: Sequence[Path], units: Path | None) -> Iterator[Collection]:
    """Read the reports in the files, or those in the index if no files are given."""
    from ops.adapters.office import listed_units, office_of  # noqa: PLC0415  start-up
    from ops.system import open_system  # noqa: PLC0415  start-up
    from search.office.annual.shelf import counter_of, find_reports  # noqa: PLC0415  start-up
    from workers.settings import load  # noqa: PLC0415  start-up

    settings = load()
    listed = str(units or settings.office_units)
    if files:
        with open_sandbox() as sandbox:
            reports = [report for path in files if (report := _read(sandbox, path)) is not None]
            yield Collection(reports, listed_units(sandbox, listed), unread=len(files) - len(reports))
        return
    with open_system(settings) as system:
        index = system.context.index
        reports = list(find_reports(index, office_of(system).report))
        yield Collection(reports, listed_units(system.context.sandbox, listed), counter_of(index))


@contextmanager
def open_sandbox() -> "Iterator[Sandbox]":
    """Open a sandbox for the files of one command."""
    from workers.sandbox.client import Sandbox  # noqa: PLC0415  start-up
    from workers.settings import load  # noqa: PLC0415  start-up

    settings = load()
    sandbox = Sandbox(settings.limits, passwords=settings.passwords, ocr_engine=settings.ocr_engine)
    try:
        yield sandbox
    finally:
        sandbox.close()


def _read(sandbox: "Sandbox", path: Path) -> "AnnualReport | None":
    from ops.adapters.office import read_report_file  # noqa: PLC0415  start-up
    from schemas.errors import DocumentError  # noqa: PLC0415  start-up

    try:
        report = read_report_file(sandbox, path, str(path))
    except DocumentError as error:
        say(f"{path}: {error}")
    except OSError as error:
        say(f"{path}: cannot be read: {error.strerror or error}")
    else:
        if report is None:
            say(f"{path}: no annual report: neither its chapters nor its tables were found")
        return report
    return None
