"""From a file dropped on the page to the hit in the search, in a real browser."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.support.site import Site

TEXT = "某县林业局2021年政务公开工作报告\n\n一、古树名木\n{}已经登记造册。\n\n某县林业局\n2022年1月5日\n"


def sign_in(page: Page, site: Site) -> None:
    page.goto("/upload")
    page.get_by_label("访问凭证").fill(site.key)
    page.get_by_role("button", name="登入").click()
    # The page before it has the same heading; files dropped there would be lost with it.
    expect(page.get_by_role("button", name="登出")).to_be_visible()
    page.wait_for_load_state("load")


def test_chosen_files_are_sent_followed_and_found(page: Page, site: Site) -> None:
    sign_in(page, site)
    page.get_by_label("放入文件夹").fill("林业局/2021")
    page.locator("#files").set_input_files(
        [
            {"name": "报告.txt", "mimeType": "text/plain", "buffer": TEXT.format("千年红豆杉").encode()},
            {"name": "坏.docx", "mimeType": "application/octet-stream", "buffer": b"PK\x03\x04 broken"},
        ]
    )
    expect(page.locator("#sending")).to_have_text("全部处理完毕：1 个可检索，1 个未读出。", timeout=60_000)
    for name, count in {"received": 2, "done": 1, "failed": 1, "left": 0}.items():
        expect(page.locator(f"#n-{name}")).to_have_text(str(count))
    expect(page.get_by_role("row", name=re.compile("坏.docx"))).to_contain_text("未能读出")
    page.get_by_role("link", name="林业局/2021/报告.txt").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("某县林业局2021年政务公开工作报告")
    page.goto("/?q=千年红豆杉")
    expect(page.locator("article.hit mark").first).to_have_text("千年红豆杉")


def test_dropped_files_are_taken(page: Page, site: Site) -> None:
    sign_in(page, site)
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.items.add(new File([text], "拖放.txt", { type: "text/plain" }));
            document.querySelector(".drop").dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true }));
        }""",
        TEXT.format("百年银桂"),
    )
    expect(page.locator("#n-done")).to_have_text("1", timeout=60_000)
    page.goto("/?q=百年银桂")
    expect(page.locator("article.hit").first).to_be_visible()


def test_a_name_that_cannot_be_kept_is_said_beside_those_that_were_taken(page: Page, site: Site) -> None:
    sign_in(page, site)
    page.locator("#files").set_input_files(
        [
            {"name": "好.txt", "mimeType": "text/plain", "buffer": TEXT.format("青檀").encode()},
            {"name": "坏\u202e名.txt", "mimeType": "text/plain", "buffer": b"x"},
        ]
    )
    expect(page.locator("#n-done")).to_have_text("1", timeout=60_000)
    expect(page.locator("#refused li")).to_contain_text("请改名后再传")


def test_a_wrong_key_opens_nothing(page: Page) -> None:
    page.goto("/upload")
    page.get_by_label("访问凭证").fill("gongkai_000000000000_" + "a" * 43)
    page.get_by_role("button", name="登入").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("需要凭证")
    page.goto("/upload")
    expect(page.get_by_label("访问凭证")).to_be_visible()


def test_uploads_go_without_scripts(browser: Browser, site: Site) -> None:
    plain = browser.new_context(base_url=site.url, java_script_enabled=False)
    page = plain.new_page()
    sign_in(page, site)
    page.locator("#files").set_input_files(
        [{"name": "无脚本.txt", "mimeType": "text/plain", "buffer": TEXT.format("古槐").encode()}]
    )
    page.get_by_role("button", name="上传").click()
    page.wait_for_url("**/upload?batch=*")
    # The page refreshes itself until everything is done.
    expect(page.locator("#n-done")).to_have_text("1", timeout=60_000)
    expect(page.get_by_role("link", name="无脚本.txt")).to_be_visible()
    plain.close()
