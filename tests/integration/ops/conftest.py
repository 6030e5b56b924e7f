"""The composed system on the real servers, and promtool where this machine can have it.

Where it cannot, and need not, the tests that ask for promtool are left out.
"""

from pathlib import Path

import pytest

from ops.testservers import CannotRunError
from ops.testservers.programs import require
from tests.support.app_processes import services
from tests.support.growing_collection import elastic_world, world
from tests.support.servers.environment import REQUIRED

__all__ = ["elastic_world", "promtool", "pytest_collection_modifyitems", "services", "world"]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what asks for promtool where it cannot be installed, unless everything is required."""
    asking = [item for item in items if "promtool" in getattr(item, "fixturenames", ())]
    if not asking or config.option.collectonly or REQUIRED:
        return
    try:
        require({"promtool": "prometheus"})
    except CannotRunError:
        config.hook.pytest_deselected(items=asking)
        items[:] = [item for item in items if item not in asking]


@pytest.fixture(scope="session")
def promtool() -> Path:
    """The program that checks rules and expressions; Debian's package ``prometheus`` carries it."""
    return require({"promtool": "prometheus"})["promtool"]
