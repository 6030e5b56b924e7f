"""Data classes whose methods are made when first called behave as those of ``dataclasses``."""

import copy
import dataclasses
import inspect
import pickle
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import pytest

from workers.runtime.dataclass_methods import DelayedMethod, delay_methods


def classes() -> tuple[type[Any], ...]:
    """Return a frozen class, one of its kind below it, an ordered and a plain one."""

    @dataclass(frozen=True, slots=True, weakref_slot=True)
    class Point:
        """A point."""

        x: int
        name: str = field(default="p", compare=False)

    @dataclass(frozen=True, slots=True)
    class Below(Point):
        """A point with more."""

        more: tuple[int, ...] = ()

    @dataclass(order=True)
    class Ordered:
        """One that can be sorted."""

        x: int

    @dataclass
    class Plain:
        """One that can be changed."""

        x: int
        inner: Any = None

    return Point, Below, Ordered, Plain


@pytest.fixture
def both(monkeypatch: pytest.MonkeyPatch) -> tuple[tuple[type[Any], ...], tuple[type[Any], ...]]:
    """Return the classes with delayed methods, and as they are made otherwise."""
    made_at_once = classes()
    monkeypatch.setattr(dataclasses, "_create_fn", dataclasses._create_fn)  # type: ignore[attr-defined]
    delay_methods()
    delay_methods()
    return classes(), made_at_once


def outcome(work: Any) -> Any:
    """Return what ``work`` returns, or its error."""
    try:
        return work()
    except (AttributeError, TypeError) as error:
        return type(error), str(error)


def behaviour(point: Any, below: Any, ordered: Any, plain: Any) -> list[Any]:
    """Return what can be seen of objects of these classes."""
    one, deep, loop = point(1, "a"), below(1, "b", (2,)), plain(3)
    loop.inner = loop
    return [
        [repr(each) for each in (one, deep, ordered(2), loop, loop)],
        [one == point(1, "z"), one == point(2), one == deep, one != 1, one == one, deep == below(1, "b", (2,))],
        [hash(one) == hash(point(1, "b")), len({one, point(1), point(2), deep}), outcome(lambda: hash(plain(1)))],
        [outcome(partial(setattr, each, name, 5)) for each in (one, deep) for name in ("x", "unknown")],
        [outcome(partial(delattr, each, name)) for each in (one, deep) for name in ("x", "unknown")],
        [min(ordered(3), ordered(1)).x, ordered(1) <= ordered(1), outcome(lambda: plain(1) < plain(2))],
        [replace(deep, x=7).x, copy.deepcopy(one) == one, dataclasses.asdict(deep), dataclasses.astuple(one)],
        [str(inspect.signature(each)) for each in (point, below, ordered, plain)],
        [outcome(point), outcome(one.__eq__), one.__eq__(1), one.__hash__.__qualname__],
    ]


def test_classes_behave_alike_and_get_their_methods_with_the_first_call(both: Any) -> None:
    delayed, at_once = both
    assert behaviour(*delayed) == behaviour(*at_once)
    for method in ("__eq__", "__hash__", "__setattr__"):
        assert vars(delayed[0])[method].__qualname__ == vars(at_once[0])[method].__qualname__
        assert vars(delayed[0])[method].__code__.co_code == vars(at_once[0])[method].__code__.co_code


def test_no_method_is_made_before_it_is_called(both: Any) -> None:
    point = both[0][0]
    assert isinstance(vars(point)["__init__"], DelayedMethod)
    assert point(1).x == 1
    assert not isinstance(vars(point)["__init__"], DelayedMethod)
    assert isinstance(vars(point)["__eq__"], DelayedMethod)
    assert point(1) == point(1)
    assert not isinstance(vars(point)["__eq__"], DelayedMethod)


@dataclass(frozen=True, slots=True)
class Sent:
    """Goes to another process."""

    x: int


def test_objects_are_pickled_as_ever(both: Any) -> None:
    assert pickle.loads(pickle.dumps(Sent(1))) == Sent(1)


def test_a_python_without_that_function_makes_classes_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(dataclasses, "_create_fn")
    delay_methods()
    assert not hasattr(dataclasses, "_create_fn")
