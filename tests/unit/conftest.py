"""Unit tests need no server, and share nothing: run by themselves they go on all cores.

One that asks for a server, starts the whole program or another (LibreOffice, Chromium, tesseract) or sends it made-up
requests by the thousand belongs into tests/integration.
"""

import os
from pathlib import Path

import pytest

from tests.support.servers.plugin import needs

HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist looks how many workers are asked for
def pytest_cmdline_main(config: pytest.Config) -> None:
    """Run folders of unit tests on all cores, each file on one, unless ``-n`` or a debugger says otherwise."""
    is_worker = hasattr(config, "workerinput")
    undecided = config.getoption("numprocesses", 0) is None and not config.option.usepdb
    if undecided and not is_worker and all(map(_is_our_folder, config.args)):
        config.option.numprocesses, config.option.dist = len(os.sched_getaffinity(0)), "loadfile"


def _is_our_folder(name: str) -> bool:
    """Not a single file: that ends before workers have started."""
    path = Path(name).resolve()
    return path.is_dir() and path.is_relative_to(HERE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse a unit test that asks for a real server."""
    if wrong := [item.nodeid for item in items if item.path.is_relative_to(HERE) and needs(item)]:
        raise pytest.UsageError(f"these ask for a server; move them to tests/integration: {', '.join(wrong)}")
