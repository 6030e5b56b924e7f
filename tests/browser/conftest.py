"""A real Chromium over the whole application; a machine without one leaves these tests out, in a line that says so."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.support.servers.environment import REQUIRED
from tests.support.site import Site, chromium, running_site

FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage")
HERE = Path(__file__).parent
# As long as a busy machine may take for what is there at once on an idle one.
expect.set_options(timeout=20_000)
LEFT_OUT = pytest.StashKey[int]()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if chromium() or REQUIRED:
        return
    without = [item for item in items if HERE in item.path.parents]
    config.stash[LEFT_OUT] = len(without)
    config.hook.pytest_deselected(items=without)
    items[:] = [item for item in items if HERE not in item.path.parents]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if count := config.stash.get(LEFT_OUT, 0):
        terminalreporter.write_line(f"chromium: {count} tests left out: apt-get install chromium", yellow=True)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The application with its library."""
    with running_site(tmp_path_factory.mktemp("site")) as running:
        yield running


# For a module only: while Playwright runs, this thread has an event loop, which tests of other modules may not expect.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium."""
    path = chromium()
    if path is None:
        pytest.fail("Chromium is missing: apt-get install chromium", pytrace=False)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield launched
        launched.close()


@pytest.fixture
def context(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    """A browser without cookies, which fails the test for whatever a page complains of."""
    opened = browser.new_context(base_url=site.url, viewport={"width": 1280, "height": 900}, locale="zh-CN")
    complaints: list[str] = []
    opened.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
    opened.on("weberror", lambda error: complaints.append(str(error.error)))
    yield opened
    opened.close()
    # The browser reports what it could not load also where that is what the test is about.
    assert [said for said in complaints if "Failed to load resource" not in said] == []


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """An empty page, 1280 wide."""
    return context.new_page()
