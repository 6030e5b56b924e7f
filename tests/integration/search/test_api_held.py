"""A document that is held after it could be found: by no way of the interface is anything of it to be learnt any more.

Against the real indexes, because it is they who have to forget it.
"""

from dataclasses import replace

import pytest

from schemas.access import Scope
from schemas.articles import Statistic
from schemas.outcomes import Problem, State
from schemas.queries import Query
from schemas.records import DocumentRecord, document_id
from schemas.searches import Match, SavedSearch
from search.protocol import Index
from search.query.numbers.document_numbers import number_key
from tests.support.http_application import World, make_world
from tests.support.library import record_of, rows_of

HELD, OTHER = "甲/银杏名单.docx", "乙/总结.docx"
SECRET = "银杏"
NUMBER = "银杏办发〔2019〕7号"
NUMBERS = (Statistic("银杏救助", "人数", 37, "人", 2019, "银杏救助 37 人", table=False),)
SAVED = SavedSearch("0" * 32, "新文件", "owner", Query("公开"), None, "whsec_AAAA", 0.0)


def with_articles(record: DocumentRecord, **fields: object) -> DocumentRecord:
    return replace(record, articles=tuple(replace(article, **fields) for article in record.articles))  # type: ignore[arg-type]


@pytest.fixture
def world(index: Index) -> World:
    """Two documents alike, one of them with all that may give it away; found at first, then held."""
    fields = {"region": "银杏市", "kind": "银杏令", "source": "银杏网", "title": "银杏救助公示", "issuer": "银杏局"}
    rows = rows_of(HELD, document_number=NUMBER, year=2019, **fields)
    rows = [replace(row, text=f"{SECRET}村{row.text}", role="银杏" if row.ordinal else None) for row in rows]
    facts = {name: fields[name] for name in ("region", "kind", "source")}
    cites = (number_key("某办发〔2020〕1号"),)
    found = with_articles(record_of(HELD, rows), statistics=NUMBERS, cites=cites, **facts)
    index.replace(found, rows)
    others = rows_of(OTHER, document_number="某办发〔2020〕1号")
    index.replace(with_articles(record_of(OTHER, others), cites=(number_key(NUMBER),)), others)
    index.refresh()
    world = make_world(index=index)
    # All of these would have told of it.
    path = f"/v1/documents/{document_id(OTHER)}"
    for told in (
        "/v1/search?q=银杏",
        "/v1/search?facets=region",
        "/v1/search?facets=role",
        "/v1/suggest?q=银杏",
        "/v1/search/export?q=银杏",
        "/v1/feed?q=公开",
        "/v1/statistics?subject=银杏",
        f"{path}/citations",
        f"{path}/similar?ordinal=1",
    ):
        assert SECRET in world.client.get(told).text, told
    held = replace(found, state=State.HELD, articles=(), sections=0, problems=(Problem("extract", "含身份证号码"),))
    index.replace(held, [])
    index.refresh()
    return world


@pytest.mark.parametrize("q", ["", SECRET, "银杏救助公示", NUMBER, "主动公开", "issuer:银杏局"])
def test_no_search_finds_or_counts_it(world: World, q: str) -> None:
    answer = world.client.get("/v1/search", params={"q": q, "fold": False, "explain": True})
    assert HELD not in answer.text
    assert SECRET not in answer.text
    assert answer.json()["documents"] <= 1
    assert world.client.get("/v1/search").json()["documents"] == 1


@pytest.mark.parametrize("name", ["issuer", "region", "year", "kind", "role", "format", "source"])
def test_no_facet_counts_it(world: World, name: str) -> None:
    answer = world.client.get("/v1/search", params={"facets": name}).json()
    values = {value["value"]: value["count"] for facet in answer["facets"] for value in facet["values"]}
    assert not [value for value in values if SECRET in value]
    assert "2019" not in values
    assert all(count == 1 for count in values.values())


@pytest.mark.parametrize("typed", ["银", "银杏", "银杏救助", "银杏办发", "yx", "yinxing"])
def test_no_suggestion_names_it(world: World, typed: str) -> None:
    assert SECRET not in world.client.get("/v1/suggest", params={"q": typed}).text


def test_nothing_is_said_to_be_like_it(world: World) -> None:
    path = f"/v1/documents/{document_id(OTHER)}/similar"
    for ordinal in range(6):
        answer = world.client.get(path, params={"ordinal": ordinal, "size": 100})
        assert answer.status_code == 200
        assert HELD not in answer.text
    assert world.client.get(f"/v1/documents/{document_id(HELD)}/similar").status_code == 403


def test_nothing_cites_it_and_it_cites_nothing(world: World) -> None:
    answer = world.client.get(f"/v1/documents/{document_id(OTHER)}/citations").json()
    assert answer["cites"] == answer["cited_by"] == []
    assert world.client.get(f"/v1/documents/{document_id(HELD)}/citations").status_code == 403


@pytest.mark.parametrize("format_", ["csv", "jsonl", "xlsx"])
def test_no_export_holds_it(world: World, format_: str) -> None:
    asked = {"format": format_, "fold": False, "sections": 20}
    with_it = world.client.get("/v1/search/export", params=asked | {"q": SECRET}).content
    without = world.client.get("/v1/search/export", params=asked | {"q": "没有这样的词"}).content
    assert SECRET.encode() not in world.client.get("/v1/search/export", params=asked).content
    if format_ != "xlsx":  # a workbook bears the time it was made
        assert with_it == without


def test_no_feed_tells_of_it(world: World) -> None:
    for asked in ({}, {"q": SECRET}, {"q": "公开", "fold": False}):
        body = world.client.get("/v1/feed", params=asked).text
        assert document_id(HELD) not in body
        assert f"{SECRET}村" not in body


def test_no_statistic_is_its(world: World) -> None:
    for format_ in ("json", "csv"):
        for asked in ({}, {"subject": SECRET}, {"issuer": "银杏局"}, {"year": 2019}, {"prefix": "甲/"}):
            assert SECRET not in world.client.get("/v1/statistics", params=asked | {"format": format_}).text


def test_no_saved_search_shows_what_it_found_before(world: World) -> None:
    world.searches.keep(SAVED)
    match = Match("mark", document_id(HELD), 0, 1, HELD, "银杏救助公示", "银杏局", NUMBER, (), f"{SECRET}村", 1.0)
    world.searches.found[SAVED.id] = [match]
    assert SECRET not in world.client.get(f"/v1/saved-searches/{SAVED.id}/feed").text


def test_the_document_itself_is_closed(world: World) -> None:
    world.objects.kept[HELD] = (f"etag of {HELD}", f"{SECRET}村".encode())
    identifier = document_id(HELD)
    for path in (f"/v1/documents/{identifier}", f"/v1/documents/{identifier}/original", f"/d/{identifier}"):
        answer = world.client.get(path)
        assert answer.status_code == 403
        assert SECRET not in answer.text


def test_an_upload_says_only_that_it_is_held(world: World) -> None:
    sent = world.sent(Scope.WRITE)
    batch = world.client.post("/v1/uploads", params={"key": HELD}, content=b"x", headers=sent).json()
    held = world.index.record(document_id(HELD))
    world.index.replace(replace(held, etag=batch["files"][0]["etag"]), [])
    (file,) = world.client.get(f"/v1/uploads/{batch['batch']}", headers=sent).json()["files"]
    assert (file["state"], file["problem"]) == ("held", None)
