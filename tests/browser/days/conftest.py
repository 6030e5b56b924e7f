"""Both stacks for the four days' scripts, and the browser of one person at one screen."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page

from ops.maintenance.bootstrap import bootstrap
from ops.system import open_system
from tests.browser.test_looks import looked_at
from tests.support.app_processes import variables_for
from tests.support.servers.isolation import fresh_bucket, fresh_index_prefix, fresh_redis_db
from tests.support.site import REPORT, Site, put, running_servers
from workers.settings import load

SERVERS = pytest.param("servers", marks=[pytest.mark.redis, pytest.mark.s3, pytest.mark.elasticsearch])


@dataclass(frozen=True)
class Desk:
    """A person at a screen ``width`` pixels wide; ``tag`` makes the names of their documents their own."""

    site: Site
    page: Page
    width: int
    tag: str

    def check(self) -> None:
        """Fail if the page sticks out sideways or axe finds something serious."""
        assert looked_at(self.page, self.width) == []

    def sign_in(self, key: str) -> None:
        """Give a key where the page asks for one, by keyboard."""
        field = self.page.get_by_label("访问凭证")
        field.fill(key)
        field.press("Enter")
        field.wait_for(state="detached")
        self.page.wait_for_load_state("load")

    def press(self, name: str) -> None:
        """Reach the first button of that name by the Tab key and press it."""
        button = self.page.get_by_role("button", name=name).first
        button.wait_for()
        for _ in range(200):
            self.page.keyboard.press("Tab")
            if button.evaluate("one => one === document.activeElement"):
                self.page.keyboard.press("Enter")
                return
        pytest.fail(f"{name} is not reached by the Tab key")


@pytest.fixture(scope="session", params=["embedded", SERVERS])
def stack(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The application on one stack, with the reports of one office for three years."""
    if request.param == "embedded":
        yield request.getfixturevalue("site")
        return
    redis, s3, elasticsearch = map(request.getfixturevalue, ("redis_url", "s3_server", "elasticsearch_url"))
    with ExitStack() as corners:
        database = corners.enter_context(fresh_redis_db(redis))
        bucket = corners.enter_context(fresh_bucket(s3))
        derived = f"{bucket}-derived"
        prefix = corners.enter_context(fresh_index_prefix(elasticsearch))
        variables = variables_for(database, s3, bucket, elasticsearch, prefix)
        system = corners.enter_context(open_system(load(variables)))
        bootstrap(system)
        corners.callback(lambda: [system.context.derived.remove(one.key) for one in system.context.derived.list()])
        site = corners.enter_context(running_servers(variables, tmp_path_factory.mktemp(derived)))
        for year in (2018, 2019, 2020):
            put(site, f"水利局/{year}.txt", REPORT.format(year=year, many=year - 1900, few=year - 2000).encode())
        yield site


@pytest.fixture(params=[1280, 360])
def desk(request: pytest.FixtureRequest, browser: Browser, stack: Site) -> Iterator[Desk]:
    """A new person at a desk or with a phone."""
    # axe is put into the page, which our policy would not let in.
    context = browser.new_context(
        base_url=stack.url, viewport={"width": request.param, "height": 800}, locale="zh-CN", bypass_csp=True
    )
    yield Desk(stack, context.new_page(), request.param, f"{request.param}号")
    context.close()
