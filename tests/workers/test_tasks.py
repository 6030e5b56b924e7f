"""A task that gives up on a server leaves its key free for the retry."""

import threading
from types import SimpleNamespace
from typing import Any, cast

import pytest

from schemas.errors import DependencyError
from schemas.jobs import Job
from workers.context import Context
from workers.dispatch import Dispatch
from workers.inflight_memory import MemoryInflight
from workers.tasks import perform


class Down:
    """An object store that does not answer."""

    def stat(self, key: str) -> Any:
        raise DependencyError("object store", "does not answer")


def test_the_lease_is_given_back_when_a_server_outlasts_all_patience() -> None:
    stopping, inflight = threading.Event(), MemoryInflight()
    stopping.set()
    context = cast(Context, SimpleNamespace(inbox=Down(), inflight=inflight, stopping=stopping))
    with pytest.raises(DependencyError, match="does not answer"):
        perform("convert", Job("a.txt", "t", 0.0), context, cast(Dispatch, SimpleNamespace(refill=lambda: 0)))
    assert inflight.start("a.txt")
