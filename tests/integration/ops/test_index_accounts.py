"""Each process's user at an Elasticsearch with security does its own work there, and nothing else."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from elasticsearch import Elasticsearch

from ops.deploy.accounts import make_index_accounts
from ops.testservers import elasticsearch, stop
from schemas.errors import DependencyError
from schemas.outcomes import State
from schemas.queries import Query
from search.protocol import Index
from tests.support.disclosures import record_of, rows_of
from tests.support.servers.session import session_places
from workers.pipeline.search_index import index_of
from workers.settings import Settings, load

pytestmark = pytest.mark.elasticsearch

SECRET = "a-secret-of-the-tests"
READERS, WRITERS = ("intake", "notify"), ("worker", "sweep", "api")
PROCESSES = (*READERS, *WRITERS, "bootstrap")


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """A node with security, the users and roles of every process, and an index of somebody else."""
    places = session_places()
    folder = places.run / "elasticsearch-secured"
    folder.mkdir(parents=True)
    server = elasticsearch.start(places, folder, password=SECRET)
    server.save()
    try:
        administrator, secrets = settings(server.url, elasticsearch.ADMIN), dict.fromkeys(PROCESSES, SECRET)
        for _ in range(2):  # again changes nothing
            made = list(make_index_accounts(administrator, secrets))
            assert made == [f"account {name} of the index" for name in PROCESSES]
        with own(server.url, elasticsearch.ADMIN) as admin:
            admin.index(index="somebody-else", id="1", document={"secret": 1}, refresh=True)
        with closing(index_of(settings(server.url, "bootstrap"))) as index:
            assert index.bootstrap()
        yield server.url
    finally:
        stop(server)


def settings(url: str, user: str) -> Settings:
    return load({"GONGKAI_INDEX_URL": url, "GONGKAI_INDEX_USER": user, "GONGKAI_INDEX_PASSWORD": SECRET})


def own(url: str, user: str) -> Elasticsearch:
    return Elasticsearch(url, basic_auth=(user, SECRET))


def opened(url: str, user: str) -> "closing[Index]":
    return closing(index_of(settings(url, user)))


@pytest.mark.parametrize("user", WRITERS)
def test_what_writes_replaces_finds_takes_down_and_forgets(url: str, user: str) -> None:
    rows = rows_of(f"{user}.txt", 3)
    record = record_of(f"{user}.txt", rows)
    with opened(url, user) as index:
        index.replace(record, rows)
        index.refresh()
        assert index.sections(record.id) == rows
        assert f"{user}.txt" in [hit.key for hit in index.search(Query("", fold=False)).hits]
        index.take_down(record_of(f"{user}.txt", state=State.HELD))
        assert index.sections(record.id) == []
        index.forget([record.id])
        assert index.record(record.id) is None


@pytest.mark.parametrize("user", READERS)
def test_what_only_reads_searches_and_lists_and_is_refused_every_write(url: str, user: str) -> None:
    record = record_of(f"{user}.txt")
    with opened(url, "worker") as index:
        index.replace(record, [])
    with opened(url, user) as index:
        assert index.find_recorded([record.id]) == {record.id}
        if user == "notify":
            assert record.key in [one.key for one in index.recorded_since(0)]
        index.search(Query("公开"))
        for write in (lambda: index.replace(record, []), lambda: index.forget([record.id])):
            with pytest.raises(DependencyError, match="may not do this"):
                write()
        assert index.find_recorded([record.id]) == {record.id}


@pytest.mark.parametrize("user", PROCESSES)
def test_nobody_reaches_other_indexes_or_administers_the_node(url: str, user: str) -> None:
    with own(url, user) as client:
        assert client.info()["version"]["number"]
        refused = [
            client.options(ignore_status=403).perform_request(method, path, headers=JSON, body=body)
            for method, path, body in FORBIDDEN
        ]
    assert [answer.meta.status for answer in refused] == [403] * len(FORBIDDEN)


JSON = {"accept": "application/json", "content-type": "application/json"}
FORBIDDEN = (
    ("GET", "/somebody-else/_doc/1", None),
    ("POST", "/somebody-else/_search", {}),
    ("PUT", "/somebody-else/_doc/2", {"secret": 2}),
    ("DELETE", "/somebody-else", None),
    ("PUT", "/another", {}),
    ("GET", "/_security/user", None),
    ("PUT", "/_security/user/intruder", {"password": SECRET, "roles": ["superuser"]}),
    ("PUT", "/_cluster/settings", {"persistent": {"action.auto_create_index": "true"}}),
    ("PUT", "/_snapshot/away", {"type": "fs", "settings": {"location": "away"}}),
)


def test_a_wrong_password_is_named_without_telling_it(url: str) -> None:
    wrong = load({"GONGKAI_INDEX_URL": url, "GONGKAI_INDEX_USER": "api", "GONGKAI_INDEX_PASSWORD": "wrong-password"})
    with closing(index_of(wrong)) as index, pytest.raises(DependencyError, match="refuses the user") as caught:
        index.describe()
    assert "wrong-password" not in str(caught.value)
