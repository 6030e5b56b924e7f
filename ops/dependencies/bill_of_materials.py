"""The software bill of materials: every package this application is installed with, as CycloneDX 1.5 in JSON.

In a checkout it lists the packages pinned in ``requirements.lock`` with their hashes; in an installation, the packages
required by its metadata. It holds no timestamp, so that the same packages give the same file.
"""

import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution, metadata, requires, version
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from ops.dependencies.licences import LOCK, licence, locked_packages

NAME = "gongkai"
_HASHES = re.compile(
    r"^([A-Za-z0-9][A-Za-z0-9._-]*)==[^\n]*\n((?: +--hash=sha256:[0-9a-f]{64}(?: \\)?\n?)+)", re.MULTILINE
)
_SHA256 = re.compile(r"[0-9a-f]{64}")

Json = dict[str, Any]


def bill_of_materials(lock: Path = LOCK) -> Json:
    """Return the bill; leaves out packages of the lock file that are not installed here."""
    packages = locked_packages(lock) if lock.is_file() else sorted(_required(NAME) - {NAME})
    hashes = _lock_hashes(lock) if lock.is_file() else {}
    there = [package for package in packages if _is_installed(package)]
    components = [_component(package, hashes.get(canonicalize_name(package), ())) for package in there]
    references: dict[str, str] = {canonicalize_name(package): _reference(package) for package in there}
    whole = _reference(NAME)
    links = [(whole, set(references.values()))]
    links += [
        (_reference(package), {references[one] for one in _direct(package) if one in references}) for package in there
    ]
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.5.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{uuid5(NAMESPACE_URL, ' '.join([whole, *references.values()]))}",
        "version": 1,
        "metadata": {"component": {"type": "application", "bom-ref": whole, "name": NAME, "version": version(NAME)}},
        "components": components,
        "dependencies": [{"ref": reference, "dependsOn": sorted(others)} for reference, others in links],
    }


def _component(package: str, hashes: tuple[str, ...]) -> Json:
    reference = _reference(package)
    stated = metadata(package).json.get("license_expression")
    found = {"expression": str(stated)} if stated else {"license": {"name": licence(package) or "not stated"}}
    component = {
        "type": "library",
        "bom-ref": reference,
        "name": package,
        "version": version(package),
        "purl": reference,
        "licenses": [found],
    }
    if hashes:  # of each file the package may be installed from, so that they are no hashes of the component itself
        component["properties"] = [{"name": "lock:sha256", "value": one} for one in hashes]
    return component


def _reference(package: str) -> str:
    return f"pkg:pypi/{canonicalize_name(package)}@{version(package)}"


def _lock_hashes(lock: Path) -> dict[str, tuple[str, ...]]:
    found = _HASHES.findall(lock.read_text("utf-8"))
    return {canonicalize_name(name): tuple(_SHA256.findall(hashes)) for name, hashes in found}


def _is_installed(package: str) -> bool:
    try:
        distribution(package)
    except PackageNotFoundError:
        return False
    return True


def _direct(package: str) -> Iterator[str]:
    for line in requires(package) or ():
        wanted = Requirement(line)
        if wanted.marker is None or wanted.marker.evaluate({"extra": ""}):
            yield canonicalize_name(wanted.name)


def _required(package: str) -> set[str]:
    found, waiting = {package}, [package]
    while waiting:
        for one in _direct(waiting.pop()):
            if one not in found and _is_installed(one):
                found.add(one)
                waiting.append(one)
    return found
