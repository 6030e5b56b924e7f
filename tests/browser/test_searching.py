"""Searching in a real browser."""

import re
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.test_looks import looked_at
from tests.support.site import Site

PAGE_WEIGHT = 100_000


def test_a_search_leads_from_the_first_page_to_marked_hits_with_their_headings(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_role("searchbox").or_(page.get_by_role("combobox"))).to_be_focused()
    page.keyboard.type("责任追究")
    page.keyboard.press("Enter")
    hit = page.locator("article.hit", has_text="殘聯2010年")
    expect(hit.locator("mark").first).to_have_text("責任追究")
    expect(hit.locator(".step").first).to_have_text("一、2010年政務公開工作總結")
    assert page.locator("main h1").inner_text().startswith("找到")


def test_a_facet_narrows_the_search_and_its_chip_takes_it_back(page: Page) -> None:
    page.goto("/?q=主动公开&fold=0")
    before = page.locator(".count strong").first.inner_text()
    choice = page.get_by_role("complementary").get_by_role("link", name="某市水利局")
    counted = choice.locator(".many").inner_text()
    choice.click()
    expect(page.locator(".count strong").first).to_have_text(counted)
    assert "issuer=某市水利局" in unquote(page.url)
    expect(choice).to_have_attribute("aria-current", "true")
    page.get_by_role("link", name="取消筛选：发文机关：某市水利局").click()
    expect(page.locator(".count strong").first).to_have_text(before)
    assert "issuer" not in page.url


def test_suggestions_come_while_typing_and_are_chosen_by_keyboard(page: Page) -> None:
    page.goto("/")
    field = page.get_by_role("combobox")
    field.press_sequentially("某市水")
    first = page.get_by_role("option").first
    expect(first).to_contain_text("某市水利局")
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("ArrowDown")
    expect(first).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == first.get_attribute("id")
    wanted = field.input_value()
    field.press("Enter")
    page.wait_for_url("**/?q=*")
    expect(page.get_by_role("combobox")).to_have_value(wanted)
    expect(page.locator("article.hit").first).to_contain_text("水利局")


def test_escape_gives_back_what_was_typed(page: Page) -> None:
    page.goto("/")
    field = page.get_by_role("combobox")
    field.press_sequentially("某市水")
    expect(page.get_by_role("option").first).to_be_visible()
    field.press("ArrowDown")
    field.press("Escape")
    expect(field).to_have_value("某市水")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_the_search_goes_on_where_no_suggestions_come(page: Page) -> None:
    page.route("**/v1/suggest*", lambda route: route.abort())
    page.goto("/")
    page.get_by_role("combobox").press_sequentially("水利局")
    page.get_by_role("button", name="检索").click()
    expect(page.locator("article.hit").first).to_be_visible()


def test_orders_pages_and_reasons_are_links(page: Page) -> None:
    page.goto("/?q=水库&fold=0")
    page.get_by_role("link", name="最新").click()
    expect(page.locator("article.hit time").first).to_have_text("2023年12月20日")
    page.get_by_role("link", name="下一页").click()
    assert "cursor=" in page.url
    expect(page.locator("article.hit time").first).to_have_text("2013年12月20日")
    expect(page.get_by_text("第 2 页")).to_be_visible()
    page.get_by_role("link", name="上一页").click()
    expect(page.locator("article.hit time").first).to_have_text("2023年12月20日")
    page.get_by_role("link", name="为何是这些结果？").click()
    expect(page.locator(".why li").first).to_be_visible()


def test_the_list_is_downloaded_and_followed(page: Page) -> None:
    page.goto("/?q=水库&year_from=2010&year_to=2012&fold=0")
    with page.expect_download() as started:
        page.get_by_role("link", name="CSV").click()
    lines = started.value.path().read_text("utf-8-sig").splitlines()
    assert len({line.split(",")[0] for line in lines if line.startswith("某市水利局2")}) == 3
    feed = page.request.get(str(page.get_by_role("link", name="订阅此检索").get_attribute("href")))
    assert feed.headers["content-type"].startswith("application/atom+xml")
    assert feed.text().count("<entry>") == 3


def test_what_was_probably_meant_is_one_link_away(page: Page) -> None:
    page.goto("/?q=zhengwugongkai")
    page.locator(".instead a", has_text="政务公开").click()
    expect(page.locator("article.hit mark").first).to_be_visible()


def test_where_nothing_is_found_the_page_says_how_to_go_on(page: Page) -> None:
    page.goto("/d/nothing")
    expect(page.get_by_role("heading", level=1)).to_have_text("没有找到")
    page.goto("/?q=完全没有的词句甲乙丙")
    expect(page.get_by_role("link", name="公开目录").first).to_be_visible()


def test_the_keyboard_alone_reaches_the_field_and_the_hits(page: Page) -> None:
    page.goto("/?q=水库")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("/")
    expect(page.get_by_role("combobox")).to_be_focused()


def test_the_catalogue_is_browsed_by_issuer_year_and_kind(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="公开目录").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("信息公开目录")
    page.get_by_role("complementary").get_by_role("link", name="某市水利局").click()
    page.get_by_role("complementary").get_by_role("link", name="2011年").click()
    rows = page.locator(".listing tbody tr")
    expect(rows).to_have_count(1)
    rows.get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("某市水利局2011年政务公开工作总结")


def test_the_first_page_of_hits_weighs_less_than_100_kb_with_all_it_loads(page: Page) -> None:
    weights: dict[str, int] = {}
    page.on("response", lambda answer: weights.update({answer.url: len(answer.body())}))
    page.goto("/?q=公开", wait_until="networkidle")
    assert len(page.locator("article.hit").all()) == 10
    assert 10_000 < sum(weights.values()) < PAGE_WEIGHT, weights


@pytest.mark.parametrize("width", [320, 1280])
def test_everything_is_reached_without_scripts(browser: Browser, site: Site, width: int) -> None:
    plain: BrowserContext = browser.new_context(
        base_url=site.url, java_script_enabled=False, viewport={"width": width, "height": 700}
    )
    page = plain.new_page()
    page.goto("/")
    page.get_by_role("searchbox").fill("水库")
    page.get_by_role("button", name="检索").click()
    expect(page.locator("article.hit").first).to_be_visible()
    if width == 320:
        page.get_by_role("link", name="筛选").first.click()
    page.get_by_role("complementary").get_by_role("link", name="2022年").click()
    expect(page.locator("article.hit")).to_have_count(1)
    page.locator(".found h3 a").first.click()
    if width == 320:
        page.locator("a.open-drawer").click()
    page.get_by_role("navigation", name="目录").get_by_role("link", name="一、主动公开情况").click()
    expect(page.get_by_role("heading", name="一、主动公开情况")).to_be_in_viewport()
    if width == 320:
        expect(page.get_by_role("navigation", name="目录")).to_be_hidden()
    plain.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_ones_last_searches_are_offered_from_this_browser_and_forgotten_when_asked(
    browser: Browser, site: Site, width: int
) -> None:
    context = browser.new_context(base_url=site.url, viewport={"width": width, "height": 740}, bypass_csp=True)
    page = context.new_page()
    for q in ("水库", "政务公开", "水库"):
        page.goto(f"/?q={q}")
    page.goto("/")
    page.get_by_role("combobox").press("ArrowDown")
    options = page.get_by_role("option")
    expect(options).to_have_text([re.compile("水库"), re.compile("政务公开"), "清除最近检索"])
    assert looked_at(page, width) == []
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("q=%E6%B0%B4%E5%BA%93"))
    page.goto("/")
    field = page.get_by_role("combobox")
    field.press("ArrowDown")
    field.press("ArrowUp")
    field.press("Enter")
    expect(options).to_have_count(0)
    expect(page.get_by_role("status")).to_have_text("已清除最近检索")
    field.press("ArrowDown")
    expect(options).to_have_count(0)
    assert page.evaluate("localStorage.length") == 0
    context.close()
