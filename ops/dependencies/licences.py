"""Licences of the packages this application is installed with, from their own metadata, listed in ``docs/licences.md``.

``python -m ops.dependencies.licences`` prints that list. ``refused_licences`` names packages whose licence is GPL, AGPL
or unknown; the LGPL is accepted for libraries that are imported unchanged and can be replaced.
"""

import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

from packaging.markers import Marker

ROOT = Path(__file__).parents[2]
LOCK = ROOT / "requirements.lock"
TABLE = ROOT / "docs" / "licences.md"

_PINNED = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==[^\s;]+ *(?:; *([^\\\n]+))?", re.MULTILINE)
_STRONG = re.compile(r"(?<![Ll])\bA?GPL|(?<!Lesser )\bGeneral Public License|Affero", re.IGNORECASE)
_LESSER = re.compile(r"LGPL|Lesser General Public|Library General Public", re.IGNORECASE)
_MAX_LENGTH = 60
_HEAD = """# Licences

Packages this application is installed with (`requirements.lock`), and the licence each states in its own metadata.
None is under the GPL or AGPL; those under the LGPL are imported as they are. This file is printed by
`python -m ops.dependencies.licences`; `gongkai sbom` prints versions and hashes, too.
The extra `ocr` adds faster-paddle (MIT), which holds ONNX Runtime (MIT) and models of PaddleOCR (Apache-2.0).

| package | licence |
|---|---|
"""
_DATA = """
Data of others that is part of this repository:

| file | from | licence |
|---|---|---|
| search/data/dictionary.txt.gz | `main2012.dic` of IK Analyzer, without what is not Chinese | Apache-2.0 |
| search/data/initials.txt, search/data/polyphones.txt | readings of pypinyin 0.55 | MIT |
| workers/normalize/characters/radicals.py | `EquivalentUnifiedIdeograph.txt` of Unicode | Unicode-3.0 |
"""


def locked_packages(lock: Path = LOCK) -> list[str]:
    """Return the names of the packages a lock file pins for this system and this Python."""
    found = _PINNED.findall(lock.read_text("utf-8"))
    return sorted({name for name, condition in found if not condition or Marker(condition.strip()).evaluate()})


def licence(package: str) -> str:
    """Return the licence an installed package states: its expression, classifiers, or first line of the licence.

    Raises:
        PackageNotFoundError: It is not installed.
    """
    said: dict[str, str | list[str]] = metadata(package).json
    if expression := said.get("license_expression"):
        return str(expression)
    classifiers = [line.rpartition(" :: ")[2] for line in said.get("classifier", ()) if "License ::" in line]
    named = [name for name in classifiers if name != "OSI Approved"]
    return " and ".join(named) or str(said.get("license", "")).strip().partition("\n")[0][:_MAX_LENGTH]


def refused_licences(packages: list[str]) -> Iterator[str]:
    """Yield a line for each package whose licence is unknown, GPL or AGPL."""
    for package in packages:
        try:
            found = licence(package)
        except PackageNotFoundError:
            yield f"{package}: not installed, so its licence is unknown"
            continue
        if not found or found.upper() == "UNKNOWN":
            yield f"{package}: states no licence"
        elif is_strong(found):
            yield f"{package}: {found}"


def is_strong(stated: str) -> bool:
    """Return whether a licence extends to whole programs (GPL or AGPL) without offering another choice."""
    choices = re.split(r"\s+or\s+", stated, flags=re.IGNORECASE)
    return all(_STRONG.search(_LESSER.sub("", choice)) for choice in choices)


def table() -> str:
    """Return the list for ``docs/licences.md``."""
    return _HEAD + "".join(f"| {package} | {licence(package)} |\n" for package in locked_packages()) + _DATA


if __name__ == "__main__":
    print(table(), end="")  # noqa: T201
