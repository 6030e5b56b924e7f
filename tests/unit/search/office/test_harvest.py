"""Harvesting: every answer follows the schemas of OAI-PMH and sitemaps, and tells of nothing that may not be shown."""

from itertools import pairwise
from pathlib import Path
from urllib.parse import urlencode

import pytest
from lxml import etree

from schemas.outcomes import State
from search.office.output.harvest import batches
from search.office.output.harvest.site import Site
from search.office.output.harvest.sitemap import part_chunks, sitemap_chunks
from tests.support import oai
from tests.support.http_application import World, make_world

SCHEMAS = Path(oai.__file__).parent
OAI = {"o": "http://www.openarchives.org/OAI/2.0/", "dc": "http://purl.org/dc/elements/1.1/"}
ADDRESS = "https://zwgk.example.cn"
LIST = {"metadataPrefix": "oai_dc"}


@pytest.fixture(scope="module")
def valid() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMAS / "all.xsd"))


@pytest.fixture
def world() -> World:
    made = make_world(public_url=ADDRESS)
    made.client.base_url = ADDRESS
    for number in range(7):
        made.add(f"文件/{number}.docx", title=f"第{number}号<文件>\x0b", indexed_at=1000.0 + number // 3)
    made.add("撤回.docx", title="撤回的文件", state=State.REMOVED, indexed_at=2000.0)
    made.add("暂扣.docx", title="暂扣的文件", state=State.HELD, indexed_at=2001.0)
    return made


def ask(world: World, valid: etree.XMLSchema, **arguments: str) -> etree._Element:
    """Return the answer to a request, after its check by the schema; GET and POST answer alike."""
    got = world.client.get(f"/oai?{urlencode(arguments)}")
    sent = world.client.post("/oai", data=arguments)
    assert (got.status_code, got.headers["content-type"]) == (200, "text/xml; charset=utf-8")
    found, posted = etree.fromstring(got.content), etree.fromstring(sent.content)
    valid.assertValid(found)
    assert [one.tag for one in found.iter()] == [one.tag for one in posted.iter()]
    return found


def texts(found: etree._Element, path: str) -> list[str]:
    return [str(one) for one in found.xpath(path, namespaces=OAI)]


def test_the_repository_says_what_it_is(world: World, valid: etree.XMLSchema) -> None:
    told = ask(world, valid, verb="Identify")
    assert texts(told, "//o:baseURL/text()") == [f"{ADDRESS}/oai"]
    assert texts(told, "//o:deletedRecord/text()") == ["transient"]
    assert texts(told, "//o:earliestDatestamp/text()") == ["1970-01-01T00:16:40Z"]
    assert texts(told, "//o:request/@verb") == ["Identify"]
    assert texts(ask(world, valid, verb="ListMetadataFormats"), "//o:metadataPrefix/text()") == ["oai_dc"]


def test_a_list_in_parts_has_every_item_once_and_the_gone_ones_without_a_word(
    world: World, valid: etree.XMLSchema, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches.find_batch, "__kwdefaults__", {"size": 2})
    for verb in ("ListRecords", "ListIdentifiers"):
        told = [ask(world, valid, verb=verb, **LIST)]
        while token := texts(told[-1], "//o:resumptionToken/text()"):
            told.append(ask(world, valid, verb=verb, resumptionToken=token[0]))
        identifiers = [one for part in told for one in texts(part, "//o:header/o:identifier/text()")]
        assert len(told) == 5
        assert (len(identifiers), len(set(identifiers))) == (9, 9)
        assert [texts(part, "//o:resumptionToken/@cursor") for part in told] == [["0"], ["2"], ["4"], ["6"], ["8"]]
        stamps = [one for part in told for one in texts(part, "//o:header/o:datestamp/text()")]
        assert all(before <= after for before, after in pairwise(stamps))
        whole = "".join(etree.tostring(part, encoding="unicode") for part in told)
        assert whole.count('status="deleted"') == 2
        assert "撤回" not in whole
        assert "暂扣" not in whole
        assert whole.count("<dc:title>") == (7 if verb == "ListRecords" else 0)


def test_dublin_core_says_what_the_record_says(world: World, valid: etree.XMLSchema) -> None:
    identifier = texts(ask(world, valid, verb="ListIdentifiers", **LIST), "//o:identifier/text()")[0]
    told = ask(world, valid, verb="GetRecord", identifier=identifier, **LIST)
    assert texts(told, "//dc:title/text()") == ["第0号<文件>\N{REPLACEMENT CHARACTER}"]
    assert texts(told, "//dc:date/text()") == ["2011-01-13"]
    document = identifier.rpartition(":")[2]
    assert identifier == f"oai:zwgk.example.cn:{document}"
    assert f"{ADDRESS}/d/{document}" in texts(told, "//dc:identifier/text()")
    assert world.client.get(f"/d/{document}").status_code == 200


def test_dates_choose_records_to_the_second_or_the_day(world: World, valid: etree.XMLSchema) -> None:
    def count(**dates: str) -> int:
        return len(texts(ask(world, valid, verb="ListIdentifiers", **LIST, **dates), "//o:header"))

    assert count(**{"from": "1970-01-01T00:16:41Z"}) == 6
    assert count(until="1970-01-01T00:16:40Z") == 3
    assert count(**{"from": "1970-01-01", "until": "1970-01-01"}) == 9


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({}, "badVerb"),
        ({"verb": "Identity"}, "badVerb"),
        ({"verb": "Identify", "until": "2020-01-01"}, "badArgument"),
        ({"verb": "ListRecords"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "marc xml"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "marc"}, "cannotDisseminateFormat"),
        ({"verb": "ListRecords", **LIST, "from": "2020-01-01", "until": "2020-01-02T00:00:00Z"}, "badArgument"),
        ({"verb": "ListRecords", **LIST, "from": "2020-01-02", "until": "2020-01-01"}, "badArgument"),
        ({"verb": "ListRecords", **LIST, "from": "2020-02-30"}, "badArgument"),
        ({"verb": "ListRecords", **LIST, "from": "2099-01-01"}, "noRecordsMatch"),
        ({"verb": "ListRecords", **LIST, "set": "a"}, "noSetHierarchy"),
        ({"verb": "ListRecords", **LIST, "resumptionToken": "x"}, "badArgument"),
        ({"verb": "ListRecords", "resumptionToken": "WzEsMl0"}, "badResumptionToken"),
        ({"verb": "ListRecords", "resumptionToken": "WzAsIG51bGwsIE5hTiwgW10sIDBd"}, "badResumptionToken"),
        ({"verb": "ListRecords", "resumptionToken": ""}, "badResumptionToken"),
        ({"verb": "ListSets"}, "noSetHierarchy"),
        ({"verb": "GetRecord", "identifier": "oai:zwgk.example.cn:none", **LIST}, "idDoesNotExist"),
        ({"verb": "ListMetadataFormats", "identifier": "oai:elsewhere:none"}, "idDoesNotExist"),
    ],
)
def test_what_cannot_be_answered_is_an_error_of_the_protocol(
    world: World, valid: etree.XMLSchema, arguments: dict[str, str], code: str
) -> None:
    told = ask(world, valid, **arguments)
    assert texts(told, "//o:error/@code") == [code]
    assert texts(told, "//o:error/text()")[0]


def test_an_argument_given_twice_is_an_error(world: World, valid: etree.XMLSchema) -> None:
    told = etree.fromstring(
        world.client.get("/oai?verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=oai_dc").content
    )
    valid.assertValid(told)
    assert texts(told, "//o:error/@code") == ["badArgument"]


def test_the_sitemap_leads_to_every_document_that_may_be_shown_also_in_parts(world: World) -> None:
    schema = etree.XMLSchema(etree.parse(SCHEMAS / "sitemap.xsd"))
    whole = etree.fromstring(world.client.get("/sitemap.xml").content)
    schema.assertValid(whole)
    pages = whole.xpath("//*[local-name()='loc']/text()")
    assert len(pages) == 7
    assert all(world.client.get(page.removeprefix(ADDRESS)).status_code == 200 for page in pages)
    listed = etree.fromstring(b"".join(sitemap_chunks(world.index, Site(ADDRESS), most=3)))
    schema.assertValid(listed)
    parts = listed.xpath("//*[local-name()='loc']/text()")
    assert len(parts) == 3
    first = etree.fromstring(b"".join(part_chunks(world.index, Site(ADDRESS), after="", most=3)))
    second = etree.fromstring(world.client.get(parts[1].removeprefix(ADDRESS)).content)
    schema.assertValid(second)
    found = [str(one) for part in (first, second) for one in part.xpath("//*[local-name()='loc']/text()")]
    assert found == pages


def test_harvesters_need_a_key_where_reading_does() -> None:
    closed = make_world(open_reading=False).client
    assert {closed.get(path).status_code for path in ("/oai?verb=Identify", "/sitemap.xml")} == {401}
    assert closed.post("/oai", data={"verb": "Identify"}).status_code == 401
