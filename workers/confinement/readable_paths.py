"""The paths a conversion must be able to read beside its document: programs, libraries, fonts and Python's modules.

Lists the folders of packages, not their parent: in a checkout, the data of an embedded system may lie beside them.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

_SYSTEM = (
    *("/usr", "/lib", "/lib32", "/lib64", "/bin", "/sbin"),
    *("/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/alternatives", "/etc/localtime"),
    *("/etc/locale.alias", "/etc/fonts", "/etc/libreoffice", "/etc/nsswitch.conf", "/etc/passwd", "/etc/group"),
    "/var/cache/fontconfig",
)
# Environment variables that name folders of programs, libraries and models.
_FOLDERS = ("PATH", "LD_LIBRARY_PATH", "TESSDATA_PREFIX")


def list_readable_paths() -> list[str]:
    """Return files and folders without duplicates; some may not exist."""
    found = [*_SYSTEM, sys.prefix, sys.base_prefix, *_named_folders()]
    for entry in filter(None, sys.path):
        if not any(Path(entry).is_relative_to(one) for one in found):
            found += map(str, _modules(Path(entry)))
    return list(dict.fromkeys(found))


def _named_folders() -> Iterator[str]:
    for name in _FOLDERS:
        for folder in os.environ.get(name, "").split(os.pathsep):
            if len(Path(folder).parts) > 2 and Path(folder).is_absolute():
                yield folder


def _modules(entry: Path) -> Iterator[Path]:
    if entry.is_file():  # modules in a zip archive
        yield entry
        return
    yield from (path.parent for path in entry.glob("*/__init__.py"))
    yield from (path for pattern in ("*.py", "*.so") for path in entry.glob(pattern))
