"""Reads files for the disclosure office's pages and commands, in the sandbox like every other file."""

from collections.abc import Sequence
from pathlib import Path

from ops.adapters.artefact_masks import mask_loaded
from ops.adapters.publication import check_file, repealed_names
from ops.adapters.validity import repealed_table, source_reader, unmarked_table
from ops.system import System, artefact_loader
from schemas.cleaned import Normalized
from schemas.office.annual_report import AnnualReport
from schemas.office.units import Unit
from schemas.records import DocumentRecord
from search.http.office_ports import Office, Rows
from search.office.annual.units import read_units
from search.office.assessment.rules_file import load_rules
from search.office.catalogue.columns.columns_file import read_columns
from workers.convert.source import suffix_of
from workers.extract import extract
from workers.extract.annual_form.reader import read_report
from workers.normalize import normalize
from workers.sandbox.client import Sandbox

# Number of annual reports cached in memory, 20 kB each: a query over all of them comes page by page.
_KEPT = 5000


def office_of(system: System) -> Office:
    """Return the office's access to files and artefacts of a system.

    Raises:
        SettingsError: The rules of assessment are wrong.
        SettingsError: The file of columns cannot be read.
    """
    context, sandbox = system.context, system.context.sandbox
    load_rules(system.settings.office_assessment)  # wrong rules stop the start, not a request
    kept = mask_loaded(artefact_loader(context, "normalize", Normalized), context.mask)
    source = source_reader(system)
    ended = repealed_table(system, source)
    names = repealed_names(context.index, ended)
    read: dict[tuple[str, str], AnnualReport | None] = {}

    def report(record: DocumentRecord) -> AnnualReport | None:
        name = record.id, record.content
        if name not in read:
            if len(read) >= _KEPT:
                read.clear()
            read[name] = read_kept(record)
        return read[name]

    def read_kept(record: DocumentRecord) -> AnnualReport | None:
        normalized = kept(record)
        first = record.articles[0] if record.articles else None
        if normalized is None:
            return None
        return read_report(
            normalized,
            document=record.key,
            document_id=record.id,
            title=first.title if first else None,
            issuer=first.issuer if first else None,
            published_on=first.published_on if first else None,
        )

    return Office(
        report=report,
        read_report=lambda path, name: read_report_file(sandbox, path, name),
        read_tables=lambda path, name: read_tables(sandbox, path, name),
        units=lambda: listed_units(sandbox, system.settings.office_units),
        holidays=system.settings.office_holidays,
        source=source,
        check=lambda path, name: check_file(sandbox, path, name, repealed=names),
        repealed=ended,
        unmarked=unmarked_table(system, source),
        assessment_rules=system.settings.office_assessment,
        columns=read_columns(system.settings.office_classes),
    )


def read_report_file(sandbox: Sandbox, path: Path, name: str) -> AnnualReport | None:
    """Return the annual report in a file; None if it is none.

    Raises:
        DocumentError: The file cannot be read.
    """
    with sandbox.convert(path, hint=suffix_of(name)) as conversion:
        normalized = normalize(conversion.converted)
    articles = extract(normalized).articles
    first = articles[0] if articles else None
    return read_report(
        normalized,
        document=name,
        title=first.title if first else None,
        issuer=first.issuer if first else None,
        published_on=first.published_on if first else None,
    )


def read_tables(sandbox: Sandbox, path: Path, name: str) -> list[Rows]:
    """Return the tables of a file, row by row; for a workbook, those of all sheets.

    Raises:
        DocumentError: The file cannot be read.
    """
    with sandbox.convert(path, hint=suffix_of(name)) as conversion:
        return [[list(row) for row in block.rows] for block in conversion.converted.blocks if block.rows]


def listed_units(sandbox: Sandbox, path: str) -> Sequence[Unit]:
    """Return the units of the list that the settings name; empty if they name none.

    Raises:
        DocumentError: The list cannot be read.
    """
    tables = read_tables(sandbox, Path(path), path) if path else []
    return [unit for rows in tables for unit in read_units(rows)]
