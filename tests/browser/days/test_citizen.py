"""A citizen's day: ask, follow a hit into the document, correct a typing mistake, narrow, keep what was found."""

import re

from playwright.sync_api import expect

from tests.browser.days.conftest import Desk


def test_a_citizen_finds_reads_and_takes_along_what_was_disclosed(desk: Desk) -> None:
    page = desk.page
    page.goto("/")
    expect(page.get_by_role("combobox")).to_be_focused()
    desk.check()
    page.keyboard.type("第2019号水库")
    page.keyboard.press("Enter")
    hit = page.locator("article.hit").first
    expect(hit.locator("mark").first).to_contain_text("2019")
    desk.check()
    hit.get_by_role("link").first.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("某市水利局2019年政务公开工作总结")
    expect(page.locator("main mark").first).to_be_visible()
    desk.check()
    page.get_by_role("link", name="原文对照").press("Enter")
    expect(page.locator(".source")).to_contain_text("依申请公开情况")
    desk.check()
    page.goto("/?q=水利局 总结&sort=newest&fold=0")
    years = [int(year) for year in re.findall(r"某市水利局(\d{4})年", page.locator("ol.hits").inner_text())]
    assert years == sorted(years, reverse=True)
    with page.expect_download() as file:
        page.get_by_role("link", name="CSV").press("Enter")
    assert "某市水利局2019年政务公开工作总结" in file.value.path().read_text("utf-8-sig")
    page.goto("/catalogue")
    expect(page.get_by_role("link", name=re.compile("某市水利局")).first).to_be_visible()
    desk.check()


def test_a_citizen_is_led_on_from_what_was_typed_wrong_and_from_what_is_not_there(desk: Desk) -> None:
    page = desk.page
    page.goto("/?q=zhudonggongkai")
    expect(page.get_by_text("您是不是要找")).to_be_visible()
    page.get_by_role("link", name="主动公开", exact=True).first.press("Enter")
    expect(page.locator("article.hit").first).to_be_visible()
    assert page.goto("/d/none").status == 404  # type: ignore[union-attr]
    expect(page.get_by_role("heading", level=1)).to_have_text("没有找到")
    desk.check()
