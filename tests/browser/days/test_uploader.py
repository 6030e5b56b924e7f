"""An uploader's day: sign in, drop a folder, see what each file became and why, mend it, find it."""

import io
import re
import zipfile
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.days.conftest import Desk
from tests.browser.test_uploading import TEXT, drop_paths


def folder_of(root: Path, tag: str) -> Path:
    """Write a folder with a report below another folder, a broken file and an archive."""
    folder = root / f"林业{tag}"
    (folder / "2021").mkdir(parents=True)
    (folder / "2021" / "报告.txt").write_text(TEXT.format(f"{tag}红豆杉"), "utf-8")
    (folder / "坏.docx").write_bytes(b"PK\x03\x04 broken")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("内/附件.txt", TEXT.format(f"{tag}银缕梅"))
    (folder / "材料.zip").write_bytes(packed.getvalue())
    return folder


def test_an_uploader_sends_a_folder_learns_why_a_file_failed_and_mends_it(desk: Desk, tmp_path: Path) -> None:
    page, folder = desk.page, folder_of(tmp_path, desk.tag)
    page.goto("/upload")
    desk.check()
    desk.sign_in(desk.site.everything)
    drop_paths(page, folder)
    expect(page.locator("#sending")).to_contain_text("全部处理完毕", timeout=60_000)
    expect(page.locator("#n-ended")).to_contain_text("3 / 3 个文件")
    broken = page.get_by_role("row", name=re.compile("坏.docx"))
    expect(broken.locator(".reason")).not_to_be_empty()
    expect(broken.get_by_role("button", name="重试")).to_be_visible()
    desk.check()
    page.get_by_role("link", name="内含 1 个文件").press("Enter")
    page.get_by_role("link", name="内/附件.txt").press("Enter")
    expect(page.locator("main")).to_contain_text(f"{desk.tag}银缕梅")
    page.goto("/upload")
    page.get_by_label("放入文件夹").fill(folder.name)
    page.locator("#files").set_input_files(
        [{"name": "坏.docx", "mimeType": "text/plain", "buffer": TEXT.format(f"{desk.tag}珙桐").encode()}]
    )
    expect(page.locator("#n-done")).to_have_text("1", timeout=60_000)
    page.goto(f"/?q={desk.tag}珙桐")
    expect(page.locator("article.hit").first).to_be_visible()
    page.goto("/upload")
    desk.press("登出")
    expect(page.get_by_role("combobox")).to_be_visible()
    page.goto("/upload")
    expect(page.get_by_label("访问凭证")).to_be_visible()
