"""The pages of operators: held documents, furniture and keys are dealt with as by the commands, by whoever may."""

import json
import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from ops.adapters.access_keys import KeyStore
from ops.audit_log import file_of
from ops.processes.api_server import app_of
from ops.processes.embedded import run_embedded
from ops.system import System
from schemas.access import Scope
from schemas.outcomes import State
from schemas.records import document_id
from search.http.access_keys import make_key
from tests.support import story
from workers.furniture import Furniture, FurnitureList
from workers.settings import load

HELD = "信访/名单.txt"
# The check digit of the number is right (GB 11643-1999); its place and day belong to nobody.
TEXT = "某县信访局2020年工作总结\n\n一、名单\n来访人身份证号码：11010519491231002X。\n\n某县信访局\n2020年12月20日\n"


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    folder = tmp_path_factory.mktemp("data")
    (folder / "inbox" / "信访").mkdir(parents=True)
    (folder / "inbox" / HELD).write_text(TEXT, "utf-8")
    with run_embedded(load({"GONGKAI_DATA_DIR": str(folder)})) as running:
        story.until(story.in_state(running, HELD, State.HELD), "the document to be held")
        yield running


@pytest.fixture
def client(system: System) -> TestClient:
    return TestClient(app_of(system), base_url="http://localhost", headers={"Accept": "text/html"})


def key_for(system: System, *scopes: Scope) -> str:
    secret, key = make_key("test", scopes)
    KeyStore(system.context.derived).add(key)
    return secret


def sign_in(client: TestClient, secret: str) -> None:
    client.post("/v1/session", data={"key": secret}, follow_redirects=False)


def logged(system: System) -> list[dict[str, str]]:
    path = file_of(system.settings)
    assert path
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page[page.index("sign-in") :]))


def test_a_held_document_is_looked_at_kept_released_and_found_with_a_line_in_the_log_each(
    system: System, client: TestClient
) -> None:
    sign_in(client, key_for(system, Scope.OPERATE))
    page = client.get("/operations/held").text
    assert HELD in page
    assert "11010519491231002X" not in page
    look = client.get(f"/operations/held/{document_id(HELD)}")
    assert "11010519491231002X" in look.text
    assert look.headers["cache-control"] == "no-store"
    chosen = re.findall(r'name="chosen" value="([^"]+)"', page)
    assert "已决定不公开 1 份" in client.post("/operations/held", data={"act": "keep", "chosen": chosen}).text
    assert "身份证" in client.get("/operations/held").text
    assert "已放行 1 份" in client.post("/operations/held", data={"act": "release", "chosen": chosen}).text
    story.until(story.in_state(system, HELD, State.INDEXED), "the document to be released")
    assert [entry["action"] for entry in logged(system)] == ["look at held", "hold", "release"]
    assert {entry["target"] for entry in logged(system)} == {HELD}
    assert all(entry["who"].startswith("key ") for entry in logged(system))
    again = client.post("/operations/held", data={"act": "release", "chosen": ["0" * 32 + " x"]})
    assert (again.status_code, "未能办理" in again.text) == (409, True)


def test_after_signing_in_what_was_asked_for_is_done(system: System, client: TestClient) -> None:
    chosen = f"{document_id(HELD)} x"
    refused = client.post("/operations/held", data={"act": "keep", "chosen": chosen})
    assert refused.status_code == 401
    fields = hidden(refused.text)
    assert (fields["then"], fields["act"], fields["chosen"]) == ("/operations/held", "keep", chosen)
    mistyped = client.post("/v1/session", data={**fields, "key": "gongkai_wrong"})
    assert hidden(mistyped.text) == fields
    done = client.post("/v1/session", data={**fields, "key": key_for(system, Scope.OPERATE)})
    assert "已决定不公开 1 份" in done.text
    story.until(story.in_state(system, HELD, State.HELD), "the document to be held")


@pytest.mark.parametrize("then", ["https://evil.example/x", "//evil.example/x", "/v1/session", "/v1/uploads"])
def test_signing_in_sends_no_form_to_another_site_or_to_the_interface_of_programs(
    system: System, client: TestClient, then: str
) -> None:
    data = {"key": key_for(system, Scope.READ), "then": then}
    answer = client.post("/v1/session", data=data, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


def test_another_sites_page_gets_neither_an_action_nor_a_form_to_go_on_with(client: TestClient) -> None:
    sent = {"act": "keep", "chosen": "x"}
    answer = client.post("/operations/held", data=sent, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert 'name="then"' not in answer.text


def test_keys_are_made_and_revoked_by_administrators_alone(system: System, client: TestClient) -> None:
    sign_in(client, key_for(system, Scope.OPERATE))
    assert client.get("/operations/keys").status_code == 403
    assert client.post("/operations/keys", data={"label": "x", "scope": "read"}).status_code == 403
    sign_in(client, key_for(system, Scope.ADMIN))
    assert client.post("/operations/keys", data={"label": "无权限"}).status_code == 422
    page = client.post("/operations/keys", data={"label": "县档案馆", "scope": ["read", "write"]}).text
    secret = re.search(r'<code id="secret">(gongkai_[^<]+)</code>', page)
    assert secret
    sent = {"Authorization": f"Bearer {secret[1]}"}
    reader = TestClient(app_of(system), base_url="http://localhost", headers=sent)
    assert reader.get("/v1/saved-searches").status_code == 200
    identifier = secret[1].split("_")[1]
    assert secret[1] not in client.get("/operations/keys").text
    assert f"已吊销 {identifier}" in client.post("/operations/keys/revoke", data={"revoked": identifier}).text
    assert KeyStore(system.context.derived).find(identifier) is None
    entries = [(entry["action"], entry["target"]) for entry in logged(system)]
    assert entries[-2:] == [("create key", identifier), ("revoke key", identifier)]


def test_recurring_lines_are_confirmed_and_rejected(system: System, client: TestClient) -> None:
    kept = FurnitureList(system.context.derived)
    kept.save([Furniture("信访", "为人民服务 · 打印本页", 6, 7)])
    sign_in(client, key_for(system, Scope.OPERATE))
    page = client.get("/operations/furniture").text
    assert "打印本页" in page
    line = re.findall(r'name="line" value="([^"]+)"', page)
    assert "已记下，0 份" in client.post("/operations/furniture", data={"act": "confirm", "line": line}).text
    assert [one.state for one in kept.all()] == ["confirmed"]
    client.post("/operations/furniture", data={"act": "reject", "line": line})
    assert [one.state for one in kept.all()] == ["rejected"]


@pytest.mark.parametrize("path", ["/operations/held", "/operations/furniture", "/operations/keys"])
def test_none_of_them_opens_without_a_key_whatever_the_settings_say(system: System, path: str) -> None:
    client = TestClient(app_of(system), base_url="http://localhost", headers={"Accept": "text/html"})
    answer = client.get(path)
    assert answer.status_code == 401
    assert f'name="next" value="{path}"' in answer.text
