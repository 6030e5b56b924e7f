"""The embedded index on a bad day: a full disk, a damaged file, one of a newer version; each named, with what to do."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from schemas.errors import DependencyError
from schemas.queries import Query
from search.tantivy.index import TantivyIndex
from search.tantivy.schema import VERSION
from search.tantivy.tables import STEPS
from tests.support.command_line import gongkai
from tests.support.disclosures import record_of, rows_of

LEDGER = "ledger.sqlite3"


def filled(folder: Path, *, documents: int = 60) -> None:
    index = TantivyIndex(folder)
    index.bootstrap()
    for number in range(documents):
        rows = rows_of(f"{number}", 3)
        index.replace(record_of(f"{number}", rows), rows)
    index.close()


# The limit on the size of files stands for a disk without room; it counts for this one process.
FULL = """
import resource, signal, sys, time
from pathlib import Path
from schemas.errors import DependencyError
from search.tantivy.index import TantivyIndex
from tests.support.disclosures import record_of, row_of
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
_, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
index = TantivyIndex(Path(sys.argv[1]))
index.bootstrap()
write = index._ledger.write

def fill(batch):
    write(batch)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), hard))

kept = []
index._ledger.write = fill
for number in range(2):
    rows = [row_of(f"b{number}", 0, row, f"政务公开第{row}条" * 50) for row in range(300)]
    try:
        index.replace(record_of(f"b{number}", rows), rows)
    except DependencyError as error:
        kept.append(error)  # as whoever waits for a server keeps it
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
index._ledger.write = write
rows = [row_of("c", 0, 0, "之后的内容")]
index.replace(record_of("c", rows), rows)
index.refresh()
print(len(kept), index.counts(), file=sys.stderr)
assert len(kept) == 2 and all("make room" in str(error) for error in kept), kept
index.close()
"""


@pytest.mark.parametrize("size", [200, 5_000])
def test_after_a_full_disk_the_index_goes_on_at_once_and_has_lost_nothing(tmp_path: Path, size: int) -> None:
    script = f"import sys; sys.path[:] = {sys.path!r}\n{FULL}"
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path), str(size)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    index = TantivyIndex(tmp_path)
    index.bootstrap()
    index.refresh()
    assert index.search(Query("")).documents == 3
    assert index.search(Query("之后的内容")).documents == 1
    index.close()


def shorten(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


def scribble(path: Path) -> None:
    """Write over the pages behind the first, which holds the schema."""
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (size - 4096))


def replace_by_text(path: Path) -> None:
    path.write_text("no ledger at all, but long enough to be looked at " * 100)


@pytest.mark.parametrize("damage", [shorten, scribble, replace_by_text])
def test_a_damaged_ledger_is_named_with_what_to_do(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    filled(tmp_path)
    damage(tmp_path / LEDGER)
    index = TantivyIndex(tmp_path)
    asked: tuple[Callable[[], Any], ...] = (
        index.verify,
        lambda: [index.sections(record_of(f"{number}").id) for number in range(60)],
        lambda: list(index.record_keys()),
    )
    for ask in asked:
        with pytest.raises(DependencyError, match=r"(?s)ledger\.sqlite3 is damaged .*move the folder of the index"):
            ask()
    index.close()


def test_doctor_says_that_a_ledger_is_damaged_and_no_command_shows_a_traceback(tmp_path: Path) -> None:
    assert gongkai("doctor", "--bootstrap", folder=tmp_path).returncode == 0
    (ledger,) = tmp_path.rglob(LEDGER)
    replace_by_text(ledger)
    for command in (("doctor",), ("status",), ("failures",)):
        done = gongkai(*command, folder=tmp_path)
        assert done.returncode != 0
        assert "is damaged" in done.stdout + done.stderr
        assert "Traceback" not in done.stderr


def test_a_ledger_of_a_newer_version_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    filled(tmp_path, documents=1)
    with sqlite3.connect(tmp_path / LEDGER) as connection:
        connection.execute(f"PRAGMA user_version = {len(STEPS) + 1}")
    connection.close()
    before = (tmp_path / LEDGER).read_bytes()
    index = TantivyIndex(tmp_path)
    for ask in (index.bootstrap, index.verify, index.counts):
        with pytest.raises(DependencyError, match=f"of version {len(STEPS) + 1}, and this program knows {len(STEPS)}"):
            ask()
    index.close()
    assert (tmp_path / LEDGER).read_bytes() == before


def test_a_damaged_tantivy_index_is_made_again_as_the_error_says(tmp_path: Path) -> None:
    filled(tmp_path, documents=3)
    words = tmp_path / f"words-{VERSION}"
    (words / "meta.json").write_text("{")
    index = TantivyIndex(tmp_path)
    with pytest.raises(DependencyError, match=f"remove words-{VERSION} in its folder"):
        index.search(Query(""))
    words.rename(tmp_path / "aside")
    index.bootstrap()
    index.refresh()
    assert index.search(Query("")).documents == 3
    index.close()
