"""What is masked by default is masked on the page, in every answer and export, and cannot be searched for."""

import io
import json
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from ops.maintenance.decisions.saved_searches import SearchStore
from ops.processes.api_server import app_of
from ops.processes.embedded import run_embedded
from ops.saved_search_alerts.notifier import Notifier, notifier_of
from ops.system import System
from schemas.access import AccessKey, Scope
from schemas.codec import as_json
from schemas.queries import Query
from schemas.records import document_id
from schemas.searches import SavedSearch
from search.api.mcp.tools import TOOLS
from search.http.ports import Access
from tests.support import story
from tests.support.fakes.stores import MemoryKeys
from tests.support.fakes.webhook_receiver import receiving
from workers.settings import load

KEY = "县民政局/名单.txt"
PHONE, STREET, HOUSE = "13800138123", "某某市某某区人民路", "12号3栋502室"
TEXT = f"关于银杏救助对象的公示\n\n一、救助名单\n银杏村张某，电话{PHONE}，家庭住址：{STREET}{HOUSE}。\n"


def test_phones_and_addresses_are_masked_in_all_that_is_shown(tmp_path: Path) -> None:
    with run_embedded(load({"GONGKAI_DATA_DIR": str(tmp_path)})) as system:
        system.context.inbox.write(KEY, TEXT.encode())
        story.until(lambda: bool(story.found(system, "银杏")), "the document to be found")
        client, identifier = TestClient(app_of(system)), document_id(KEY)
        places = (
            "/v1/search?q=银杏",
            f"/v1/documents/{identifier}",
            f"/d/{identifier}",
            f"/d/{identifier}?view=source",
        )
        answers = [client.get(place).text for place in (*places, "/v1/search/export?q=银杏")]
        assert story.found(system, PHONE) == []
    for answer in answers:
        assert PHONE not in answer
        assert HOUSE not in answer
    assert all("138****8123" in answer for answer in answers[1:4])


def test_the_setting_says_what_is_masked(tmp_path: Path) -> None:
    with run_embedded(load({"GONGKAI_DATA_DIR": str(tmp_path), "GONGKAI_MASK": "none"})) as system:
        system.context.inbox.write(KEY, TEXT.encode())
        story.until(lambda: bool(story.found(system, PHONE)), "the document to be found by its number")


MANY = "县民政局/决定.txt"
CELLS = "县民政局/名单.csv"
# Each place of a record may hold it: title, issuer, heading, sentence, statement, statistic, note, cell of a table.
DECISION = (
    f"某县民政局关于银杏救助热线{PHONE}的决定\n某民发〔2025〕3号\n\n各乡镇：\n现决定如下，联系电话{PHONE}：\n"
    f"一、银杏救助电话{PHONE}\n张某住址：{STREET}{HOUSE}。全年受理银杏救助申请12件，咨询电话{PHONE}。\n"
    f"二、废止\n《某县银杏救助办法》（咨询电话{PHONE}）自2025年3月1日起同时废止。\n\n"
    f"附件：银杏名单（联系人电话{PHONE}）\n\n某县民政局\n2025年3月1日\n（联系人：张某，电话{PHONE}）\n"
)
ROWS = f"姓名,手机号码,家庭住址\n银杏张某,{PHONE},{STREET}{HOUSE}\n银杏李某,{PHONE},{STREET}{HOUSE}\n"
READ = "银杏"


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    with run_embedded(load({"GONGKAI_DATA_DIR": str(tmp_path_factory.mktemp("masked") / "data")})) as made:
        for key, text in ((KEY, TEXT), (MANY, DECISION), (CELLS, ROWS)):
            made.context.inbox.write(key, text.encode())
        story.until(lambda: len(story.found(made, READ)) == 3, "the documents to be found")
        yield made


def unpacked(data: bytes) -> str:
    """Return the text of a file, of all parts of an archive (docx, XLSX)."""
    if not data.startswith(b"PK"):
        return data.decode("utf-8", "replace")
    package = zipfile.ZipFile(io.BytesIO(data))
    return "\n".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())


def addresses(client: TestClient) -> Iterator[str]:
    """Yield every way a reader is shown documents, as pages, for programs, as files and for harvesters."""
    yield from (f"/?q={READ}", "/catalogue", f"/v1/search?q={READ}", f"/v1/feed?q={READ}", f"/v1/suggest?q={READ}")
    yield from (f"/v1/search/export?q={READ}&format={one}" for one in ("csv", "xlsx", "jsonl"))
    yield from (
        "/v1/statistics",
        "/v1/statistics?format=csv",
    )
    for identifier in map(document_id, (KEY, MANY, CELLS)):
        yield from (f"/d/{identifier}", f"/d/{identifier}?view=source", f"/d/{identifier}/similar?at=s0-0")
        yield f"/v1/documents/{identifier}"
        yield from (f"/v1/documents/{identifier}/reprint?format={one}" for one in ("docx", "ofd", "txt"))
    period = "from=2025-03-01&to=2025-03-01"
    yield from (f"/office/gazette?{period}", *(f"/v1/office/gazette?{period}&format={one}" for one in ("docx", "html")))
    yield from (f"/v1/office/metadata?format={one}" for one in ("xml", "json", "csv", "xlsx"))
    yield from ("/oai?verb=ListRecords&metadataPrefix=oai_dc", "/oai?verb=ListIdentifiers&metadataPrefix=oai_dc")
    for part in ("validity", "catalogue/documents", "catalogue/findings", "deadlines/publication"):
        yield from (f"/v1/office/{part}{more}" for more in ("", "?format=csv", "?format=xlsx"))
    for part in ("validity/findings", "letters", "guide/findings", "negative/findings", "assessment?month=2025-03"):
        yield f"/v1/office/{part}"
    yield from ("/office/validity", "/office/catalogue/documents", "/office/deadlines?year=2025")
    yield from ("/office/guide", "/office/letters", "/office/assessment?month=2025-03")
    yield from (f"{start}/compare?old={KEY}&new={MANY}" for start in ("/office", "/v1/office"))


def test_no_way_out_shows_what_is_masked(system: System) -> None:
    client = TestClient(app_of(system))
    shown = {address: client.get(address) for address in addresses(client)}
    assert {address: one.status_code for address, one in shown.items() if one.status_code != 200} == {}
    texts = {address: unpacked(one.content) for address, one in shown.items()}
    leaks = [(address, word) for address, text in texts.items() for word in (PHONE, HOUSE) if word in text]
    assert leaks == []
    assert sum("138****8123" in text for text in texts.values()) > 20


def test_no_tool_for_language_models_shows_what_is_masked(system: System) -> None:
    services = app_of(system).state.services
    asked: list[tuple[str, dict[str, object]]] = [("search", {"q": READ}), ("statistics", {})]
    for identifier in map(document_id, (KEY, MANY, CELLS)):
        asked += [("document", {"document_id": identifier}), ("section", {"document_id": identifier, "below": True})]
    told = [TOOLS[name].run(services, TOOLS[name].arguments(**given)) for name, given in asked]
    text = json.dumps([as_json(one) for one in told], ensure_ascii=False)
    assert PHONE not in text
    assert HOUSE not in text
    assert text.count("138****8123") > 3


def test_no_webhook_and_no_feed_of_a_saved_search_shows_what_is_masked(system: System) -> None:
    keys = MemoryKeys({"owner": AccessKey("owner", "test", "", (Scope.READ,), 0.0)})
    kept = SearchStore(system.context.derived)
    with receiving() as receiver:
        secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
        kept.keep(SavedSearch("0" * 32, "新文件", "owner", Query(READ), receiver.url, secret, 1.0))
        made = notifier_of(system)
        postman = replace(made.postman, access=Access(keys), private=True, clock=lambda: time.time() + 60)
        stats = Notifier(made.index, made.store, postman).run()
        assert (stats.sent, stats.failed) == (3, 0)
        bodies = [json.loads(body) for _, _, body in receiver.received]
    matches = json.dumps([as_json(one) for one in kept.recent("0" * 32)], ensure_ascii=False)
    assert "138****8123" in matches
    for told in (json.dumps(bodies, ensure_ascii=False), matches):
        assert PHONE not in told
        assert HOUSE not in told
