"""Every kind of page on a phone and on a desk, in light and dark: no sideways scrolling, nothing axe calls serious."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from schemas.records import document_id
from tests.support.site import LOCKED, PINYIN, SAMPLE, Site

PAGES = {
    "home": "/",
    "hits": "/?q=主动公开&explain=1",
    "filtered": "/?q=公开&issuer=某市水利局&year=abc&year_from=2009",
    "filters": "/?q=公开#facets",
    "nothing": "/?q=完全没有的词句甲乙丙",
    "catalogue": "/catalogue",
    "document": f"/d/{document_id(SAMPLE)}",
    "outline": f"/d/{document_id(SAMPLE)}#outline",
    "section": f"/d/{document_id(SAMPLE)}?at=s0-3#s0-3",
    "original": f"/d/{document_id(SAMPLE)}?view=source",
    "several": f"/d/{document_id(PINYIN)}",
    "failed": f"/d/{document_id(LOCKED)}",
    "similar": f"/d/{document_id('水利局/2011.txt')}/similar?at=s0-1",
    "office": "/office",
    "office rules": "/office/rules",
    "annual reports": "/office/annual",
    "form": "/office/form",
    "deadlines": "/office/deadlines",
    "validity": "/office/validity",
    "check": "/office/check",
    "disclosure": "/office/catalogue",
    "disclosure cell": "/office/catalogue/documents?class=15",
    "assessment": "/office/assessment?month=2024-03",
    "assessment figure": "/office/assessment/documents?month=2024-03&count=answered_late",
    "letters": "/office/letters",
    "letters of a result": "/office/letters/documents?result=4",
    "fee": "/office/fee?requests=41",
    "statistics": "/office/statistics",
    "saved searches": "/office/searches",
    "comparison": "/office/compare?old=水利局/2011.txt&new=水利局/2011.txt",
    "columns": "/office/columns",
    "guide": "/office/guide",
    "standard": "/office/standard",
    "gazette": "/office/gazette?from=2008-01-01&to=2026-12-31",
    "signing-in": "/upload",
    "missing": "/d/none",
}
GRAVE = ("serious", "critical")


def looked_at(page: Page, width: int) -> list[str]:
    """Return what is wrong with the page as it is shown: what sticks out, and what axe calls serious or critical."""
    wide = page.evaluate(
        """width => [...document.querySelectorAll("body *")]
            .filter(one => one.getBoundingClientRect().right > width + 1 && !one.closest(".scroll, .skip, .unseen"))
            .map(one => `${one.tagName}.${one.className} ends at ${one.getBoundingClientRect().right}`)""",
        width,
    )
    scrolled = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    axe = Axe().run(page)
    grave = [
        f"{found['id']} ({found['impact']}): {found['help']}: {node['html'][:200]}"
        for found in axe.response["violations"]
        for node in found["nodes"]
        if found["impact"] in GRAVE
    ]
    return [*(wide if scrolled else []), *grave]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_pages_fit_and_are_accessible(browser: Browser, site: Site, tmp_path: Path, width: int, scheme: str) -> None:
    # axe is put into the page, which our policy would not let in.
    context = browser.new_context(
        base_url=site.url, viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True
    )  # type: ignore[arg-type]
    page = context.new_page()
    wrong = {}
    for name, address in PAGES.items():
        page.goto("about:blank")
        page.goto(address)
        if found := looked_at(page, width):
            wrong[name] = found
        page.screenshot(path=tmp_path / f"{name}-{width}-{scheme}.png")
    context.close()
    assert wrong == {}


@pytest.mark.parametrize("width", [320, 1280])
def test_the_upload_page_and_open_suggestions_are_accessible(browser: Browser, site: Site, width: int) -> None:
    context = browser.new_context(base_url=site.url, viewport={"width": width, "height": 800}, bypass_csp=True)
    page = context.new_page()
    page.goto("/upload")
    page.get_by_label("访问凭证").fill(site.key)
    page.get_by_role("button", name="登入").click()
    page.locator("#files").wait_for()
    wrong = looked_at(page, width)
    page.goto("/?q=公开")
    page.get_by_role("combobox").fill("")
    page.get_by_role("combobox").press_sequentially("某市水")
    page.get_by_role("option").first.wait_for()
    wrong += looked_at(page, width)
    context.close()
    assert wrong == []
