"""Ratios of two builds, and how documents are shared out among the turns."""

import pytest
import typer

from ops.bench.throughput.against import Comparison, Turn
from ops.cli.bench.against import TURNS, share_out


def test_each_turn_of_this_build_is_held_against_its_neighbour() -> None:
    found = Comparison(
        documents=10,
        new=(Turn(1.0, {"a": 0.5, "b": 0.25}), Turn(2.0, {"a": 0.25, "b": 0.25}), Turn(1.0, {"a": 0.3})),
        old=(Turn(2.0, {"a": 0.75}), Turn(6.0, {"a": 1.0}), Turn(1.0, {"a": 0.3})),
    )
    assert found.speedup == (2.0, 1.0, 3.0)
    assert found.cpu_ratio == (1.0, 0.5, 1.0)
    assert found.milliseconds(found.new) == {"a": 30.0, "b": 25.0}


def test_documents_are_shared_out_evenly_and_none_twice() -> None:
    documents = [(str(n), b"") for n in range(32)]
    turns = share_out(documents, warm_up=True)
    assert [len(turn) for turn in turns] == [5] * (TURNS + 1)
    sent = [key for turn in turns for key, _ in turn]
    assert len(sent) == len(set(sent))


def test_too_few_documents_are_refused() -> None:
    with pytest.raises(typer.BadParameter, match="3 documents are too few"):
        share_out([(str(n), b"") for n in range(3)], warm_up=False)
