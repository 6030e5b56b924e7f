"""Keeps compiled patterns beside the bytecode of this module, so that the next process need not compile them again.

Compiling those that one short text needs takes a tenth of ``gongkai extract``. As with bytecode, what is kept is of
this Python alone and written only where bytecode may be; a file that is damaged or of another Python counts as none.
Only patterns that stand in modules get here (``workers.runtime.lazy_regex``), never one made from a document.
"""

import marshal
import os
import re
import sys
from array import array
from contextlib import suppress
from importlib import import_module
from pathlib import Path

_FILE = Path(__file__).with_name("__pycache__") / f"patterns.{sys.implementation.cache_tag}.bin"
_MOST = 2_000  # above, the file holds mostly patterns of earlier versions, and is begun anew

Key = tuple[str, int]
Code = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
"""Flags, code in words of four bytes, number of groups, and groups by name and by number, as ``_sre.compile`` takes."""


class KeptPatterns:
    """The patterns in one file."""

    def __init__(self, file: Path = _FILE) -> None:
        """Name the file, without reading it."""
        self._file = file
        self._codes: dict[Key, Code] | None = None
        self._new = 0

    def load(self) -> None:
        """Read the file; until then patterns are compiled as ever, and not kept."""
        self._codes = {}
        with suppress(OSError, ValueError, EOFError, TypeError):
            python, codes = marshal.loads(self._file.read_bytes())
            if python == _python() and len(codes) < _MOST:
                self._codes = codes

    def compile(self, pattern: str, flags: int) -> re.Pattern[str]:
        """Return what ``re.compile`` returns for these."""
        if self._codes is None:
            return re.compile(pattern, flags)
        key = (pattern, int(flags))
        if key not in self._codes:
            self._codes[key] = _compile(*key)
            self._new += 1
        return _restore(pattern, self._codes[key])

    def save(self) -> None:
        """Write the file if there is anything new, and if this Python writes bytecode at all."""
        if not self._new or sys.dont_write_bytecode:
            return
        unfinished = self._file.with_name(f"{self._file.name}.{os.getpid()}")
        with suppress(OSError):  # a folder that is not ours, as with bytecode
            unfinished.write_bytes(marshal.dumps((_python(), self._codes)))
            unfinished.replace(self._file)
            self._new = 0


KEPT = KeptPatterns()


def _python() -> tuple[str, int]:
    return sys.version, import_module("_sre").MAGIC


def _compile(pattern: str, flags: int) -> Code:
    """Do what ``compile`` of CPython's ``Lib/re/_compiler.py`` does, up to its last step."""
    parsed = import_module("re._parser").parse(pattern, flags)
    code = import_module("re._compiler")._code(parsed, flags)
    names: dict[str, int] = parsed.state.groupdict
    by_number: list[str | None] = [None] * parsed.state.groups
    for name, number in names.items():
        by_number[number] = name
    return int(flags | parsed.state.flags), array("I", code).tobytes(), parsed.state.groups - 1, names, tuple(by_number)


def _restore(pattern: str, kept: Code) -> re.Pattern[str]:
    flags, code, groups, names, by_number = kept
    found: re.Pattern[str] = import_module("_sre").compile(
        pattern, flags, array("I", code).tolist(), groups, names, by_number
    )
    return found
