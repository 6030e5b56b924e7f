"""Explain a hit in words a searcher understands, from the stored rows; the same for every index.

The reasons name the words, where they occur, and what raised the hit. They give no scores, which mean nothing to a
searcher and differ between indexes.
"""

from collections.abc import Mapping, Sequence

from schemas.records import SectionRow
from search.query.analysis import squeeze
from search.query.numbers.document_numbers import number_key, number_keys, short_number
from search.query.parser import ParsedQuery, in_order_weights, title_key
from search.query.words import holds
from search.results.completeness import words_in

PLACES: Mapping[str, str] = {"title": "标题", "path": "小标题", "text": "正文"}


def document_reasons(row: SectionRow, parsed: ParsedQuery) -> tuple[str, ...]:
    """Return the reasons why the article of ``row`` was found, the strongest first."""
    made = []
    if row.document_number and (number := _own_number(row, parsed)):
        made.append(f"文号就是“{number}”。")
    if row.title and parsed.title and title_key(row.title) == parsed.title:
        made.append("标题与所查完全相同，排在前面。")
    title = row.title or ""
    made += _held_reasons("title", words_in(title, parsed.words), [title], parsed)
    return tuple(made)


def section_reasons(row: SectionRow, parsed: ParsedQuery) -> tuple[str, ...]:
    """Return the reasons why ``row`` was found: where words, phrases and 文号 occur, and which words are missing."""
    fields = {"title": row.title or "", "path": "\n".join(row.path), "text": row.text}
    squeezed = {name: squeeze(text) for name, text in fields.items()}
    made = [
        _stands(phrase[0], PLACES[name], "原样出现")
        for phrase in parsed.phrases
        for name in _places_with(phrase, squeezed)
    ]
    made += [
        _stands(n, PLACES[f], "引用了文号") for n in parsed.numbers for f in _places_with((short_number(n),), squeezed)
    ]
    if len(parsed.words) > 1:
        ordered = [name for name in in_order_weights(parsed) if parsed.text in squeezed[name]]
        made += [_stands(parsed.text, PLACES[name], "按原来的顺序连在一起") for name in ordered]
    for name in ("path", "text"):
        made += _held_reasons(name, words_in(fields[name], parsed.words), fields[name].split("\n"), parsed)
    there = {word for text in fields.values() for word in words_in(text, parsed.words)}
    if missing := [word for word in parsed.words if word not in there]:
        made.append(f"没有原样出现：{_quote(missing)}。")
    return tuple(made)


def _held_reasons(place: str, words: Sequence[str], texts: Sequence[str], parsed: ParsedQuery) -> list[str]:
    """Return which of ``words``, whose characters occur in ``texts``, occur as words, and which only as characters."""
    apart = [word for word in words if word in parsed.told_apart and not any(holds(text, word) for text in texts)]
    held = [word for word in words if word not in apart]
    made = [f"{PLACES[place]}里有{_quote(held)}。"] if held else []
    return made + ([f"{PLACES[place]}里{_quote(apart)}仅字面相连。"] if apart else [])


def _own_number(row: SectionRow, parsed: ParsedQuery) -> str | None:
    own = number_key(row.document_number or "")
    return row.document_number if any(own in number_keys(number) for number in parsed.numbers) else None


def _places_with(forms: Sequence[str], squeezed: Mapping[str, str]) -> list[str]:
    return [name for name, text in squeezed.items() if any(form in text for form in forms)]


def _stands(what: str, where: str, how: str) -> str:
    return f"“{what}”在{where}里{how}。"


def _quote(words: Sequence[str]) -> str:
    return "、".join(f"“{word}”" for word in words)
