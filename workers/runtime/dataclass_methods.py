"""Makes the methods of data classes when they are first used.

``dataclasses`` writes each of them as source text and compiles it while a class is made: over half of a millisecond a
class, a sixth of the time of a command that reads one short text and never calls most of them. Rests on ``_create_fn``
of CPython's ``Lib/dataclasses.py`` (3.11 and 3.12); without it, classes are made as ever.
"""

import dataclasses
import functools
from collections.abc import Callable
from typing import Any

_NAME = "_create_fn"

Make = Callable[..., Callable[..., Any]]


class DelayedMethod:
    """In place of a method of a class, until it is looked up."""

    __slots__ = ("__name__", "_make")

    def __init__(self, name: str, make: Callable[[], Any]) -> None:
        """Store what makes the method."""
        self.__name__ = name
        self._make = functools.cache(make)

    def __get__(self, instance: object, owner: type) -> Any:
        """Make the method and put it into its class, so that later look-ups find it there."""
        made = self._make()
        for one in owner.__mro__:
            if vars(one).get(self.__name__) is self:
                made.__qualname__ = f"{one.__qualname__}.{self.__name__}"
                setattr(one, self.__name__, made)
        return made.__get__(instance, owner)

    def __call__(self, *given: Any) -> Any:
        """Call the method; ``dataclasses`` wraps one that prints, and calls it through its wrapper."""
        return self._make()(*given)


def delay_methods() -> None:
    """Delay the methods of the data classes that this process makes from now on."""
    make = getattr(dataclasses, _NAME, None)
    if make is not None and not hasattr(make, "delays"):
        setattr(dataclasses, _NAME, _delaying(make))


def _delaying(make: Make) -> Make:
    def delay(name: str, *given: Any, **named: Any) -> Callable[..., Any]:
        return DelayedMethod(name, lambda: make(name, *given, **named))

    delay.delays = True  # type: ignore[attr-defined]
    return delay
