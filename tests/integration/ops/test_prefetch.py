"""One conversion is begun ahead of its turn, no more, and each input keeps its own."""

from concurrent.futures import Future

import pytest

from ops.local_extract.file_discovery import Input
from ops.local_extract.prefetch import Begun, one_ahead
from workers.convert.source import suffix_of


def test_next_conversion_is_begun_before_the_one_due_is_worked_on() -> None:
    begun: dict[str, Begun] = {}

    def begin(item: Input) -> Begun | None:
        if item.fault:
            return None
        return begun.setdefault(item.name, Future())

    given = [Input("a", "a"), Input("b", "b", "cannot be read"), Input("c", "c"), Input("d", "d")]
    lines = one_ahead(given, begin)
    seen = []
    for item, conversion in lines:
        assert conversion is begun.get(item.name)
        seen.append((item.name, sorted(begun)))
    assert seen == [("a", ["a"]), ("b", ["a", "c"]), ("c", ["a", "c", "d"]), ("d", ["a", "c", "d"])]


def test_nothing_is_begun_where_there_is_no_input() -> None:
    assert list(one_ahead([], lambda _: None)) == []


@pytest.mark.parametrize(("name", "hint"), [("a/b.DOCX", "docx"), ("b", ""), ("b.年报", ""), ("b.verylongname", "")])
def test_hint_is_the_suffix_where_it_can_be_one(name: str, hint: str) -> None:
    assert suffix_of(name) == hint
