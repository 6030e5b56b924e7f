"""Headings without a number: by their style, as the title of an attached text, or by form (基本案情, 裁判结果)."""

from collections import Counter
from collections.abc import Sequence

from workers.extract.grammar.dates import read_whole_date
from workers.extract.grammar.lines import Line, squeeze
from workers.extract.grammar.organs import is_organ
from workers.extract.grammar.section_numbers import read_label
from workers.extract.outline.broken_headings import ANNEX, KIND_OF_ANNEX
from workers.extract.outline.line_marks import Mark
from workers.extract.record.signature import find_signature
from workers.extract.record.title_shape import ends_like_title, is_title_like
from workers.runtime.lazy_regex import lazy_compile

_MAX_STYLED_LENGTH = 60
_MAX_BOLD_LENGTH = 30
_MIN_TABLE_LENGTH = 6
_MAX_LENGTH_BY_FORM = 12
_TEXT_LENGTH = 20
_CASE_NAME = lazy_compile("诉.{2,40}案$")
_LETTERED = lazy_compile(r"[（(][a-z][)）]\s")
# 「附录A（规范性）的规定」 and 「附录A（规范性）给出了…」 cite the annex; 「附录A（规范性）规定动作清单」 is its name.
_ANNEX = lazy_compile(
    rf"{ANNEX}\s?{KIND_OF_ANNEX}(?!\s?(?:[、，,]|的(?!士)|或(?![有然])|"
    r"[和与及]\s?(?:附\s?录|一致|相同|不同|配合|结合|给出|规定|提供|.*的(?:规定|要求)$)|"
    r"给出|列出|(?:提供|规定|进行|执行)(?:[了的]|$)|中(?:的|给出|规定|列出|所|[，,]|$)|所(?:[列示述给提指]|规定)))"
)
_UNFINISHED = lazy_compile(r"(?:符合|满足|按照?|依照|参照|依据|根据|遵守|执行|参?见|[和及与或、，,在由])$")
_FULL_STOPS = "。！？；：:）)”"
_STOPS = frozenset("。；！？")
_BOXES = frozenset("□☐☑■√")


def find_unnumbered(lines: Sequence[Line], title: str | None = None) -> dict[int, Mark]:
    """Return the unnumbered headings by line index; the article's own title, above the text of an order, is none."""
    own = squeeze(title or "")
    plain = [index for index, line in enumerate(lines) if _may_be_heading(line) and squeeze(line.text) != own]
    styled = {index for index in plain if _is_styled(lines[index])}
    emphatic = _emphatic(lines, plain)
    attached = _attached_titles(lines, plain)
    by_form = _by_form(lines, plain) if not styled and not emphatic else set()
    levels = _style_levels(lines, styled)
    return (
        _standard_parts(lines)
        | _flattened_tables(lines)
        | _bracketed_headings(lines)
        | {index: _mark(lines[index], levels.get(index, 1)) for index in sorted(styled | emphatic | attached | by_form)}
    )


def _may_be_heading(line: Line) -> bool:
    text = line.text
    return (
        line.body
        and not line.table
        and not line.cut
        and 2 <= len(text) <= _MAX_STYLED_LENGTH
        and text[-1] not in "。；;，,：:、"
        and "。" not in text
        and not (text[0] in "（(" and text[-1] in "）)")
        and _BOXES.isdisjoint(text)
        and read_label(text) is None
        and read_whole_date(text.replace(":", "：").rpartition("：")[2]) is None
    )


def _is_styled(line: Line) -> bool:
    return line.style is not None and line.style.heading_level is not None


def _emphatic(lines: Sequence[Line], plain: Sequence[int]) -> set[int]:
    """Return short lines set off from the body by weight or size, with text below."""
    sizes = Counter(line.style.size for line in lines if line.style and line.style.size and len(line.text) >= 40)
    body = sizes.most_common(1)[0][0] if sizes else None
    heavy = _is_heavy(lines)
    set_off = [
        index
        for index in plain
        if len(lines[index].text) <= _MAX_BOLD_LENGTH
        and _set_off(lines[index], body, heavy=heavy)
        and not is_organ(lines[index].text)
    ]
    found = {i for i in set_off if _followed_by_text(lines, i) and not _heads_columns(lines, i)}
    return found | {i for i in set_off if i + 1 in found and _stands_above(lines, i)}


def _stands_above(lines: Sequence[Line], index: int) -> bool:
    """Return whether a few words below a whole sentence head the heading below them, which looks the same."""
    line, below = lines[index : index + 2]
    short = max(len(line.text), len(below.text)) <= _MAX_LENGTH_BY_FORM
    alike = bool(line.style and line.style.bold) == bool(below.style and below.style.bold)
    return short and alike and index > 0 and lines[index - 1].text[-1] in _STOPS


def _heads_columns(lines: Sequence[Line], index: int) -> bool:
    """Return whether several words stand above a table as the heads of its columns do: 「附属法例／文书 公告编号」."""
    return lines[index + 1].table and len(lines[index].text.split()) > 1


def _is_heavy(lines: Sequence[Line]) -> bool:
    """Return whether the sentences themselves are bold, as of a page printed in 黑体; then bold sets off nothing."""
    sentences = [line for line in lines if line.style and line.body and line.text[-1:] in _STOPS]
    bold = sum(len(line.text) for line in sentences if line.style and line.style.bold)
    return 2 * bold > sum(len(line.text) for line in sentences)


def _set_off(line: Line, body_size: float | None, *, heavy: bool) -> bool:
    style = line.style
    if style is None:
        return False
    larger = body_size is not None and style.size is not None and style.size > body_size + 0.9
    return (bool(style.bold) and not heavy) or larger


def _attached_titles(lines: Sequence[Line], plain: Sequence[int]) -> set[int]:
    """Return titles of attached texts: after the signature, or where numbering starts again below a title line."""
    signature = find_signature(lines)
    found: set[int] = set()
    for index in plain:
        text = lines[index].text
        if not is_title_like(text) or not ends_like_title(text) or len(text) < 6:
            continue
        after_signature = signature is not None and signature < index <= signature + 4
        if after_signature or _restarts_below(lines, index):
            found.add(index)
    return found | {
        index for index in plain if index and _bare_annex(lines[index - 1]) and is_title_like(lines[index].text)
    }


def _bare_annex(line: Line) -> bool:
    label = read_label(line.text)
    return label is not None and label.form.name == "annex" and label.end == len(line.text)


def _flattened_tables(lines: Sequence[Line]) -> dict[int, Mark]:
    """Return names of tables that run on into their cells, after the date that closes the text on the same line."""
    found: dict[int, Mark] = {}
    for index in range(1, len(lines)):
        line = lines[index]
        if line.cut and read_whole_date(lines[index - 1].text):
            name = line.text.split(maxsplit=1)[0]
            if name.endswith("表") and _MIN_TABLE_LENGTH <= len(name) <= _MAX_BOLD_LENGTH and read_label(name) is None:
                found[index] = _mark(line.part(0, len(name)), 1)._replace(line=line, text=line.part(len(name)))
    return found


def _standard_parts(lines: Sequence[Line]) -> dict[int, Mark]:
    """Return the annexes of a standard and its bibliography (GB/T 1.1-2020, 9.13, 9.14)."""
    found = [index for index, line in enumerate(lines) if line.text[:1] == "附" and _is_annex(lines, index)]
    books = (index for index, line in enumerate(lines) if line.text[:1] == "参" and squeeze(line.text) == "参考文献")
    found += [index for index in books if index + 1 < len(lines) and lines[index + 1].text.startswith("[1]")]
    return {index: _mark(lines[index], 1) for index in found}


def _is_annex(lines: Sequence[Line], index: int) -> bool:
    """Return whether a line names an annex, and cites none within a sentence."""
    line = lines[index]
    if index and not lines[index - 1].table and _UNFINISHED.search(lines[index - 1].text):
        return False
    short = line.body and not line.table and len(line.text) <= _MAX_STYLED_LENGTH and _STOPS.isdisjoint(line.text)
    return short and bool(_ANNEX.match(line.text))


def _bracketed_headings(lines: Sequence[Line]) -> dict[int, Mark]:
    """Return headings in brackets, 「【基本案情】」, alone on the line or run in; only if there are several."""
    found: dict[int, Mark] = {}
    for index, line in enumerate(lines):
        end = line.text.find("】", 0, _MAX_LENGTH_BY_FORM + 4) + 1
        if line.body and not line.table and end > 3 and line.text.startswith("【") and read_label(line.text) is None:
            found[index] = _mark(line.part(0, end), 1)._replace(line=line, text=line.part(end))
    return found if len(found) >= 2 else {}


def _restarts_below(lines: Sequence[Line], index: int) -> bool:
    """Return whether sections stood before and a first one follows within a few lines."""
    below = [read_label(line.text) for line in lines[index + 1 : index + 6]]
    first = any(label and label.value == 1 and label.form.name in ("han", "chapter", "clause") for label in below)
    return first and any(read_label(line.text) for line in lines[max(0, index - 30) : index])


def _by_form(lines: Sequence[Line], plain: Sequence[int]) -> set[int]:
    """Return short bare lines between paragraphs; only if there are several, and none is a signature."""
    found = {
        index
        for index in plain
        if len(lines[index].text) <= _MAX_LENGTH_BY_FORM
        and all("一" <= character <= "鿿" for character in lines[index].text)
        and _followed_by_text(lines, index)
        and (index == 0 or lines[index - 1].text[-1] in _FULL_STOPS or len(lines[index - 1].text) < _MAX_BOLD_LENGTH)
        and not is_organ(lines[index].text)
    }
    if len(found) < 2:
        return set()
    return found | {index - 1 for index in found if index - 1 in plain and _CASE_NAME.search(lines[index - 1].text)}


def _followed_by_text(lines: Sequence[Line], index: int) -> bool:
    below = lines[index + 1] if index + 1 < len(lines) else None
    if below is None or below.table:
        return below is not None
    sentence = "。" in below.text and (len(below.text) >= _TEXT_LENGTH or read_label(below.text) is not None)
    return sentence or bool(_LETTERED.match(below.text))


def _style_levels(lines: Sequence[Line], styled: set[int]) -> dict[int, int]:
    """Map heading styles to levels: as the numbered headings of the same style have it, else in their own order."""
    numbered: dict[int, Counter[int]] = {}
    for line in lines:
        label = read_label(line.text) if _is_styled(line) else None
        if label and line.style and line.style.heading_level:
            numbered.setdefault(line.style.heading_level, Counter())[label.level] += 1
    own = sorted({_heading_level(lines[index]) for index in styled})
    order = {style: place + 1 for place, style in enumerate(own)}
    return {
        index: numbered[style].most_common(1)[0][0]
        if (style := _heading_level(lines[index])) in numbered
        else order[style]
        for index in styled
    }


def _heading_level(line: Line) -> int:
    return (line.style.heading_level if line.style else None) or 1


def _mark(line: Line, level: int) -> Mark:
    return Mark(line, True, None, line, None, level, rank=0.5 if level == 1 else 3.5 + level)
