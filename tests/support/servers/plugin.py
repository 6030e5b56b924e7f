"""Starts the servers the collected tests need, and leaves out, with a reason, the tests whose server cannot run."""

from collections import Counter

import pytest

from ops.testservers import CannotRunError, Server
from tests.support.servers.environment import REQUIRED
from tests.support.servers.session import start_session, stop_session

FIXTURES = {
    "redis_url": "redis",
    "redis_db": "redis",
    "module_redis_db": "redis",
    "s3_server": "s3",
    "s3_bucket": "s3",
    "module_s3_bucket": "s3",
    "elasticsearch_url": "elasticsearch",
    "index_prefix": "elasticsearch",
    "module_index_prefix": "elasticsearch",
}
SERVICES = tuple(dict.fromkeys(FIXTURES.values()))
FOUND = pytest.StashKey[dict[str, Server | CannotRunError]]()
LEFT_OUT = pytest.StashKey[Counter[str]]()


def needs(item: pytest.Item) -> set[str]:
    asked = {FIXTURES[name] for name in getattr(item, "fixturenames", ()) if name in FIXTURES}
    return asked | {name for name in SERVICES if item.get_closest_marker(name)}


def server(config: pytest.Config, name: str) -> Server:
    found = config.stash[FOUND][name]
    if isinstance(found, CannotRunError):
        pytest.fail(f"{name} cannot run here: {found}", pytrace=False)
    return found


@pytest.hookimpl(trylast=True)  # after -k and -m have chosen
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    wanted = [name for name in SERVICES if any(name in needs(item) for item in items)]
    config.stash[FOUND], config.stash[LEFT_OUT] = {}, Counter()
    if not wanted or config.option.collectonly:
        return
    config.add_cleanup(stop_session)
    config.stash[FOUND] = start_session(wanted)
    if not REQUIRED:
        _leave_out(config, items)


def _leave_out(config: pytest.Config, items: list[pytest.Item]) -> None:
    missing = {name for name, found in config.stash[FOUND].items() if isinstance(found, CannotRunError)}
    without = [item for item in items if needs(item) & missing]
    for item in without:
        config.stash[LEFT_OUT].update(needs(item) & missing)
    config.hook.pytest_deselected(items=without)
    items[:] = [item for item in items if not needs(item) & missing]


def pytest_runtest_setup(item: pytest.Item) -> None:
    for name in sorted(needs(item)):
        server(item.config, name)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for name, count in sorted(config.stash.get(LEFT_OUT, Counter()).items()):
        terminalreporter.write_line(f"{name}: {count} tests left out: {config.stash[FOUND][name]}", yellow=True)
