"""The interface over the whole system: from an upload over HTTP to a hit, a feed and a webhook."""

import time
from pathlib import Path

from fastapi.testclient import TestClient

from ops.adapters.access_keys import KeyStore
from ops.processes.api_server import app_of
from ops.processes.embedded import run_embedded
from ops.saved_search_alerts.notifier import notifier_of
from ops.system import System
from schemas.access import Scope
from search.http.access_keys import make_key
from tests.support import story
from tests.support.fakes.webhook_receiver import receiving
from workers.settings import load

KEY = "市局/关于银杏保护的通知.txt"
TEXT = "关于银杏保护的通知\n\n一、总体要求\n各乡镇要做好银杏保护工作。\n\n二、主要任务\n登记造册，挂牌保护。\n"


def sent_by(system: System, *scopes: Scope) -> dict[str, str]:
    secret, key = make_key("test", scopes)
    KeyStore(system.context.derived).add(key)
    return {"Authorization": f"Bearer {secret}"}


def test_what_is_uploaded_over_http_is_found_followed_and_told_of(tmp_path: Path) -> None:
    variables = {"GONGKAI_DATA_DIR": str(tmp_path), "GONGKAI_WEBHOOK_PRIVATE": "true"}
    with receiving() as receiver, run_embedded(load(variables)) as system:
        client = TestClient(app_of(system), raise_server_exceptions=False)
        sent = sent_by(system, Scope.WRITE)
        asked = {"name": "银杏", "query": {"q": "银杏"}, "webhook": receiver.url}
        search = client.post("/v1/saved-searches", json=asked, headers=sent).json()
        files = [("files", (KEY, TEXT.encode(), "text/plain"))]
        batch = client.post("/v1/uploads", files=files, headers=sent).json()["batch"]

        def done() -> bool:
            return client.get(f"/v1/uploads/{batch}", headers=sent).json()["done"] == 1

        story.until(done, "the uploaded file to be indexed")
        story.until(lambda: "银杏" in client.get("/v1/search", params={"q": "银杏"}).text, "it to be found")
        notifier_of(system).run()
        assert "银杏保护".encode() in receiver.received[0][2]
        assert client.get(f"/v1/saved-searches/{search['id']}/feed").text.count("<entry>") >= 1
        assert KEY in client.get("/v1/search/export", params={"q": "银杏"}).content.decode("utf-8-sig")

        # Put into the inbox anew as it is, it is read anew, and new to nobody.
        told = len(receiver.received)
        before = story.recorded(system, KEY)
        time.sleep(0.02)
        system.context.inbox.write(KEY, TEXT.encode())
        story.until(lambda: story.recorded(system, KEY) != before, "it to be processed again")
        notifier_of(system).run()
        assert len(receiver.received) == told


def test_where_reading_needs_a_key_the_whole_interface_does(tmp_path: Path) -> None:
    with run_embedded(load({"GONGKAI_DATA_DIR": str(tmp_path), "GONGKAI_READ_ACCESS": "key"})) as system:
        client = TestClient(app_of(system), raise_server_exceptions=False)
        open_paths = {"/openapi.json", "/healthz"}
        for path, operations in client.get("/openapi.json").json()["paths"].items():
            if "get" in operations and path not in open_paths:
                asked = path.replace("{identifier}", "0" * 32).replace("{batch}", "0" * 32)
                assert client.get(asked).status_code == 401, path
        for page in ("/", "/catalogue", "/d/x", "/d/x/similar"):
            assert client.get(page, headers={"Accept": "text/html"}).status_code == 401, page
        assert client.get("/v1/search", headers=sent_by(system, Scope.READ)).status_code == 200


def test_a_webhook_that_delivery_would_refuse_is_refused_when_the_search_is_made(tmp_path: Path) -> None:
    with run_embedded(load({"GONGKAI_DATA_DIR": str(tmp_path)})) as system:
        client, sent = TestClient(app_of(system), raise_server_exceptions=False), sent_by(system, Scope.WRITE)
        asked = {"name": "银杏", "query": {"q": "银杏"}, "webhook": "http://127.0.0.1:9000/in"}
        refused = client.post("/v1/saved-searches", json=asked, headers=sent)
        assert refused.status_code == 422
        assert "http://127.0.0.1:9000/in" in refused.json()["detail"]
        assert "private address; set GONGKAI_WEBHOOK_PRIVATE=true" in refused.json()["detail"]
        assert client.get("/v1/saved-searches", headers=sent).json() == []
        made = client.post("/v1/saved-searches", json=asked | {"webhook": "https://93.184.216.34/in"}, headers=sent)
        path = f"/v1/saved-searches/{made.json()['id']}"
        assert client.put(path, json=asked, headers=sent).status_code == 422
        assert client.get(path, headers=sent).json()["webhook"] == "https://93.184.216.34/in"
