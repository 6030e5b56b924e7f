"""From a file dropped on the page to the hit in the search, in a real browser."""

import io
import re
import time
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_looks import looked_at
from tests.browser.test_operating import press
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


def drop_paths(page: Page, *paths: Path) -> None:
    """Drop files and folders of this machine on the page, as a person drags them there from the desktop."""
    box = page.locator(".drop").bounding_box()
    assert box
    session = page.context.new_cdp_session(page)
    data = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        session.send("Input.dispatchDragEvent", {"type": kind, "x": box["x"] + 20, "y": box["y"] + 20, "data": data})


def test_a_dropped_folder_keeps_the_paths_in_it(page: Page, site: Site, tmp_path: Path) -> None:
    folder = tmp_path / "交通局"
    (folder / "2023" / "通知").mkdir(parents=True)
    (folder / "总结.txt").write_text(TEXT.format("青冈栎"), "utf-8")
    (folder / "2023" / "通知" / "一号.txt").write_text(TEXT.format("苦槠树"), "utf-8")
    sign_in(page, site)
    drop_paths(page, folder)
    expect(page.locator("#n-done")).to_have_text("2", timeout=60_000)
    for key in ("交通局/总结.txt", "交通局/2023/通知/一号.txt"):
        expect(page.get_by_role("link", name=key)).to_be_visible()
    expect(page.locator("#n-bytes")).to_have_text(re.compile(r"^\d+ B / \d+ B$"))
    expect(page.locator("#n-ended")).to_have_text(re.compile(r"^2 / 2 个文件，\d+ B$"))


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_the_folder_button_keeps_the_paths(browser: Browser, site: Site, tmp_path: Path, scripts: bool) -> None:
    folder = tmp_path / f"农业局{int(scripts)}"
    (folder / "二级").mkdir(parents=True)
    (folder / "二级" / "甲.txt").write_text(TEXT.format("乌桕树"), "utf-8")
    context = browser.new_context(base_url=site.url, java_script_enabled=scripts)
    page = context.new_page()
    sign_in(page, site)
    page.get_by_label("选择文件夹").set_input_files(folder)
    if not scripts:
        page.get_by_role("button", name="上传", exact=True).click()
    expect(page.locator("#n-done")).to_have_text("1", timeout=60_000)
    expect(page.get_by_role("link", name=f"{folder.name}/二级/甲.txt")).to_be_visible()
    expect(page.get_by_text("未接收")).to_have_count(0)
    context.close()


@pytest.mark.parametrize("width", [1280, 360])
def test_the_list_says_why_a_file_failed_and_who_may_operate_tries_it_again(
    browser: Browser, site: Site, width: int
) -> None:
    context = browser.new_context(base_url=site.url, viewport={"width": width, "height": 800}, bypass_csp=True)
    page = context.new_page()
    page.goto("/upload")
    page.get_by_label("访问凭证").fill(site.everything)
    page.get_by_role("button", name="登入").click()
    expect(page.get_by_role("button", name="登出")).to_be_visible()
    page.locator("#files").set_input_files(
        [{"name": f"残缺{width}.docx", "mimeType": "application/octet-stream", "buffer": b"PK\x03\x04 broken"}]
    )
    line = page.get_by_role("row", name=re.compile(f"残缺{width}.docx"))
    expect(line).to_contain_text("未能读出", timeout=60_000)
    expect(line.locator(".reason")).not_to_be_empty()
    expect(page.locator("#sending")).to_contain_text("全部处理完毕")
    assert looked_at(page, width) == []
    press(page, "重试")
    page.wait_for_url("**/upload?batch=*")
    expect(page.locator("#n-failed")).to_have_text("1", timeout=60_000)
    context.close()


@pytest.mark.parametrize("width", [1280, 360])
def test_the_page_of_an_archive_leads_to_its_files_and_says_what_each_became(
    browser: Browser, site: Site, width: int
) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("卷一/好.txt", TEXT.format("红椿树"))
        archive.writestr("坏.pdf", b"%PDF-1.4 cut short")
    context = browser.new_context(base_url=site.url, viewport={"width": width, "height": 800}, bypass_csp=True)
    page = context.new_page()
    sign_in(page, site)
    page.locator("#files").set_input_files(
        [{"name": f"档案{width}.zip", "mimeType": "application/zip", "buffer": packed.getvalue()}]
    )
    page.get_by_role("link", name="内含 2 个文件").click(timeout=60_000)
    expect(page.get_by_role("heading", name="内含文件")).to_be_visible()
    _reload_while(page, "尚在处理")
    expect(page.get_by_role("row", name=re.compile("坏.pdf"))).to_contain_text("未能读出")
    assert looked_at(page, width) == []
    page.get_by_role("link", name="卷一/好.txt").click()
    expect(page.locator("main")).to_contain_text("红椿树")
    context.close()


def _reload_while(page: Page, words: str) -> None:
    deadline = time.monotonic() + 60
    while page.get_by_text(words).count():
        assert time.monotonic() < deadline
        page.reload()
