"""Compiles each class of characters once, however many patterns have it.

``re`` goes through the 20,992 characters of ``[一-鿿]`` one by one in each pattern that names the class: a quarter of
the time a command takes that reads one short text. What it finds depends on the class alone (``_optimize_charset`` of
CPython's ``Lib/re/_compiler.py``, 3.11 to 3.13), so it is kept; a Python without that function compiles as ever.
"""

from collections.abc import Callable
from importlib import import_module
from typing import Any

_NAME = "_optimize_charset"


def keep_classes() -> None:
    """Keep what ``re`` finds about each class of characters from now on in this process."""
    compiler = import_module("re._compiler")
    optimize = getattr(compiler, _NAME, None)
    if optimize is not None and not hasattr(optimize, "kept"):
        setattr(compiler, _NAME, _keeping(optimize))


def _keeping(optimize: Callable[..., Any]) -> Callable[..., Any]:
    kept: dict[Any, Any] = {}

    def optimize_once(
        charset: Any, iscased: Any = None, fixup: Any = None, fixes: dict[int, tuple[int, ...]] | None = None
    ) -> Any:
        key = (tuple(charset), iscased, fixup, id(fixes))
        if key not in kept:
            kept[key] = optimize(charset, iscased, fixup, fixes)
        return kept[key]

    optimize_once.kept = kept  # type: ignore[attr-defined]
    return optimize_once
