"""Reporting units: governments and their departments."""

from dataclasses import dataclass

GOVERNMENT, DEPARTMENT = "政府", "部门"


@dataclass(frozen=True, slots=True)
class Unit:
    """A reporting unit.

    Attributes:
        name: Name as in the title of its report.
        kind: 政府 or 部门.
        parent: The government it belongs to; empty if the list has none.
    """

    name: str
    kind: str
    parent: str = ""
