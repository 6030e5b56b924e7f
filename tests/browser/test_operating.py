"""What who may operate is offered in a browser: by keyboard, on a desk and on a phone, with scripts and without."""

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.test_looks import looked_at
from tests.support.site import LOCKED, Site, found, until

WIDTHS = [1280, 360]
PATHS = [
    "/operations", "/operations/failures", "/operations/held", "/operations/furniture", "/operations/keys",
    "/operations/runbook", "/office/searches", "/office/statistics?subject=主动公开",
]  # fmt: skip


def opened(browser: Browser, site: Site, width: int, *, scripts: bool = True, key: str | None = None) -> BrowserContext:
    """Return a browser whose owner has signed in with a key, by default with one that may operate."""
    # axe is put into the page, which our policy would not let in.
    context = browser.new_context(
        base_url=site.url, viewport={"width": width, "height": 800}, bypass_csp=True, java_script_enabled=scripts
    )
    context.request.post(
        "v1/session", form={"key": key or site.operator, "next": "/"}, headers={"Origin": site.url.rstrip("/")}
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
def test_the_operations_page_draws_stages_names_causes_and_leads_to_the_runbook(
    browser: Browser, site: Site, width: int
) -> None:
    context = opened(browser, site, width)
    page = context.new_page()
    page.goto("/operations")
    stages = page.get_by_role("region", name="最近处理的文件在各环节的用时")
    expect(stages.get_by_role("img", name="转换")).to_be_visible()
    expect(stages.get_by_role("img", name="入库")).to_be_visible()
    failed = page.get_by_role("region", name="最近未能读出的文件").get_by_role("row", name=LOCKED)
    expect(failed).to_contain_text("已加密 转换")
    expect(failed).to_contain_text("密码")
    expect(failed.get_by_role("button", name="从失败环节重试")).to_be_visible()
    expect(page.get_by_role("region", name="最近一小时最慢的文件").get_by_role("link").first).to_be_visible()
    assert looked_at(page, width) == []
    page.get_by_role("table").get_by_role("link", name="识别").press("Enter")
    page.wait_for_url("**/operations/runbook#scan")
    expect(page.get_by_role("region", name="识别（scan）")).to_be_in_viewport()
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", PATHS)
def test_the_pages_of_operators_fit_and_are_accessible(browser: Browser, site: Site, width: int, path: str) -> None:
    context = opened(browser, site, width, key=site.everything)
    page = context.new_page()
    page.goto(path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert looked_at(page, width) == []
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_search_is_saved_by_keyboard_after_signing_in_where_one_was(browser: Browser, site: Site, width: int) -> None:
    context = browser.new_context(base_url=site.url, viewport={"width": width, "height": 800}, bypass_csp=True)
    page = context.new_page()
    page.goto("/?q=公开&kind=总结")
    page.get_by_role("link", name="保存此检索").press("Enter")
    page.get_by_label("访问凭证").fill(site.everything)
    page.get_by_label("访问凭证").press("Enter")
    name = page.get_by_label("名称")
    expect(name).to_have_value("公开 总结")
    assert looked_at(page, width) == []
    name.fill(f"总结{width}")
    name.press("Enter")
    expect(page.get_by_role("heading", name=f"总结{width}")).to_be_visible()
    assert looked_at(page, width) == []
    press(page, f"删除 总结{width}")
    expect(page.get_by_role("heading", name=f"总结{width}")).to_have_count(0)
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_document_is_taken_down_looked_at_and_released_by_keyboard(browser: Browser, site: Site, width: int) -> None:
    context = opened(browser, site, width)
    page = context.new_page()
    name = "水利局/2010.txt"
    page.goto(site.page(name))
    press(page, "立即撤下")
    expect(page.get_by_role("status").filter(has_text="已决定不公开 1 份")).to_be_visible()
    assert page.goto(site.page(name)).status == 403  # type: ignore[union-attr]
    page.goto("/operations/held")
    page.get_by_role("link", name=f"查看 {name}").press("Enter")
    expect(page.get_by_role("region", name="正文")).to_contain_text("第2010号水库")
    assert looked_at(page, width) == []
    press(page, "放行")
    expect(page.get_by_role("status").filter(has_text="已放行 1 份")).to_be_visible()
    until(
        lambda: found(site.url, q="第2010号水库", year="2010") > 0,
        "the document to be found again",
        site.inbox.parent / "log",
    )
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_key_is_made_and_revoked_without_scripts(browser: Browser, site: Site, width: int) -> None:
    context = opened(browser, site, width, scripts=False, key=site.everything)
    page = context.new_page()
    page.goto("/operations/keys")
    page.get_by_label("用途").fill(f"试用{width}")
    page.get_by_label("查阅").check()
    press(page, "新建")
    expect(page.locator("#secret")).to_contain_text("gongkai_")
    press(page, f"吊销 试用{width}")
    expect(page.get_by_role("status").filter(has_text="已吊销")).to_be_visible()
    context.close()


def test_readers_see_neither_the_way_nor_a_retry(page: Page, site: Site) -> None:
    page.goto(site.page(LOCKED))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("heading", name="处理经过")).to_have_count(0)
    expect(page.get_by_role("button", name="重试")).to_have_count(0)
