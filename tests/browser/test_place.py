"""A law and a wide table in a real browser: where one is, how one gets elsewhere, and what is printed."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from ops.bench.page_paint import law as vast_law
from tests.browser.test_looks import looked_at
from tests.support.site import Site, found, until

LAW, TABLE, MENU, LONG = "法规/物业条例.txt", "表格/资金分配.html", "网页/通知.html", "报告/长报告.txt"
VAST = "法规/测试法.txt"
LAID_OUT = "element => element.checkVisibility({contentVisibilityAuto: true})"
CHAPTERS = ("总则", "业主", "服务", "责任")
MORE = "并依法公开。" * 20
DUTY = "各区要按照要求做好银杏保护工作，及时公开有关情况，接受社会监督。"
LINES = "cell => { const all = new Range(); all.selectNodeContents(cell); return all.getClientRects().length }"
NUMERALS = "一二三四五六七八九"


def numeral(number: int) -> str:
    """Return a number below 100 in Chinese."""
    tens, ones = divmod(number, 10)
    return ("" if not tens else "十" if tens == 1 else f"{NUMERALS[tens - 1]}十") + (NUMERALS[ones - 1] if ones else "")


def law() -> str:
    """Return a made law of four chapters and forty articles."""
    lines = ["银杏市物业管理条例", ""]
    for number in range(1, 41):
        if number % 10 == 1:
            lines += [f"第{numeral(number // 10 + 1)}章　{CHAPTERS[number // 10]}", ""]
        lines += [
            f"第{numeral(number)}条　本条例所称的物业管理活动，由业主大会决定其中第{number}项事务，" + MORE,
            "",
        ]
    return "\n".join(lines)


def table() -> str:
    """Return a made page with a table of fourteen columns and forty rows, its numbers long."""
    head = "".join(f"<th>{name}</th>" for name in ("项目编码", "单位名称", *(f"第{n}批金额" for n in range(1, 13))))
    cells = "".join(f"<td>{100 + n}.5</td>" for n in range(28, 40))
    rows = "".join(f"<tr><td>0030603123{n:02}</td><td>银杏区财政局</td>{cells}</tr>" for n in range(20, 60))
    return (
        "<html><head><title>银杏市专项资金分配表</title></head><body><h1>银杏市专项资金分配表</h1>"
        f"<p>银杏市财政局现将2021年专项资金分配情况公布如下。</p><table><tr>{head}</tr>{rows}</table></body></html>"
    )


def menu() -> str:
    """Return a made page whose text stands below a hundred lines of a menu."""
    lines = "".join(f"<li><a href='/{n}'>栏目{n}</a></li>" for n in range(100))
    text = "".join(f"<p>{NUMERALS[n]}、{DUTY}</p>" for n in range(6))
    return (
        "<html><head><title>关于保护银杏的通知</title></head><body>"
        f"<div class='nav'><ul>{lines}</ul></div><div><h1>关于保护银杏的通知</h1>{text}</div></body></html>"
    )


def long_report() -> str:
    """Return a made report with a section of 25,000 characters in 120 paragraphs."""
    lines = [f"第{n}项工作由各区负责落实，" + "按期完成并向社会公开。" * 18 for n in range(120)]
    lines[80] += "千年水杉逐株登记。"
    return "银杏市绿化工作报告\n\n一、总体情况\n" + "\n".join(lines) + "\n\n二、下一步安排\n继续做好保护。\n"


@pytest.fixture(scope="module")
def library(site: Site) -> Site:
    """The site with a law, a table, a page with a menu and a report with a long section."""
    made = {LAW: law(), TABLE: table(), MENU: menu(), LONG: long_report(), VAST: vast_law(480)}
    for key, text in made.items():
        (site.inbox / key).parent.mkdir(parents=True, exist_ok=True)
        (site.inbox / key).write_text(text, encoding="utf-8")
    log = site.inbox.parent / "log"
    until(lambda: all(found(site.url, prefix=key) for key in made), "the made documents", log)
    return site


@pytest.fixture
def phone(browser: Browser, library: Site) -> Iterator[Page]:
    """A page 360 wide."""
    context = browser.new_context(base_url=library.url, viewport={"width": 360, "height": 740}, bypass_csp=True)
    yield context.new_page()
    context.close()


def test_the_outline_of_a_law_has_its_articles_and_marks_the_one_that_is_read(page: Page, library: Site) -> None:
    page.goto(library.page(LAW))
    outline = page.get_by_role("navigation", name="目录")
    expect(outline.get_by_role("link", name="第二章 业主")).to_be_visible()
    expect(page.get_by_role("heading", name="第二章 业主")).to_be_visible()
    page.locator("section", has_text="第二十五条").last.evaluate("element => element.scrollIntoView()")
    expect(outline.locator("[aria-current]")).to_contain_text("第二十五条")
    expect(outline.locator("[aria-current]")).to_be_in_viewport()


def test_the_place_is_kept_between_the_two_texts(page: Page, library: Site) -> None:
    page.goto(library.page(LAW))
    page.locator("section", has_text="第二十五条").last.evaluate("element => element.scrollIntoView()")
    page.get_by_role("link", name="原文对照").evaluate("link => link.focus({preventScroll: true})")
    page.keyboard.press("Enter")
    expect(page.locator(".block:target")).to_contain_text("第二十五条")
    expect(page.locator(".block:target")).to_be_in_viewport()
    page.get_by_role("link", name="清洗后", exact=True).evaluate("link => link.click()")
    expect(page.locator("section:target")).to_contain_text("第二十五条")


def test_the_place_is_kept_without_scripts(browser: Browser, library: Site) -> None:
    context = browser.new_context(base_url=library.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(library.page(LAW, "?at=s0-15#s0-15"))
    number = page.locator("#s0-15 b.number").inner_text()
    page.get_by_role("link", name="原文对照").click()
    expect(page.locator(f"#{page.url.split('#')[1]}")).to_contain_text(number)
    page.get_by_role("link", name="清洗后", exact=True).click()
    expect(page).to_have_url(re.compile(r"\?at=s0-15#s0-15$"))
    context.close()


def test_the_outline_is_in_reach_of_a_thumb(phone: Page, library: Site) -> None:
    phone.goto(library.page(LAW))
    phone.locator("section", has_text="第二十五条").last.evaluate("element => element.scrollIntoView()")
    opener = phone.get_by_role("link", name="目录", exact=True)
    expect(opener).to_be_in_viewport()
    opener.click()
    current = phone.locator("#outline [aria-current]")
    expect(current).to_contain_text("第二十五条")
    expect(current).to_be_in_viewport()
    assert looked_at(phone, 360) == []


@pytest.mark.parametrize("width", [360, 1280])
def test_a_wide_table_scrolls_in_its_frame_under_its_head_and_breaks_no_number(
    browser: Browser, library: Site, width: int
) -> None:
    context = browser.new_context(base_url=library.url, viewport={"width": width, "height": 740}, bypass_csp=True)
    page = context.new_page()
    page.goto(library.page(TABLE))
    frame = page.get_by_role("region", name="表格")
    for number in ("003060312320", "128.5"):
        cell = frame.get_by_role("cell", name=number, exact=True).first
        assert cell.evaluate(LINES) == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert frame.evaluate("frame => frame.scrollWidth > frame.clientWidth")
    frame.evaluate("frame => { frame.scrollTop = 400; frame.scrollIntoView() }")
    head = frame.get_by_role("columnheader", name="项目编码").bounding_box()
    box = frame.bounding_box()
    assert head
    assert box
    assert abs(head["y"] - box["y"]) < 3
    assert_sorted_and_taken(page, frame)
    assert looked_at(page, width) == []


def assert_sorted_and_taken(page: Page, frame: Locator) -> None:
    """Sort the table by its first column, twice, and take it along, by keyboard."""
    button = frame.get_by_role("button", name="项目编码")
    first = frame.locator("tbody tr:first-child td:first-child")
    for expected, order in (("003060312320", "ascending"), ("003060312359", "descending")):
        button.press("Enter")
        expect(first).to_have_text(expected)
        expect(frame.get_by_role("columnheader", name="项目编码")).to_have_attribute("aria-sort", order)
    with page.expect_download() as file:
        page.get_by_role("button", name="下载此表（CSV）").press("Enter")
    lines = file.value.path().read_text("utf-8-sig").splitlines()
    assert lines[0].startswith('"项目编码","单位名称"')
    assert [line[1:13] for line in (lines[1], lines[-1])] == ["003060312359", "003060312320"]


@pytest.mark.parametrize("width", [360, 1280])
def test_a_menu_that_was_taken_away_is_folded(page: Page, library: Site, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(library.page(MENU, "?view=source"))
    folded = page.locator("details.folded").first
    expect(folded.locator("summary")).to_contain_text("清洗时去掉的")
    expect(folded.locator(".block").first).to_be_hidden()
    expect(page.locator(".source .block", has_text="一、各区要按照要求").first).to_be_in_viewport()
    folded.locator("summary").press("Enter")
    expect(folded.locator(".block").first).to_be_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_link_that_is_copied_leads_to_the_section(
    context: BrowserContext, page: Page, library: Site, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(library.page(LAW))
    section = page.locator("section", has_text="第二十五条").last
    section.evaluate("element => element.scrollIntoView()")
    anchor = section.get_attribute("id")
    page.get_by_role("link", name="复制链接").evaluate("link => link.click()")
    expect(page.get_by_role("status")).to_have_text("已复制链接")
    assert page.evaluate("navigator.clipboard.readText()") == library.page(LAW, f"?at={anchor}#{anchor}")


@pytest.mark.parametrize("width", [360, 1280])
def test_paper_says_where_it_is_from_and_of_which_day(page: Page, library: Site, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    address = library.page(LAW, "?at=s0-15#s0-15")
    page.goto(address)
    printed = page.locator(".printed")
    expect(printed).to_be_hidden()
    page.emulate_media(media="print")
    expect(printed).to_contain_text(address)
    expect(printed).to_contain_text("取阅日期：20")
    expect(printed.locator("svg")).to_be_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_searched_words_are_marked_in_the_document_and_one_steps_from_one_to_the_next(
    browser: Browser, library: Site, width: int
) -> None:
    context = browser.new_context(base_url=library.url, viewport={"width": width, "height": 740}, bypass_csp=True)
    page = context.new_page()
    page.goto("/?q=业主大会")
    page.locator(".hit", has_text="银杏市物业管理条例").get_by_role("heading", level=2).get_by_role("link").click()
    expect(page.locator("mark.hit")).to_have_count(40)
    page.get_by_role("button", name="下一处").press("Enter")
    page.get_by_role("button", name="下一处").press("Enter")
    expect(page.locator("mark.hit.here")).to_be_in_viewport()
    expect(page.locator(".matches")).to_contain_text("2 / 40")
    page.get_by_role("button", name="上一处").press("Enter")
    page.get_by_role("button", name="上一处").press("Enter")
    expect(page.locator(".matches")).to_contain_text("40 / 40")
    assert looked_at(page, width) == []
    context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_marks_that_mean_nothing_are_explained_where_they_were_typed(page: Page, library: Site, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.goto("/?q=kind:通知 公开")
    expect(page.locator(".note", has_text="“kind:”不是检索语法")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto("/?q=物业OR水库")
    page.get_by_role("link", name="物业 OR 水库").click()
    expect(page.locator(".note", has_text="OR 两边")).to_have_count(0)
    expect(page.locator(".hit").first).to_be_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_a_vast_law_is_laid_out_where_one_is_and_found_everywhere(browser: Browser, library: Site, width: int) -> None:
    context = browser.new_context(base_url=library.url, viewport={"width": width, "height": 740}, bypass_csp=True)
    page = context.new_page()
    page.goto(library.page(VAST))
    assert not page.locator("section", has_text="第二百四十条").last.evaluate(LAID_OUT)
    if width == 360:
        page.get_by_role("link", name="目录", exact=True).press("Enter")
    # By an address in the page itself: nothing is loaded anew, and the place is reached through what was not laid out.
    page.evaluate("window.same = true")
    page.locator("#outline a", has_text="第四百零一条").press("Enter")
    section = page.locator("section:target")
    expect(section).to_contain_text("第401类活动")
    expect(section).to_be_in_viewport()
    assert page.evaluate("window.same")
    assert section.evaluate(LAID_OUT)
    if width == 1280:
        expect(page.locator("#outline [aria-current]")).to_contain_text("第四百零一条")
        expect(page.locator("#outline [aria-current]")).to_be_in_viewport()
    assert page.evaluate("find('第120类活动', false, true)")
    expect(page.locator("section", has_text="第120类活动")).to_be_in_viewport()
    assert looked_at(page, width) == []
    context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_a_hit_in_a_long_section_leads_to_its_paragraph_in_either_text(
    browser: Browser, library: Site, width: int
) -> None:
    context = browser.new_context(base_url=library.url, viewport={"width": width, "height": 740}, bypass_csp=True)
    page = context.new_page()
    page.goto("/?q=千年水杉")
    page.locator(".hit", has_text="银杏市绿化工作报告").locator("a.body").first.press("Enter")
    paragraph = page.locator("section p:target")
    expect(paragraph).to_contain_text("第80项工作")
    expect(paragraph).to_be_in_viewport()
    expect(page.locator("#outline [aria-current]")).to_contain_text("总体情况")
    page.get_by_role("button", name="下一处").press("Enter")
    expect(paragraph.locator("mark.hit.here")).to_be_in_viewport()
    page.get_by_role("link", name="原文对照").press("Enter")
    expect(page.locator(".block:target")).to_contain_text("第80项工作")
    expect(page.locator(".block:target")).to_be_in_viewport()
    page.get_by_role("link", name="清洗后", exact=True).press("Enter")
    expect(paragraph).to_contain_text("第80项工作")
    assert looked_at(page, width) == []
    context.close()
