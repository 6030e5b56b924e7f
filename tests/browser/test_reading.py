"""Reading a document in a real browser."""

from playwright.sync_api import BrowserContext, Page, expect

from schemas.records import document_id
from tests.support.site import HOSTILE, LOCKED, PINYIN, SAMPLE, Site


def test_a_hit_leads_to_its_section_and_the_outline_to_others(page: Page) -> None:
    page.goto("/?q=“知曉率和參與度”")
    page.locator(".found h3 a").first.click()
    fragment = page.url.split("#")[1]
    section = page.locator(f"#{fragment}")
    expect(section).to_be_in_viewport()
    assert section.evaluate("element => element.matches(':target')")
    page.get_by_role("navigation", name="目录").get_by_role("link", name="二、2011年政務公開工作思路").click()
    expect(page.get_by_role("heading", name="二、2011年政務公開工作思路")).to_be_in_viewport()
    here = page.get_by_role("navigation", name="目录").locator("[aria-current]")
    expect(here).to_have_text("二、2011年政務公開工作思路")


def test_a_link_to_a_section_is_copied_and_said_aloud(context: BrowserContext, page: Page, site: Site) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(site.page(SAMPLE))
    page.get_by_role("heading", level=2).first.get_by_role("link").click()
    expect(page.get_by_role("status")).to_have_text("已复制链接")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.url
    assert copied.startswith(site.page(SAMPLE, "#s0-"))


def test_the_original_shows_what_was_taken_away_where_it_stood(page: Page, site: Site) -> None:
    page.goto(site.page(PINYIN))
    expect(page.locator("article").first).not_to_contain_text("wù")
    page.get_by_role("link", name="原文对照").click()
    expect(page.get_by_role("link", name="原文对照")).to_have_attribute("aria-current", "page")
    taken = page.locator("del.gone[title=夹注拼音]")
    expect(taken.first).to_have_text("(wù)")
    block = taken.first.locator("xpath=ancestor::div[1]")
    expect(block).to_have_text("開展政務(wù)公開的意義")
    expect(page.locator(".block.gone", has_text="垃圾推广文字").first).to_be_visible()
    page.get_by_role("navigation", name="目录").get_by_role("link", name="(二)基本原則").click()
    expect(page.locator(".block:target")).to_contain_text("基本原則")


def test_damage_is_marked_in_the_cleaned_text(page: Page, site: Site) -> None:
    page.goto(site.page(SAMPLE))
    expect(page.locator("article mark.lost")).to_have_text("處理□")
    expect(page.locator("article mark.lost")).to_have_attribute("title", "残缺的夹注拼音")
    page.get_by_role("link", name="原文对照").click()
    expect(page.locator(".block mark.lost")).to_have_text("?zhí)幚硇剩奖愎姭@")


def test_the_record_says_where_each_value_was_read_and_how_sure_it_is(page: Page, site: Site) -> None:
    page.goto(site.page(SAMPLE))
    row = page.get_by_role("row", name="成文日期")
    expect(row).to_contain_text("2011年1月13日")
    expect(row).to_contain_text("落款")
    expect(row).to_contain_text("95%")
    row.get_by_role("link", name="看原处").click()
    expect(page.locator(".block:target")).to_contain_text("二0一一年一月十三日")


def test_numbers_and_cited_documents_are_listed(page: Page, site: Site) -> None:
    page.goto(site.page(SAMPLE))
    expect(page.get_by_role("row", name="访问人次")).to_contain_text("274,477")
    cited = page.get_by_role("listitem").filter(has_text="依据").get_by_role("link")
    expect(cited.first).to_have_text("《中华人民共和国政府信息公开条例》")


def test_sections_alike_are_one_link_away(page: Page, site: Site) -> None:
    page.goto(site.page("水利局/2011.txt"))
    page.get_by_role("link", name="与“一、主动公开情况”相似的章节").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("相似章节")
    expect(page.locator("article.hit").first).to_be_visible()


def test_the_original_is_downloaded_and_the_link_is_a_qr_code(page: Page, site: Site) -> None:
    page.goto(site.page(SAMPLE))
    with page.expect_download() as started:
        page.get_by_role("link", name="下载原件").click()
    assert started.value.suggested_filename == SAMPLE.removeprefix("samples/")
    assert started.value.path().read_bytes() == (site.inbox / SAMPLE).read_bytes()
    page.get_by_text("二维码", exact=True).click()
    code = page.get_by_role("img", name="本页链接的二维码")
    expect(code).to_be_visible()
    assert code.evaluate("async image => { await image.decode(); return image.naturalWidth }") > 0


def test_a_document_that_could_not_be_read_says_why_in_chinese(page: Page) -> None:
    page.goto(f"/d/{document_id(LOCKED)}")
    expect(page.locator("main")).to_contain_text("未能读出：已加密")
    expect(page.locator(".problems")).to_contain_text("请去掉密码后重新上传")
    expect(page.get_by_role("link", name="下载原件")).to_have_count(0)


def test_a_hostile_title_stays_text_everywhere(page: Page, site: Site) -> None:
    for address in (
        "/?q=银杏工程",
        site.page("敌意/标题.txt"),
        site.page("敌意/标题.txt", "?view=source"),
        "/catalogue",
    ):
        page.goto(address)
        assert page.title() not in {"1", "2"}
        assert page.locator("main script, main img[src=x]").count() == 0
    page.goto(site.page("敌意/标题.txt"))
    expect(page.get_by_role("heading", level=1)).to_have_text(HOSTILE)


def test_print_leaves_the_document_alone_on_the_paper(page: Page, site: Site) -> None:
    page.goto(site.page(SAMPLE))
    page.emulate_media(media="print")
    for name in (".bar", "#outline", ".tools", ".foot"):
        expect(page.locator(name)).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
