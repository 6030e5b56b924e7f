"""Control words of RTF that change nothing but what holds in their group."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from workers.convert.word.rtf.state import PLAIN_PARAGRAPH, State
from workers.convert.word.text_style import Align

Obey = Callable[[State, int | None], None]

_MAX_SIZE = 3276


def _obey_align(align: Align) -> Obey:
    def obey(state: State, _: int | None) -> None:
        state.paragraph = replace(state.paragraph, align=align)

    return obey


def _script(name: str) -> Obey:
    def obey(state: State, _: int | None) -> None:
        state.script = name

    return obey


def _font(state: State, number: int | None) -> None:
    state.font = number


def _size(state: State, number: int | None) -> None:
    state.size = min(max(number or 24, 1), _MAX_SIZE)


def _associated_size(state: State, number: int | None) -> None:
    if state.script == "dbch":
        state.wide_size = min(max(number or 24, 1), _MAX_SIZE)


def _bold(state: State, number: int | None) -> None:
    state.bold = number != 0


def _associated_bold(state: State, number: int | None) -> None:
    if state.script == "dbch":
        state.wide_bold = number != 0


def _obey_hidden(state: State, number: int | None) -> None:
    state.hidden = number != 0


def _raised(state: State, number: int | None) -> None:
    state.shift = int(number != 0)


def _lowered(state: State, number: int | None) -> None:
    state.shift = -int(number != 0)


def _on_line(state: State, _: int | None) -> None:
    state.shift = 0


def _colour(state: State, number: int | None) -> None:
    state.colour = number or 0


def _character_style(state: State, number: int | None) -> None:
    state.character_style = number


def _struck(state: State, number: int | None) -> None:
    state.struck = number != 0


def _fallback(state: State, number: int | None) -> None:
    state.fallback = max(number or 0, 0)


def _default_paragraph(state: State, _: int | None) -> None:
    state.paragraph = PLAIN_PARAGRAPH


def _in_table(state: State, _: int | None) -> None:
    state.paragraph = replace(state.paragraph, table=max(state.paragraph.table, 1))


def _depth(state: State, number: int | None) -> None:
    state.paragraph = replace(state.paragraph, table=max(number or 0, 0))


def _indent(state: State, number: int | None) -> None:
    state.paragraph = replace(state.paragraph, first_line=number or 0)


def _indent_characters(state: State, number: int | None) -> None:
    state.paragraph = replace(state.paragraph, first_line_chars=number or 0)


STATE_WORDS: Mapping[str, Obey] = MappingProxyType(
    {
        **{"ql": _obey_align("left"), "qc": _obey_align("center"), "qr": _obey_align("right")},
        **{"qj": _obey_align("justify"), "qd": _obey_align("justify")},
        **{"dbch": _script("dbch"), "hich": _script(""), "loch": _script(""), "ltrch": _script("")},
        **{"rtlch": _script("rtlch"), "f": _font, "fs": _size, "afs": _associated_size, "b": _bold},
        **{
            "ab": _associated_bold,
            "v": _obey_hidden,
            "cf": _colour,
            "cs": _character_style,
            "super": _raised,
            "up": _raised,
            "sub": _lowered,
            "nosupersub": _on_line,
            "dn": _lowered,
            "strike": _struck,
            "striked": _struck,
            "uc": _fallback,
            "pard": _default_paragraph,
        },
        **{"intbl": _in_table, "itap": _depth, "fi": _indent, "cufi": _indent_characters},
    }
)
"""What each word does to the group it stands in, given its parameter."""
