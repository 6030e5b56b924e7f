"""Checks the installation: settings, reachable servers, missing programs and what each one costs."""

import platform
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from schemas.errors import DependencyError, DocumentError
from schemas.setting_rules import LimitSettings
from search.protocol import Index
from workers.confinement.guards import survey
from workers.settings import PREFIX, SECRETS, Settings

if TYPE_CHECKING:
    from search.elastic.index import ElasticIndex

State = Literal["fine", "down", "missing"]

ANSWER_SECONDS = 20.0

# Optional program: (command that prints its version, what is lost without it).
PROGRAMS: dict[str, tuple[str, str]] = {
    "soffice": ("--version", "LibreOffice: without it, documents of Word 6 and 95 lose numbers and formatting"),
    "tesseract": (
        "--version",
        "OCR: without it and the extra `ocr`, scanned pages have no text and their documents end as partial",
    ),
    "bsdtar": ("--version", "libarchive: without it, rar archives end as failed"),
}

_PASSWORD = re.compile(r"(?<=:)[^:@/]+(?=@)")


@dataclass(frozen=True, slots=True)
class Check:
    """The result of one check."""

    name: str
    state: State
    line: str


@dataclass(frozen=True, slots=True)
class SettingLine:
    """One setting: its variable, default, meaning, and its value if set (secrets hidden)."""

    variable: str
    default: str
    meaning: str
    value: str | None


def check(settings: Settings) -> Iterator[Check]:
    """Yield the results one by one; a server that is down takes a few seconds."""
    yield Check("gongkai", "fine", f"{version('gongkai')}, Python {platform.python_version()}, {platform.platform()}")
    yield Check("stages", "fine", _stages())
    yield from _servers(settings)
    yield _paddle()
    yield from map(_program, PROGRAMS)
    yield from _guards()


def list_settings(given: dict[str, str]) -> list[SettingLine]:
    """Return all settings.

    Args:
        given: The environment variables that are settings.
    """
    lines = [_setting(PREFIX, name, field, given) for name, field in Settings.model_fields.items() if name != "limits"]
    limits = (_setting(f"{PREFIX}LIMIT_", name, field, given) for name, field in LimitSettings.model_fields.items())
    return lines + list(limits)


def _setting(start: str, name: str, field: FieldInfo, given: dict[str, str]) -> SettingLine:
    variable = start + name.upper()
    value = given.get(variable)
    if name in SECRETS and f"{variable}_FILE" in given:
        value = f"(in {given[f'{variable}_FILE']})"
    elif value and field.repr is False:
        value = "(set)"
    default = "" if field.default in (PydanticUndefined, ()) else str(field.default)
    return SettingLine(variable, default, field.description or "", hide(value) if value else value)


def hide(text: str) -> str:
    """Return a text with the passwords in its addresses removed."""
    return _PASSWORD.sub("***", text)


def _stages() -> str:
    from workers.pipeline.versions import VERSIONS  # noqa: PLC0415  listing the settings has no need of the stages

    return ", ".join(f"{name} {number}" for name, number in VERSIONS.items())


def _servers(settings: Settings) -> Iterator[Check]:
    from ops.system import open_system  # noqa: PLC0415  as above
    from search.elastic.index import ElasticIndex  # noqa: PLC0415  as above

    with open_system(settings) as system:
        context = system.context
        yield _reach("inbox", settings.objects_url, context.inbox.describe)
        yield _reach("artefacts", settings.derived_url, context.derived.describe)
        yield _reach("broker", settings.broker_url, system.sink.describe)
        yield _reach("index", settings.index_url, lambda: _sound(context.index))
        if isinstance(context.index, ElasticIndex) and (differs := _differing(context.index)):
            yield Check("shards", "missing", differs)


def _sound(index: Index) -> str:
    index.verify()
    return index.describe()


def _differing(index: "ElasticIndex") -> str | None:
    """Return how an index's shards differ from the settings; None if they do not, or it is unknown."""
    try:
        return index.other_layout()
    except DependencyError:
        return None


def _reach(name: str, url: str, describe: Callable[[], str]) -> Check:
    try:
        return Check(name, "fine", hide(describe()))
    except DependencyError as error:
        return Check(name, "down", f"{hide(url)}: {hide(str(error))}")


def _guards() -> Iterator[Check]:
    for guard in survey():
        yield Check(f"sandbox {guard.name}", "fine" if guard.holds else "missing", guard.line)


def _paddle() -> Check:
    from workers.convert.ocr.paddle import NAME, check_import  # noqa: PLC0415  listing the settings has no need of it

    cost = "extra `ocr`: without it tesseract recognises scanned pages, photographs badly"
    try:
        installed = version(NAME)
    except PackageNotFoundError:
        return Check(NAME, "missing", cost)
    try:
        with TemporaryDirectory() as folder:
            check_import(Path(folder))
    except DocumentError as error:
        return Check(NAME, "missing", f"it does not run ({error}). {cost}")
    return Check(NAME, "fine", installed)


def _program(name: str) -> Check:
    option, cost = PROGRAMS[name]
    path = shutil.which(name)
    if path is None:
        return Check(name, "missing", cost)
    try:
        asked = subprocess.run([path, option], capture_output=True, timeout=ANSWER_SECONDS, check=False, text=True)
    except (OSError, subprocess.TimeoutExpired) as error:
        return Check(name, "missing", f"{path} does not run ({error}). {cost}")
    words = (asked.stdout or asked.stderr).strip().splitlines()
    return Check(name, "fine", f"{words[0] if words else path}")
