"""Reads gold values made by hand from folders: one ``gold.json`` beside ``files``, or a MANIFEST.json.

``gold.json`` is a list of objects with ``file``, ``kind``, ``title``, ``issuer``, ``doc_no``, ``date_signed``,
``accept`` (every reading a person would take, by field), ``outline`` (level, number, heading) and ``outline_until``;
a manifest's ``items`` name a file and the file of its gold.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from schemas.errors import GongkaiError

FIELDS = {"title": "title", "issuer": "issuer", "doc_no": "document_number", "date_signed": "signed_on"}
"""Names of the fields in gold files, and in the record."""


class GoldError(GongkaiError):
    """A folder has no gold, or gold that cannot be read."""


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading of an outline: its level, its number as written (may be empty), and its words."""

    level: int
    number: str
    words: str


@dataclass(frozen=True, slots=True)
class Gold:
    """The right values of one document.

    Attributes:
        path: Path of the file.
        group: The document it is a rendering of; several files of one count once where a model learns.
        kind: Of paper, as the gold calls it.
        accept: Readings that are right, by field of the record; None among them where it states none.
        outline: All headings; None if nobody made one.
        until: Where a long document's outline ends.
        optional: Headings that neither count nor cost.
    """

    path: Path
    group: str
    kind: str
    accept: dict[str, tuple[str | None, ...]]
    outline: tuple[Heading, ...] | None
    until: str | None = None
    optional: frozenset[str] = frozenset()


def read_gold(folder: Path) -> list[Gold]:
    """Return the gold of each document in a folder.

    Raises:
        GoldError: The folder holds neither gold.json nor MANIFEST.json, or one that is no list of documents.
    """
    listed, manifest = folder / "gold.json", folder / "MANIFEST.json"
    try:
        if listed.is_file():
            rows = json.loads(listed.read_text("utf-8"))
            return list(_list_all(folder, rows) if isinstance(rows, list) else _name_clauses(folder, rows))
        if manifest.is_file():
            return list(_manifest(folder, json.loads(manifest.read_text("utf-8"))))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise GoldError(f"{folder}: the gold cannot be read: {error!r}; see ops/bench/quality/gold.py") from error
    raise GoldError(f"{folder}: holds neither gold.json nor MANIFEST.json")


def _list_all(folder: Path, rows: list[dict[str, Any]]) -> Iterator[Gold]:
    for row in rows:
        name = str(row["file"])
        path = folder / name if name.startswith("files/") else folder / "files" / name
        yield Gold(
            path, name, row.get("kind") or "", _accept(row), _outline(row.get("outline")), row.get("outline_until")
        )


def _name_clauses(folder: Path, rows: dict[str, dict[str, Any]]) -> Iterator[Gold]:
    """Yield the gold of the founding documents: file → values, what begins with ``_`` aside."""
    for name, row in rows.items():
        if not name.startswith("_"):
            own = row | {"date_signed": row.get("signed")}
            yield Gold(folder / name, name, "founding", _accept(own), _outline(row.get("outline")))


def _accept(row: dict[str, Any]) -> dict[str, tuple[str | None, ...]]:
    """Return every reading that is right; a field the gold leaves empty without saying so is not judged."""
    given = row.get("accept") or {}
    found = {field: tuple(given[name]) for name, field in FIELDS.items() if name in given}
    stated = {field: (row[name],) for name, field in FIELDS.items() if row.get(name) and field not in found}
    return found | stated


def _outline(rows: list[list[Any]] | None) -> tuple[Heading, ...] | None:
    return (
        None if rows is None else tuple(Heading(int(level), number or "", words or "") for level, number, words in rows)
    )


def _manifest(folder: Path, manifest: dict[str, Any]) -> Iterator[Gold]:
    for item in manifest["items"]:
        gold = json.loads((folder / item["gold"]).read_text("utf-8"))
        row = gold | {"date_signed": gold.get("date") if "sections" in gold else None}
        counted = [one for one in gold.get("sections") or [] if not one.get("optional")]
        outline = tuple(Heading(one["level"], "", one["heading"]) for one in counted) if "sections" in gold else None
        optional = frozenset(one["heading"] for one in gold.get("sections") or [] if one.get("optional"))
        yield Gold(folder / item["file"], item["gold"], gold.get("kind") or "", _accept(row), outline, None, optional)
