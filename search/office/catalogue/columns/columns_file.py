"""The file of the office's own columns, and which of them a document belongs to."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from schemas.errors import SettingsError
from schemas.office.catalogues.columns import NO_COLUMN, Column
from search.office.catalogue.classes import plain_title

FORM = (
    '{"columns": [{"name": "机构职能", "words": ["主要职责"], "kinds": ["方案"], "folders": ["机构/"], "days": 180}]}'
)
_LISTS = ("words", "kinds", "without", "folders")


def read_columns(path: str) -> tuple[Column, ...]:
    """Return the columns of a file in their order; none if no file is named.

    Raises:
        SettingsError: The file cannot be read, or is not of the form.
    """
    if not path:
        return ()
    try:
        listed = json.loads(Path(path).read_text("utf-8"))["columns"]
        found = tuple(_column(number, one) for number, one in enumerate(listed, 1))
    except OSError as error:
        raise SettingsError(f"GONGKAI_OFFICE_CLASSES: {path} cannot be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SettingsError(f"GONGKAI_OFFICE_CLASSES: {path} is not of the form {FORM}: {error}") from error
    if not found:
        raise SettingsError(f"GONGKAI_OFFICE_CLASSES: {path} has no columns; it is of the form {FORM}")
    return found


def column_numbers(columns: Sequence[Column], key: str, plain: str, kind: str) -> tuple[int, ...]:
    """Return the numbers of the columns of a document, ascending; ``(NO_COLUMN,)`` if it is in none.

    Args:
        columns: The office's columns.
        key: Of the document.
        plain: Its title as ``plain_title`` makes it.
        kind: Its 文种, empty if it has none.
    """
    return tuple([one.number for one in columns if _belongs(one, key, plain, kind)]) or (NO_COLUMN,)


def _column(number: int, one: Mapping[str, object]) -> Column:
    if unknown := sorted(one.keys() - {"name", "days", *_LISTS}):
        raise ValueError(f"column {number} has {', '.join(unknown)}, which no column has")
    name, days = one["name"], one.get("days")
    if not isinstance(name, str) or not name.strip():
        raise ValueError(f"column {number} has no name")
    if days is not None and (isinstance(days, bool) or not isinstance(days, int) or days < 1):
        raise ValueError(f"column {number}: days is a whole number from 1")
    words, kinds, without, folders = (_texts(number, field, one.get(field, [])) for field in _LISTS)
    if not (words or kinds or folders):
        raise ValueError(f"column {number} has neither words nor kinds nor folders, so no document can be in it")
    plain = tuple(map(plain_title, words))
    return Column(number, name.strip(), plain, frozenset(kinds), tuple(map(plain_title, without)), folders, days)


def _texts(number: int, field: str, given: object) -> tuple[str, ...]:
    if not isinstance(given, list) or not all(isinstance(one, str) and one.strip() for one in given):
        raise ValueError(f"column {number}: {field} is a list of words")
    return tuple(given)


def _belongs(one: Column, key: str, plain: str, kind: str) -> bool:
    if one.folders and key.startswith(one.folders):
        return True
    return (kind in one.kinds or _has_any(plain, one.words)) and not _has_any(plain, one.without)


def _has_any(plain: str, words: Sequence[str]) -> bool:
    # A loop takes half the time of ``any``, and this runs for each document and column.
    for word in words:  # noqa: SIM110
        if word in plain:
            return True
    return False
