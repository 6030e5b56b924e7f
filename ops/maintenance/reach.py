"""Whether this process reaches the ledger of work in flight, and which queues can be held there."""

from ops.system import System
from schemas.errors import SettingsError
from workers.leases.fair_queue import INTAKE
from workers.pipeline.stage_names import ORDER, QUEUES, SCAN


class OutOfReachError(SettingsError):
    """What is asked for cannot be done from this process, or not on this stack."""


def require_ledger(system: System) -> None:
    """Refuse where the ledger of work in flight lies in the memory of another process.

    Raises:
        OutOfReachError: It does.
    """
    if system.settings.embedded and not system.working:
        raise OutOfReachError(
            "GONGKAI_BROKER_URL is memory://: only `gongkai run` itself knows of its work; ask it by HTTP "
            "(/v1/operations, with a key of scope operate), or stop it: `gongkai run --once` sweeps and repairs"
        )


def held_queues(system: System) -> tuple[str, ...]:
    """Return the queues that can be paused: where all stages run in one process there are none between them."""
    return (INTAKE, ORDER[0], SCAN) if system.settings.embedded else (INTAKE, *QUEUES)
