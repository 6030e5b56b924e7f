"""Retries one document from its page; see ``search.http.ports.Retries``."""

from ops.maintenance.failures import Start, Wanted, retry_wanted
from ops.system import System


class Queued:
    """The retry of a document through the queues of a system."""

    def __init__(self, system: System) -> None:
        self._system = system

    def retry(self, identifier: str, *, from_failed_stage: bool, who: str) -> bool:
        """See ``search.http.ports.Retries``."""
        start = Start.FAILED if from_failed_stage else Start.FIRST
        wanted = Wanted(ids=(identifier,), start=start)
        return retry_wanted(self._system, wanted, who=who).sent > 0
