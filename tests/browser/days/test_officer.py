"""A disclosure officer's day: decide on what is held, take something down, compare numbers, have news reported."""

from playwright.sync_api import expect

from tests.browser.days.conftest import Desk
from tests.support.site import found, put, until

# The check digit is right (GB 11643-1999); the number belongs to nobody.
LIST = "某县信访局工作总结\n\n一、名单\n{tag}来访人身份证号码：11010519491231002X。\n\n某县信访局\n2020年12月20日\n"


def test_an_officer_decides_on_what_is_held_after_signing_in_on_the_way(desk: Desk) -> None:
    key = f"信访/名单{desk.tag}.txt"
    put(desk.site, key, LIST.format(tag=desk.tag).encode())
    assert found(desk.site.url, q=f"{desk.tag}来访人", prefix="信访/") == 0
    page = desk.page
    page.goto("/operations/held")
    desk.sign_in(desk.site.everything)
    expect(page.get_by_role("listitem").filter(has_text=key)).to_contain_text("身份证")
    expect(page.locator("main")).not_to_contain_text("11010519491231002X")
    desk.check()
    page.get_by_role("link", name=f"查看 {key}").press("Enter")
    expect(page.get_by_role("region", name="正文")).to_contain_text("11010519491231002X")
    desk.press("放行")
    expect(page.get_by_role("status").filter(has_text="已放行 1 份")).to_be_visible()
    until(lambda: found(desk.site.url, q=f"{desk.tag}来访人", prefix=key) == 1, "it to be found", desk.site.inbox)
    page.goto(desk.site.page(key))
    desk.press("立即撤下")
    expect(page.get_by_role("status").filter(has_text="已决定不公开 1 份")).to_be_visible()
    assert page.goto(desk.site.page(key)).status == 403  # type: ignore[union-attr]


def test_an_officer_compares_numbers_over_years_and_has_news_reported(desk: Desk) -> None:
    page = desk.page
    page.goto("/office")
    page.get_by_role("link", name="统计数据").press("Enter")
    page.get_by_label("机关").fill("某市水利局")
    page.get_by_label("机关").press("Enter")
    expect(page.get_by_role("img").last).to_be_visible()
    expect(page.get_by_role("table", name="各年数字")).to_contain_text("2019")
    desk.check()
    page.goto("/?q=水库")
    page.get_by_role("link", name="保存此检索").press("Enter")
    desk.sign_in(desk.site.everything)
    page.get_by_label("名称").fill(f"水库{desk.tag}")
    page.get_by_label("名称").press("Enter")
    expect(page.get_by_role("heading", name=f"水库{desk.tag}")).to_be_visible()
    expect(page.get_by_role("link", name=f"订阅（Atom） 水库{desk.tag}")).to_be_visible()
    desk.check()
    for path in ("/office/annual", "/office/deadlines", "/office/catalogue", "/office/validity"):
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        desk.check()
