"""What became of documents as a table."""

from collections.abc import Iterable, Mapping

from schemas.office.validity import CHANGES
from search.office.tables import Table
from search.office.validity.verdicts import Place, Verdict, chain

HEAD = ("文件", "文号", "变化", "条款", "起始日期", "由何文件", "原文", "沿革", "键", "依据文件键")


def verdict_table(verdicts: Iterable[Verdict], ended: Mapping[Place, Verdict]) -> Table:
    """Return verdicts as a table, a row for each."""
    return Table("文件有效性", HEAD, (_row(one, ended) for one in verdicts))


def chain_text(verdict: Verdict, ended: Mapping[Place, Verdict]) -> str:
    """Return who ended whom, from the document on: 《甲》→《乙》→《丙》."""
    links = chain(ended, verdict)
    return "→".join(
        [f"《{verdict.target.title or verdict.target.key}》", *(f"《{one.source.title}》" for one in links)]
    )


def _row(one: Verdict, ended: Mapping[Place, Verdict]) -> tuple[str | None, ...]:
    said, target = one.statement, one.target
    return (
        target.title, target.document_number, CHANGES[said.change], "、".join(said.provisions), one.since,
        one.source.title, said.evidence, chain_text(one, ended), target.key, one.source.document,
    )  # fmt: skip
