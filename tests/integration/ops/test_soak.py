"""What a long run's looks say, and its graph; the run itself, small, on the embedded system."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from ops.bench.throughput.soak import Sample, judge, soak
from ops.bench.throughput.soak_graph import graph, write_graph
from ops.bench.throughput.stack import embedded_stack


def looks(*, last_seconds: float = 1.0, grown: float = 1.0) -> tuple[Sample, ...]:
    """A thousand documents, a hundred a look: steady up to the last tenth."""
    memory = {"documents worker": 100_000_000, "redis 0": 50_000_000}
    found = [Sample(float(n), n * 100, memory) for n in range(10)]
    late = {"documents worker": round(100_000_000 * grown), "redis 0": 200_000_000}
    return (*found, Sample(9.0 + last_seconds, 1000, late))


def test_a_steady_run_is_steady_and_servers_are_not_judged() -> None:
    found = judge(1000, looks())
    assert found.steady
    assert found.grown == ()
    assert (found.first_tenth, found.last_tenth) == (100.0, 100.0)
    assert found.megabytes == {"documents worker": (100.0, 100.0), "redis 0": (50.0, 200.0)}


def test_a_last_tenth_that_is_slower_is_seen() -> None:
    assert not judge(1000, looks(last_seconds=1.2)).steady
    assert judge(1000, looks(last_seconds=1.05)).steady


def test_a_process_that_grows_is_named() -> None:
    assert judge(1000, looks(grown=1.11)).grown == ("documents worker",)
    assert judge(1000, looks(grown=1.09)).grown == ()


def test_documents_without_an_outcome_are_counted_and_the_wait_for_them_is_no_part_of_the_rates() -> None:
    seen = looks()
    last = Sample(seen[-1].at, 997, seen[-1].memory)
    found = judge(1000, (*seen[:-1], last, Sample(130.0, 997, last.memory)))
    assert (found.missing, found.seconds, found.steady) == (3, 10.0, True)
    assert judge(1000, seen).missing == 0


def test_the_graph_is_one_svg_that_names_every_role(tmp_path: Path) -> None:
    found = judge(1000, looks())
    write_graph(tmp_path / "soak.svg", found)
    root = ElementTree.fromstring((tmp_path / "soak.svg").read_text("utf-8"))
    texts = " ".join(text.text or "" for text in root.iter("{http://www.w3.org/2000/svg}text"))
    assert "1,000 documents" in texts
    assert "documents worker: 100.0 MB once settled" in texts
    assert len(list(root.iter("{http://www.w3.org/2000/svg}polyline"))) == 3
    assert [path.name for path in tmp_path.iterdir()] == ["soak.svg"]


@pytest.mark.parametrize("count", [25])
def test_a_short_run_ends_with_every_document_done(count: int) -> None:
    told: list[int] = []
    with embedded_stack() as stack:
        found = soak(stack, count, tell=told.append)
        assert sum(stack.system.context.index.counts("soak/").values()) == count
    assert (found.documents, found.looks[-1].done, told[-1]) == (count, count, count)
    assert found.megabytes["all in one"][0] > 0
    assert "<svg" in graph(found)
