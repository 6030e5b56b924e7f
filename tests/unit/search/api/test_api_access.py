"""Who may come in: keys in headers, as passwords and in cookies; scopes; nobody by way of another site."""

from base64 import b64encode
from collections.abc import Iterator

import pytest

from schemas.access import Scope
from search.http.auth import COOKIE
from tests.support.http_application import World, make_world

READS = ("/", "/v1/search", "/v1/search/export", "/v1/feed", "/v1/suggest", "/v1/statistics", "/search")
OTHER_SITE = {"Sec-Fetch-Site": "cross-site"}
ASKED = {"name": "新文件", "query": {"q": "公开"}}


@pytest.fixture
def closed() -> Iterator[World]:
    made = make_world(open_reading=False)
    made.add("a.docx")
    yield made
    made.client.close()


@pytest.mark.parametrize("path", READS)
def test_reading_by_key_is_closed_without_one(closed: World, path: str, first: str) -> None:
    answer = closed.client.get(path)
    assert answer.status_code == 401
    assert "总结" not in answer.text
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert closed.client.get(path, headers=closed.sent(Scope.READ)).status_code == 200


def test_documents_and_their_neighbours_are_closed_too(closed: World) -> None:
    identifier = closed.add("b.docx")
    for rest in ("", "/original", "/similar", "/citations"):
        assert closed.client.get(f"/v1/documents/{identifier}{rest}").status_code == 401
    for path in (f"/d/{identifier}", f"/documents/{identifier}", f"/documents/{identifier}/original"):
        assert closed.client.get(path).status_code == 401


def test_a_key_opens_its_scopes_and_no_other(world: World) -> None:
    for scope, status in ((Scope.READ, 403), (Scope.OPERATE, 403), (Scope.WRITE, 201)):
        assert world.client.post("/v1/saved-searches", json=ASKED, headers=world.sent(scope)).status_code == status
    assert world.client.post("/v1/saved-searches", json=ASKED).status_code == 401
    closed = make_world(open_reading=False)
    assert closed.client.get("/v1/search", headers=closed.sent(Scope.WRITE)).status_code == 403


def test_a_feed_reader_sends_the_key_as_a_password(closed: World) -> None:
    key = closed.keys.make(Scope.READ)
    sent = {"Authorization": "Basic " + b64encode(f"anybody:{key}".encode()).decode()}
    assert closed.client.get("/v1/feed", headers=sent).status_code == 200
    assert "Basic" in closed.client.get("/v1/feed").headers["www-authenticate"]


def test_the_password_of_a_proxy_in_front_is_no_key(world: World) -> None:
    sent = {"Authorization": "Basic " + b64encode("somebody:密码".encode()).decode()}
    assert world.client.get("/v1/search", headers=sent).status_code == 200
    assert world.client.get("/v1/search", headers={"Authorization": "Basic !"}).status_code == 200


def test_wrong_malformed_and_revoked_keys_are_refused_alike(closed: World) -> None:
    good = closed.keys.make(Scope.READ)
    revoked = closed.keys.make(Scope.READ)
    del closed.keys.kept[revoked.split("_")[1]]
    wrong = good[:-2] + ("AA" if good[-2:] != "AA" else "BB")
    other = good.replace(good.split("_")[1], "0123456789ab")
    answers = {
        closed.client.get("/v1/search", headers={"Authorization": f"Bearer {key}".encode()}).text
        for key in (wrong, other, revoked, "nonsense", "钥匙", good + "x")
    }
    assert len(answers) == 1
    assert '"status": 401' in answers.pop()


def test_signing_in_sets_a_cookie_scripts_cannot_read(closed: World) -> None:
    answer = closed.client.post(
        "/v1/session", data={"key": closed.keys.make(Scope.READ), "next": "/?q=公开"}, follow_redirects=False
    )
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/?q=")
    assert {"httponly", "samesite=lax"} <= {part.strip().lower() for part in answer.headers["set-cookie"].split(";")}
    assert closed.client.get("/v1/search").status_code == 200
    closed.client.post("/v1/session", data={"key": ""})
    assert closed.client.get("/v1/search").status_code == 401


def test_the_cookie_is_a_session_of_its_own_that_ends_when_somebody_signs_out_or_the_key_goes(closed: World) -> None:
    key = closed.sign_in(Scope.READ)
    token = closed.client.cookies[COOKIE]
    assert key not in token
    assert key.rpartition("_")[2] not in token
    closed.client.post("/v1/session", data={"key": ""})
    stolen = {"Cookie": f"{COOKIE}={token}"}
    assert closed.client.get("/v1/search", headers=stolen).status_code == 401
    assert closed.client.get("/v1/search", headers={"Cookie": f"{COOKIE}={key}"}).status_code == 401
    closed.sign_in(Scope.READ)
    assert closed.client.get("/v1/search").status_code == 200
    closed.keys.kept.clear()
    assert closed.client.get("/v1/search").status_code == 401


def test_pages_a_key_opened_are_private(world: World, closed: World, first: str) -> None:
    for path in ("/", f"/d/{first}", "/catalogue"):
        assert "private" not in world.client.get(path).headers["cache-control"], path
        sent = world.client.get(path, headers=world.sent(Scope.READ))
        assert sent.headers["cache-control"].startswith("private"), path
    world.sign_in(Scope.READ)
    closed.sign_in(Scope.READ)
    assert world.client.get("/").headers["cache-control"].startswith("private")
    assert closed.client.get("/").headers["cache-control"].startswith("private")


def test_the_cookie_is_for_tls_only_where_the_service_is_reached_by_tls() -> None:
    world = make_world(open_reading=False, public_url="https://example.org")
    world.client.headers["Host"] = "example.org"
    answer = world.client.post("/v1/session", data={"key": world.keys.make(Scope.READ)}, follow_redirects=False)
    assert "secure" in answer.headers["set-cookie"].lower()


def test_signing_in_with_a_wrong_key_sets_no_cookie(closed: World) -> None:
    answer = closed.client.post("/v1/session", data={"key": "wrong"}, follow_redirects=False)
    assert answer.status_code == 401
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example", "/\\evil.example", "/\r\nX: y", "evil"])
def test_signing_in_leads_to_no_other_site(closed: World, target: str) -> None:
    sent = {"key": closed.keys.make(Scope.READ), "next": target}
    answer = closed.client.post("/v1/session", data=sent, follow_redirects=False)
    assert answer.headers["location"] == "/"


def test_a_page_of_another_site_changes_nothing_with_the_cookie(world: World) -> None:
    world.sign_in(Scope.READ, Scope.WRITE)
    for headers in (OTHER_SITE, {"Origin": "https://evil.example"}, {"Origin": "null"}):
        answer = world.client.post("/v1/saved-searches", json=ASKED, headers=headers)
        assert answer.status_code == 403
    assert world.searches.kept == {}
    own = {"Origin": "http://testserver"}
    assert world.client.post("/v1/saved-searches", json=ASKED, headers=own).status_code == 201
    assert world.client.post("/v1/session", data={"key": ""}, headers=OTHER_SITE).status_code == 403


def test_a_cookie_of_a_revoked_key_still_reads_what_is_open(world: World) -> None:
    world.sign_in(Scope.READ)
    world.keys.kept.clear()
    assert world.client.get("/v1/search").status_code == 200


def test_no_key_is_ever_logged_or_answered(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    key = world.keys.make(Scope.READ)
    secret = key.split("_", 2)[2]
    answers = [
        world.client.get("/v1/search", headers={"Authorization": f"Bearer {key}"}),
        world.client.get("/v1/search", headers={"Authorization": f"Bearer {key}x"}),
        world.client.post("/v1/saved-searches", json=ASKED, headers={"Authorization": f"Bearer {key}"}),
        world.client.post("/v1/session", data={"key": key + "x"}),
        world.client.post("/v1/session", data={"key": "x" * 300 + key}),
    ]
    assert [answer.status_code for answer in answers] == [200, 401, 403, 401, 422]
    assert not [answer for answer in answers if secret in answer.text]
    assert secret not in caplog.text


def test_a_mistyped_key_is_asked_for_again_and_leads_to_the_same_place(closed: World) -> None:
    sent = {"key": "wrong", "next": "/catalogue?issuer=a"}
    answer = closed.client.post("/v1/session", data=sent, headers={"accept": "text/html"}, follow_redirects=False)
    assert answer.status_code == 401
    assert 'name="next" value="/catalogue?issuer=a"' in answer.text
    away = {"key": "wrong", "next": "//example.org/"}
    answer = closed.client.post("/v1/session", data=away, headers={"accept": "text/html"}, follow_redirects=False)
    assert 'name="next" value="/"' in answer.text


def test_signing_in_for_an_upload_keeps_the_folder(closed: World) -> None:
    page = closed.client.get("/upload?prefix=2011").text
    assert 'name="next" value="/upload?prefix=2011"' in page


def test_a_refused_parameter_is_explained_in_our_words(world: World) -> None:
    answer = world.client.get("/v1/search?q=a&size=x")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["message"] == "takes a whole number"
    page = world.client.get("/v1/search?q=a&size=x", headers={"accept": "text/html"}).text
    assert "须填整数" in page
