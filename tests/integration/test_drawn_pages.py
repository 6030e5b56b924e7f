"""Pages of originals are drawn on demand by the whole system, kept as artefacts, and gone with the document."""

from pathlib import Path
from tempfile import TemporaryDirectory

from fastapi.testclient import TestClient

from ops.adapters.drawn_pages import PLACE
from ops.maintenance.decisions.release import hold
from ops.maintenance.removal.purge import purge
from ops.processes.api_server import app_of
from ops.processes.embedded import run_embedded
from ops.system import System
from schemas.drawings import unpack
from schemas.outcomes import State
from schemas.records import document_id
from tests.support import story
from tests.support.builders.embedded_font import pdf_of
from tests.support.builders.ofd import make_ofd, text
from tests.support.container_story import packed
from workers.settings import load

KEY, INSIDE, NUMBERS, REDRAWN = "甲/通知.pdf", "甲/附件.zip", "甲/名单.pdf", "甲/名单.ofd"
PAGES = (["关于保护银杏的通知", "一、提高认识"], ["二、落实责任", "逐株登记古树名木。"])
PHONE = ["关于银杏救助对象的公示", "一、联系方式", "联系人银杏村张某，手机13800138123。"]


def filled(system: System) -> TestClient:
    inbox = system.context.inbox
    inbox.write(KEY, pdf_of(*PAGES))
    inbox.write(INSIDE, packed(里_pdf=pdf_of(*PAGES[::-1])))
    inbox.write(NUMBERS, pdf_of(PHONE))
    with TemporaryDirectory() as folder:
        inbox.write(REDRAWN, make_ofd(Path(folder) / "a.ofd", text(PHONE[2], 30, 40)).read_bytes())
    for key in (KEY, f"{INSIDE}!/里.pdf", NUMBERS, REDRAWN):
        story.until(story.in_state(system, key, State.INDEXED), f"{key} to be indexed")
    story.until(system.idle, "nothing to be in flight")
    return TestClient(app_of(system))


def pictures(system: System) -> list[str]:
    return [info.key for info in system.context.derived.list(PLACE)]


def address(key: str, page: int) -> str:
    return f"/v1/documents/{document_id(key)}/pages/{page}"


def test_pages_are_drawn_once_and_go_with_their_document(tmp_path: Path) -> None:
    with run_embedded(load({"GONGKAI_DATA_DIR": str(tmp_path)})) as system:
        client = filled(system)
        shown = client.get(f"/d/{document_id(KEY)}/page", params={"q": "古树名木", "page": "2"}).text
        assert "图中标出 1 处" in shown
        first = client.get(address(KEY, 2))
        assert (first.status_code, first.headers["content-type"]) == (200, "image/webp")
        assert len(pictures(system)) == 1
        system.context.drawing.close()
        assert client.get(address(KEY, 2)).content == first.content
        assert client.get(address(f"{INSIDE}!/里.pdf", 1)).status_code == 200
        assert_covered(system, client)
        hold(system, f"{INSIDE}!/里.pdf")
        story.until(story.in_state(system, f"{INSIDE}!/里.pdf", State.HELD), "the file inside to be held")
        assert client.get(address(f"{INSIDE}!/里.pdf", 1)).status_code == 403
        system.context.inbox.remove(KEY)
        story.until(story.in_state(system, KEY, State.REMOVED), "the removal to be recorded")
        story.until(system.idle, "nothing to be in flight")
        assert client.get(address(KEY, 2)).status_code == 410
        assert purge(system, KEY).left == ()
        assert not any(system.context.derived.read(key) == first.content for key in pictures(system))
        assert len(pictures(system)) == 2, "those of the file inside and of the page that is covered"


def assert_covered(system: System, client: TestClient) -> None:
    """A masked number is black on its page; where a page cannot be covered, it is not shown."""
    page = client.get(f"/d/{document_id(NUMBERS)}/page", params={"q": "银杏"}).text
    assert "图中涂黑处是打码的内容。" in page
    assert client.get(address(NUMBERS, 1)).headers["content-type"] == "image/webp"
    (kept,) = (unpack(system.context.derived.read(key) or b"") for key in pictures(system) if "/1-" in key)
    assert kept is not None
    assert "手机138****8123" in "".join(run.text for run in kept.drawing.runs)
    redrawn = client.get(f"/d/{document_id(REDRAWN)}/page").text
    assert "ofd 格式的页面图像无法可靠遮盖" in redrawn
    assert '<img src="/v1/documents' not in redrawn
    assert client.get(address(REDRAWN, 1)).status_code == 404
