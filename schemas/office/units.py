"""Units that report: governments and their departments."""

from dataclasses import dataclass

GOVERNMENT, DEPARTMENT = "政府", "部门"


@dataclass(frozen=True, slots=True)
class Unit:
    """Who reports.

    Attributes:
        name: As in the title of its report.
        kind: 政府 or 部门.
        parent: The government it belongs to; empty where there is none in the list.
    """

    name: str
    kind: str
    parent: str = ""
