"""An operator's day: look, pause and resume, retry what failed, hand out a key and take it back."""

from playwright.sync_api import expect

from tests.browser.days.conftest import Desk
from tests.support.site import put


def test_an_operator_looks_pauses_resumes_and_tries_again_what_failed(desk: Desk) -> None:
    key = f"故障/{desk.tag}.docx"
    put(desk.site, key, b"PK\x03\x04 broken " + desk.tag.encode())
    page = desk.page
    page.goto("/operations")
    desk.sign_in(desk.site.everything)
    expect(page.get_by_role("heading", level=1)).to_have_text("运行情况")
    desk.check()
    desk.press("暂停 接收")
    expect(page.get_by_role("row", name="接收")).to_contain_text("已暂停")
    desk.press("恢复 接收")
    expect(page.get_by_role("row", name="接收")).not_to_contain_text("已暂停")
    page.goto(desk.site.page(key))
    desk.press("重试")
    expect(page.get_by_role("status").filter(has_text="已重新排队")).to_be_visible()
    page.goto("/operations/failures")
    expect(page.get_by_role("link", name=key)).to_be_visible()
    desk.check()


def test_an_operator_hands_out_a_key_and_takes_it_back(desk: Desk) -> None:
    page = desk.page
    page.goto("/operations/keys")
    desk.sign_in(desk.site.everything)
    page.get_by_label("用途").fill(f"档案馆{desk.tag}")
    page.get_by_label("写入").check()
    desk.press("新建")
    expect(page.locator("#secret")).to_contain_text("gongkai_")
    desk.check()
    desk.press(f"吊销 档案馆{desk.tag}")
    expect(page.get_by_role("status").filter(has_text="已吊销")).to_be_visible()
    page.get_by_role("link", name="页面杂项").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("页面杂项")
    desk.check()
