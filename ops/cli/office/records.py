"""Reads tables of records for a command; reports each row it cannot use and keeps the others."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ops.cli.office.collection import open_sandbox
from ops.cli.output import say
from schemas.errors import GongkaiError

if TYPE_CHECKING:
    from search.office.records.tables import Records

HEADS = "申请人类型、收到日期（申请台账）；类型、受理日期、结果（复议诉讼）；项目、指标、数量（表二）"


def read_record_files(files: Sequence[Path]) -> "Records":
    """Return the records in these tables; the header row decides the kind of each table.

    Raises:
        GongkaiError: A file cannot be read, or no table in it has a known header row.
    """
    from ops.adapters.office import read_tables  # noqa: PLC0415  start-up
    from search.office.records.tables import read_records, say_errors  # noqa: PLC0415  start-up

    tables = []
    with open_sandbox() as sandbox:
        for path in files:
            try:
                found = read_tables(sandbox, path, str(path))
            except OSError as error:
                raise GongkaiError(f"{path}: cannot be read: {error.strerror or error}") from error
            if not read_records(found).known:
                raise GongkaiError(f"{path}: no table of records; its first row names its columns: {HEADS}")
            tables += found
    records = read_records(tables)
    for line in say_errors(records.errors):
        say(line)
    return records
