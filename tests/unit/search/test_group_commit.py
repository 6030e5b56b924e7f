"""Callers share commits; an error reaches those it concerns and nobody else."""

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from schemas.errors import DependencyError, DocumentError
from schemas.outcomes import Category
from search.group_commit import Failures, GroupCommit


class Store:
    """Keeps the batches it was given; holds the first one back until it is let go."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.entered = threading.Event()
        self.let_go = threading.Event()

    def flush(self, batch: Sequence[int]) -> Failures:
        self.entered.set()
        self.let_go.wait(30)
        self.batches.append(list(batch))
        if 13 in batch:
            raise DependencyError("index", "down")
        return {at: DocumentError(Category.CRASH, f"bad {item}") for at, item in enumerate(batch) if item < 0}


def test_a_single_caller_commits_at_once() -> None:
    store = Store()
    store.let_go.set()
    GroupCommit(store.flush).submit(1)
    assert store.batches == [[1]]


def submit_while_one_is_held(store: Store, items: list[int], **limits: int) -> list[BaseException | None]:
    group: GroupCommit[int] = GroupCommit(store.flush, **limits)  # type: ignore[arg-type]
    with ThreadPoolExecutor(len(items) + 1) as pool:
        first = pool.submit(group.submit, 0)
        store.entered.wait(30)
        futures = [pool.submit(group.submit, item, weight=1) for item in items]
        while len(group._queue) < len(items):
            pass
        store.let_go.set()
        first.result()
        return [future.exception() for future in futures]


def test_those_who_come_during_a_commit_share_the_next_one() -> None:
    store = Store()
    assert submit_while_one_is_held(store, [1, 2, 3, 4, 5]) == [None] * 5
    assert [sorted(batch) for batch in store.batches] == [[0], [1, 2, 3, 4, 5]]


def test_a_batch_is_no_heavier_than_allowed() -> None:
    store = Store()
    submit_while_one_is_held(store, [1, 2, 3, 4, 5], most=2)
    assert sorted(map(len, store.batches)) == [1, 1, 2, 2]


def test_those_who_come_soon_after_a_commit_share_the_next_one() -> None:
    store = Store()
    group: GroupCommit[int] = GroupCommit(store.flush, every_seconds=2.0)
    with ThreadPoolExecutor(8) as pool:
        first = pool.submit(group.submit, 0)
        store.entered.wait(30)
        during = [pool.submit(group.submit, item) for item in (1, 2)]
        while len(group._queue) < len(during):
            pass
        store.let_go.set()
        first.result()
        while len(store.batches) < 2:
            pass
        list(pool.map(group.submit, range(3, 8)))
    assert [sorted(batch) for batch in store.batches] == [[0], [1, 2], [3, 4, 5, 6, 7]]


def test_a_caller_who_is_alone_waits_for_nobody() -> None:
    store = Store()
    store.let_go.set()
    group: GroupCommit[int] = GroupCommit(store.flush, every_seconds=3600.0)
    for item in range(3):
        group.submit(item)
    assert store.batches == [[0], [1], [2]]


def test_an_error_of_one_item_reaches_its_caller_alone() -> None:
    errors = submit_while_one_is_held(Store(), [1, -2, 3])
    assert [type(error) for error in errors] == [type(None), DocumentError, type(None)]


def test_an_error_of_the_whole_commit_reaches_all_its_callers() -> None:
    errors = submit_while_one_is_held(Store(), [1, 13, 3])
    assert [type(error) for error in errors] == [DependencyError] * 3


def test_a_defect_leaves_nobody_waiting_and_nothing_counted_as_done() -> None:
    def flush(batch: Sequence[int]) -> Failures:
        raise ZeroDivisionError

    group: GroupCommit[int] = GroupCommit(flush)
    for _ in range(2):
        with pytest.raises((ZeroDivisionError, RuntimeError)):
            group.submit(1)


def test_every_item_is_committed_exactly_once() -> None:
    store = Store()
    store.let_go.set()
    group: GroupCommit[int] = GroupCommit(store.flush, linger_seconds=0.001)
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(group.submit, range(1000, 3000)))
    assert sorted(item for batch in store.batches for item in batch) == list(range(1000, 3000))


def test_an_arrival_wakes_none_of_those_who_wait_for_a_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    store, waits, began = Store(), [], threading.Semaphore(0)
    group: GroupCommit[int] = GroupCommit(store.flush)
    wait = group._ended.wait

    def count(timeout: float | None = None) -> bool:
        waits.append(store.let_go.is_set())
        began.release()
        return wait(timeout)

    monkeypatch.setattr(group._ended, "wait", count)
    with ThreadPoolExecutor(21) as pool:
        futures = [pool.submit(group.submit, 0)]
        assert store.entered.wait(30)
        for number in range(101, 121):
            futures.append(pool.submit(group.submit, number))
            assert began.acquire(timeout=30)
        store.let_go.set()
        assert [future.exception() for future in futures] == [None] * 21
    assert waits.count(False) == 20
