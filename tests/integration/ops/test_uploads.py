"""Uploads over HTTP and the inbox: what it has no place for is named, the rest is taken and noted."""

from pathlib import Path

from ops.adapters.uploads import InboxUploads
from ops.maintenance.bootstrap import bootstrap
from ops.system import open_system
from search.http.ports import Incoming, NotTaken, Origin, Uploaded
from workers.settings import load

ORIGIN = Origin("ab" * 16, 1.8e9)


def test_a_file_in_the_way_of_another_is_refused_and_the_others_are_taken(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(b"1")
    with open_system(load({"GONGKAI_DATA_DIR": str(tmp_path / "data")})) as system:
        bootstrap(system)
        uploads = InboxUploads(system)
        system.context.inbox.write("a", b"0")
        tried = uploads.take(
            [Incoming("a/b", source), Incoming("c", source)], batch="0" * 32, owner="me", origin=ORIGIN
        )
        assert [type(one) for one in tried] == [NotTaken, Uploaded]
        assert "rename" in str(tried[0])
        assert system.context.inbox.read("c") == b"1"
        assert [file.key for file in uploads.batch("0" * 32, owner="me")] == ["c"]
        assert uploads.batch("0" * 32, owner="other") == []


def test_a_file_sent_twice_counts_once_in_its_last_version(tmp_path: Path) -> None:
    source = tmp_path / "source"
    with open_system(load({"GONGKAI_DATA_DIR": str(tmp_path / "data")})) as system:
        bootstrap(system)
        uploads = InboxUploads(system)
        for content in (b"1", b"22"):
            source.write_bytes(content)
            uploads.take([Incoming("a", source)], batch="0" * 32, owner="me", origin=ORIGIN)
        (file,) = uploads.batch("0" * 32, owner="me")
        assert file.size == 2
        assert file.etag == uploads.etag("a")
        assert uploads.etag("nothing") is None
