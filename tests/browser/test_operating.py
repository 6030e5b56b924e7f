"""What who may operate is offered in a browser: by keyboard, on a desk and on a phone, with scripts and without."""

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.test_looks import looked_at
from tests.support.site import LOCKED, Site

WIDTHS = [1280, 360]


def opened(browser: Browser, site: Site, width: int, *, scripts: bool = True) -> BrowserContext:
    """Return a browser whose owner has signed in with a key that may operate."""
    # axe is put into the page, which our policy would not let in.
    context = browser.new_context(
        base_url=site.url, viewport={"width": width, "height": 800}, bypass_csp=True, java_script_enabled=scripts
    )
    context.request.post(
        "v1/session", form={"key": site.operator, "next": "/"}, headers={"Origin": site.url.rstrip("/")}
    )
    return context


def press(page: Page, name: str) -> None:
    """Reach the first button of that name by the Tab key and press it."""
    button = page.get_by_role("button", name=name).first
    expect(button).to_be_visible()
    for _ in range(120):
        page.keyboard.press("Tab")
        if button.evaluate("one => one === document.activeElement"):
            page.keyboard.press("Enter")
            return
    pytest.fail(f"{name} is not reached by the Tab key")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_way_of_a_document_is_readable_and_its_retry_is_reached_by_keyboard(
    browser: Browser, site: Site, width: int
) -> None:
    context = opened(browser, site, width)
    page = context.new_page()
    page.goto(site.page(LOCKED))
    expect(page.get_by_role("heading", name="处理经过")).to_be_visible()
    expect(page.get_by_role("table").last).to_contain_text("转换")
    assert looked_at(page, width) == []
    press(page, "从失败环节重试")
    page.wait_for_url("**asked=1#journey")
    expect(page.get_by_role("status").filter(has_text="已重新排队")).to_be_visible()
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_failed_documents_are_tried_again_from_the_operations_page_without_scripts(
    browser: Browser, site: Site, width: int
) -> None:
    context = opened(browser, site, width, scripts=False)
    page = context.new_page()
    page.goto("/operations")
    press(page, "重试")
    page.wait_for_url("**/operations")
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", ["/operations", "/operations/failures"])
def test_the_pages_of_operators_fit_and_are_accessible(browser: Browser, site: Site, width: int, path: str) -> None:
    context = opened(browser, site, width)
    page = context.new_page()
    page.goto(path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert looked_at(page, width) == []
    context.close()


def test_readers_see_neither_the_way_nor_a_retry(page: Page, site: Site) -> None:
    page.goto(site.page(LOCKED))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("heading", name="处理经过")).to_have_count(0)
    expect(page.get_by_role("button", name="重试")).to_have_count(0)
