"""Masks personal data in place, in everything that is indexed or shown; the setting ``mask`` names the kinds.

The default is the practice of offices that publish lists: 138****1234, an address to its street. A mask is as long as
what it covers, so that every offset into a text stays true. Artefacts and the original stay unmasked: to prevent the
download of such originals, name the kind in the setting ``hold``.
"""

from collections.abc import Collection, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

from schemas.articles import Extracted
from workers.extract.sensitive.personal import addresses_in, half_width, numbers_in
from workers.extract.sensitive.personal_addresses import addresses_in_cells, public_length
from workers.extract.sensitive.personal_spread import spread_spans

T = TypeVar("T")

_STAR = "*"
_TAIL = 4
_MIN_LENGTH = 7
Rows = tuple[tuple[str, ...], ...]


def mask_document(extracted: Extracted, kinds: Collection[str]) -> Extracted:
    """Return the document with these kinds of findings masked; unchanged if there are none."""
    found = {finding.kind for finding in extracted.findings}
    return mask_all(extracted, kinds) if found.intersection(kinds) else extracted


def mask_all(value: T, kinds: Collection[str]) -> T:
    """Return an artefact, or any part of one, with every text in it masked."""
    return cast(T, _mask(value, kinds))


def mask_text(text: str, kinds: Collection[str]) -> str:
    """Return a text of the same length with the personal data of these kinds masked."""
    if len(text) < _MIN_LENGTH:
        return text
    spans = list(masked_spans(text, kinds))
    characters = list(text) if spans else []
    for start, end in spans:
        for place in range(start, end):
            characters[place] = _STAR if characters[place].isalnum() else characters[place]
    return "".join(characters) if spans else text


def masked_spans(text: str, kinds: Collection[str]) -> Iterator[tuple[int, int]]:
    """Yield where a text is masked, start and end of each place."""
    plain = half_width(text)
    for number in numbers_in(plain):
        if number.kind in kinds:
            places = [at for at in range(number.start, number.end) if plain[at].isalnum()]
            yield places[3 if len(places) == 11 else 4], places[-_TAIL]
    for start, end in spread_spans(plain) if "identity_card" in kinds else ():
        places = [at for at in range(start, end) if plain[at].isalnum()]
        yield places[_TAIL], places[-_TAIL]
    if "home_address" not in kinds:
        return
    for match in addresses_in(plain):
        yield match.start(1) + public_length(match[1]), match.end(1)
    if "\t" in plain:
        yield from _cell_spans(plain)


def _cell_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of addresses in the cells of a table written out with tabs and line ends."""
    rows = tuple(tuple(line.split("\t")) for line in text.split("\n"))
    for number, place, cell in addresses_in_cells(rows):
        start = sum(len(line) + 1 for line in map("\t".join, rows[:number]))
        start += sum(len(each) + 1 for each in rows[number][:place])
        lead = len(cell) - len(cell.lstrip())
        yield start + lead + public_length(cell.strip()), start + len(cell.rstrip())


def _mask(value: Any, kinds: Collection[str]) -> Any:
    if isinstance(value, str):
        return mask_text(value, kinds)
    if isinstance(value, tuple):
        return _masked_tuple(value, kinds)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changes = {
        field.name: changed
        for field in fields(value)
        if (before := getattr(value, field.name)) and (changed := _mask(before, kinds)) is not before
    }
    changes |= _twins(value, changes)
    return replace(value, **changes) if changes else value


def _masked_tuple(value: tuple[Any, ...], kinds: Collection[str]) -> Any:
    if value and isinstance(value[0], tuple) and isinstance(next(iter(value[0]), None), str):
        return _masked_rows(cast(Rows, value), kinds)
    changed = [_mask(each, kinds) for each in value]
    same = all(new is old for new, old in zip(changed, value, strict=True))
    if same:
        return value
    return type(value)(*changed) if hasattr(value, "_fields") else tuple(changed)


def _masked_rows(rows: Rows, kinds: Collection[str]) -> Rows:
    cells = [[mask_text(cell, kinds) for cell in row] for row in rows]
    for number, place, cell in addresses_in_cells(rows) if "home_address" in kinds else ():
        kept = len(cell) - len(cell.lstrip()) + public_length(cell.strip())
        cells[number][place] = cell[:kept] + _STAR * (len(cell) - kept)
    return tuple(map(tuple, cells))


def _twins(value: Any, changes: dict[str, Any]) -> dict[str, str]:
    """Return the texts in the document's own script, masked at the places where their simplified twins were."""
    found: dict[str, str] = {}
    for field in fields(value):
        name = "text" if field.name == "original" else field.name.removesuffix("_original")
        twin = changes.get(field.name, getattr(value, field.name))
        if name == field.name or not isinstance(changes.get(name), str) or not isinstance(twin, str):
            continue
        shown, before = changes[name], getattr(value, name)
        if len(shown) == len(twin):
            pairs = zip(shown, before, twin, strict=True)
            found[field.name] = "".join(new if new != old else own for new, old, own in pairs)
    return found
