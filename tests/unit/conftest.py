"""Unit tests need no server: one that asks for a server belongs into tests/integration."""

from pathlib import Path

import pytest

from tests.support.servers.plugin import needs

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse a unit test that asks for a real server."""
    if wrong := [item.nodeid for item in items if item.path.is_relative_to(HERE) and needs(item)]:
        raise pytest.UsageError(f"these ask for a server; move them to tests/integration: {', '.join(wrong)}")
