"""Pages of the original beside the text in a real browser: on a desk and a phone, by keyboard, without scripts."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_looks import looked_at
from tests.support.builders.embedded_font import pdf_of
from tests.support.site import Site, found, until

KEY = "绿化/银杏名录.pdf"
FIRST = ["关于公布银杏名录的通知", "各区要做好银杏保护工作。", "一、总体要求", "各区按期完成登记。"]
SECOND = ["二、登记造册", "珙桐逐株登记，并向社会公开。", "三、监督检查", "市园林局组织检查。"]
# Of the picture and the places marked on it: loaded, and the marks on the paper.
LOADED = "image => image.complete && image.naturalWidth > 500"


@pytest.fixture(scope="module")
def library(site: Site) -> Site:
    """The site with a PDF of two pages."""
    path = site.inbox / KEY
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(pdf_of(FIRST, SECOND))
    until(lambda: bool(found(site.url, prefix=KEY)), "the PDF", site.inbox.parent / "log")
    return site


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("width", [360, 1280])
def test_a_hit_leads_by_keyboard_to_its_page_with_the_place_marked(
    browser: Browser, library: Site, width: int, scripts: bool
) -> None:
    context = browser.new_context(
        base_url=library.url,
        viewport={"width": width, "height": 740},
        bypass_csp=True,
        java_script_enabled=scripts,
    )
    page = context.new_page()
    page.goto("/?q=珙桐")
    page.locator("article.hit", has_text="银杏名录").get_by_role("link", name="原件第 2 页").first.press("Enter")
    expect(page.get_by_role("link", name="原件页面")).to_have_attribute("aria-current", "page")
    picture = page.get_by_role("img", name="原件第 2 页的图像")
    expect(picture).to_be_visible()
    expect(page.locator(".leaf figcaption")).to_contain_text("图中标出 1 处")
    assert_marked(page, width)
    expect(page.locator(".both .source mark.hit")).to_have_text("珙桐")
    if scripts:
        expect(page.locator(".leaf img")).to_have_js_property("complete", True)
        assert picture.evaluate(LOADED)
        assert looked_at(page, width) == []
    page.get_by_role("link", name="上一页").first.press("Enter")
    expect(page.get_by_role("img", name="原件第 1 页的图像")).to_be_visible()
    expect(page.locator(".both .source")).to_contain_text("各区按期完成登记")
    page.get_by_role("link", name="清洗后", exact=True).press("Enter")
    expect(page.get_by_role("link", name="清洗后", exact=True)).to_have_attribute("aria-current", "page")
    context.close()


def assert_marked(page: Page, width: int) -> None:
    """Check that the mark lies on the picture, and where the picture stands beside or above the text."""
    picture, text = page.locator(".leaf img").bounding_box(), page.locator(".both .source").bounding_box()
    spot = page.locator(".spots rect").bounding_box()
    assert picture
    assert text
    assert spot
    assert picture["x"] <= spot["x"] <= spot["x"] + spot["width"] <= picture["x"] + picture["width"]
    assert picture["y"] <= spot["y"] <= spot["y"] + spot["height"] <= picture["y"] + picture["height"]
    beside = text["x"] >= picture["x"] + picture["width"]
    assert beside if width == 1280 else text["y"] >= picture["y"] + picture["height"]


def test_the_place_is_kept_from_the_text_to_the_page_of_the_original(page: Page, library: Site) -> None:
    page.goto(library.page(KEY))
    page.get_by_role("navigation", name="目录").get_by_role("link", name="登记造册").click()
    page.get_by_role("link", name="原件页面").evaluate("link => link.click()")
    expect(page.get_by_role("img", name="原件第 2 页的图像")).to_be_visible()
    assert page.locator(".spots rect").count() == 1
    page.get_by_role("link", name="原文对照").press("Enter")
    expect(page.locator(".block:target")).to_contain_text("登记造册")
