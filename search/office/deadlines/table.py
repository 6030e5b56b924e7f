"""Deadlines as a table."""

from collections.abc import Iterable

from schemas.office.deadlines import STATE_NAMES, Deadline
from schemas.office.findings import basis_text
from search.office.tables import Table

HEAD = ("状态", "事项", "期限", "起算日", "到期日", "完成日", "工作日", "说明", "文件", "位置", "依据")


def deadline_table(name: str, deadlines: Iterable[Deadline]) -> Table:
    """Return deadlines as a table, a row for each."""
    return Table(name, HEAD, (_row(one) for one in deadlines))


def _row(one: Deadline) -> tuple[str | int | None, ...]:
    dates = (None if day is None else day.isoformat() for day in (one.started_on, one.due_on, one.done_on))
    bases = "；".join(map(basis_text, one.rule.bases))
    state = STATE_NAMES[one.state]
    return (state, one.subject, one.rule.title, *dates, one.days, one.reason, one.document, one.place, bases)
