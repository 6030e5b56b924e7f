"""Reads the office's rules file (TOML, docs/office.md); what is wrong in it is said with its place."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from schemas.errors import SettingsError
from schemas.office.assessment import COUNTED_NAMES, AssessedUnit, AssessmentRules, Counted, ScoredItem
from search.office.facts import RECORD_FIELDS

SETTING = "GONGKAI_OFFICE_ASSESSMENT"
_SHIPPED = Path(__file__).with_name("rules.toml")
_NAMES = ("title", "start", "least", "highest", "fields", "items", "units")
_DIGITS = 2


def load_rules(path: str = "") -> AssessmentRules:
    """Return the rules in the file at ``path``; the shipped ones if it is empty.

    Raises:
        SettingsError: The file cannot be read, or holds what is no rule; the message names the place and what it takes.
    """
    file = Path(path) if path else _SHIPPED
    try:
        given = tomllib.loads(file.read_text("utf-8"))
    except OSError as error:
        raise SettingsError(f"{SETTING}: {file} cannot be read: {error.strerror or error}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{SETTING}: {file} is no TOML: {error}") from error
    return _RulesReader(str(file)).read(given)


class _RulesReader:
    """Reads the values of one file, whose name is part of every message."""

    def __init__(self, name: str) -> None:
        self._name = name

    def read(self, given: Mapping[str, Any]) -> AssessmentRules:
        self._refuse_unknown(given, _NAMES, "the file")
        items = tuple(self._item(one, f"items {n}") for n, one in enumerate(self._tables(given, "items"), 1))
        if not items:
            raise self._wrong("items", "nothing is scored; write at least one [[items]]")
        if twice := _repeated([one.counts for one in items]):
            raise self._wrong("items", f"{twice} is scored twice; keep one of them")
        units = tuple(self._unit(one, f"units {n}") for n, one in enumerate(self._tables(given, "units"), 1))
        for what in ("issuers", "folders"):
            if twice := _repeated([each for one in units for each in getattr(one, what)]):
                raise self._wrong("units", f"{twice!r} is in {what} of two units; keep it in one")
        least, highest = self._number(given, "least", 0.0), self._number(given, "highest", None)
        if least is not None and highest is not None and least > highest:
            raise self._wrong("least", f"{least:g} is above highest, {highest:g}")
        return AssessmentRules(
            title=self._text(given, "title", "关于{month}政务公开考核情况的通报"),
            start=self._number(given, "start", 0.0) or 0.0,
            least=least or 0.0,
            highest=highest,
            fields=self._fields(given),
            items=items,
            units=units,
        )

    def _item(self, given: Mapping[str, Any], place: str) -> ScoredItem:
        self._refuse_unknown(given, ("counts", "name", "points", "most"), place)
        counts = given.get("counts")
        if counts not in list(Counted):
            raise self._wrong(f"{place}, counts", f"{counts!r} is none of {', '.join(Counted)}")
        if "points" not in given:
            raise self._wrong(f"{place}, points", "is missing; write points for each document, negative to take off")
        most = self._number(given, "most", None, place)
        if most is not None and most < 0:
            raise self._wrong(f"{place}, most", f"{most:g} is negative; it bounds points of either sign")
        name = self._text(given, "name", COUNTED_NAMES[Counted(counts)], place)
        return ScoredItem(Counted(counts), name, self._number(given, "points", 0.0, place) or 0.0, most)

    def _unit(self, given: Mapping[str, Any], place: str) -> AssessedUnit:
        self._refuse_unknown(given, ("name", "issuers", "folders"), place)
        name = self._text(given, "name", "", place)
        if not name:
            raise self._wrong(f"{place}, name", "is missing")
        return AssessedUnit(
            name, self._texts(given, "issuers", place) or (name,), self._texts(given, "folders", place) or (name,)
        )

    def _fields(self, given: Mapping[str, Any]) -> tuple[str, ...]:
        fields = self._texts(given, "fields", "the file")
        for one in fields:
            if one not in RECORD_FIELDS:
                raise self._wrong("fields", f"{one!r} is none of {', '.join(RECORD_FIELDS)}")
        return fields

    def _tables(self, given: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
        found = given.get(name, [])
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            raise self._wrong(name, f"is no list of tables; head each with [[{name}]]")
        return found

    def _number(
        self, given: Mapping[str, Any], name: str, default: float | None, place: str = "the file"
    ) -> float | None:
        value = given.get(name, default)
        if value is None or (isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e6):
            return None if value is None else round(float(value), _DIGITS)
        raise self._wrong(f"{place}, {name}", f"{value!r} is no number of points")

    def _text(self, given: Mapping[str, Any], name: str, default: str, place: str = "the file") -> str:
        value = given.get(name, default)
        if not isinstance(value, str):
            raise self._wrong(f"{place}, {name}", f"{value!r} is no text; put it into quotation marks")
        return value.strip()

    def _texts(self, given: Mapping[str, Any], name: str, place: str) -> tuple[str, ...]:
        value = given.get(name, [])
        if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
            raise self._wrong(f"{place}, {name}", f'{value!r} is no list of texts; write ["…", "…"]')
        return tuple(one.strip() for one in value)

    def _refuse_unknown(self, given: Mapping[str, Any], known: tuple[str, ...], place: str) -> None:
        for name in given:
            if name not in known:
                raise self._wrong(place, f"{name!r} is not known; it takes {', '.join(known)}")

    def _wrong(self, place: str, message: str) -> SettingsError:
        return SettingsError(f"{SETTING}: {self._name}: {place}: {message}")


def _repeated(values: list[Any]) -> Any:
    return next((one for n, one in enumerate(values) if one in values[:n]), None)
