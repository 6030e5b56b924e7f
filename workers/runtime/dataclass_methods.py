"""Makes the comparing, hashing, printing and freezing methods of data classes when they are first called.

``dataclasses`` writes each of them as source text and compiles it while a class is made: half of a millisecond a class,
a tenth of the time of a command that reads one short text and never calls most of them. ``__init__`` is made at once.
Rests on ``_create_fn`` of CPython's ``Lib/dataclasses.py`` (3.11 and 3.12); without it, classes are made as ever.
"""

import dataclasses
import functools
from collections.abc import Callable
from typing import Any

_NAME = "_create_fn"
_DELAYED = frozenset(("__repr__", "__eq__", "__hash__", "__setattr__", "__delattr__"))

Make = Callable[..., Callable[..., Any]]


def delay_methods() -> None:
    """Delay the methods of the data classes that this process makes from now on."""
    make = getattr(dataclasses, _NAME, None)
    if make is not None and not hasattr(make, "delayed"):
        setattr(dataclasses, _NAME, _delaying(make))


def _delaying(make: Make) -> Make:
    def make_or_delay(name: str, *given: Any, **named: Any) -> Callable[..., Any]:
        if name not in _DELAYED:
            return make(name, *given, **named)
        return _delayed(name, functools.cache(lambda: make(name, *given, **named)))

    make_or_delay.delayed = _DELAYED  # type: ignore[attr-defined]
    return make_or_delay


def _delayed(name: str, make: Callable[[], Callable[..., Any]]) -> Callable[..., Any]:
    def method(self: Any, *given: Any) -> Any:
        made = make()
        made.__qualname__ = method.__qualname__
        for owner in type(self).__mro__:
            if vars(owner).get(name) is method:
                setattr(owner, name, made)
        return made(self, *given)

    method.__name__ = name
    return method
