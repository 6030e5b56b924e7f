"""Judges line by line which ones begin a section: the number, its sequence and the line's shape taken together.

A number at the start of a line is not yet a heading: in a statute the items under an article are its text, in a list of
attachments they are file names, 「第三章规定的…」 is a citation, and a wrapped line may begin with any number.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from workers.extract.grammar.dates import read_whole_date
from workers.extract.grammar.lines import Line
from workers.extract.grammar.section_numbers import CITED, Label, read_label
from workers.extract.outline.annual_report import format_heading_end, format_part_end
from workers.extract.outline.cells import cell_lines
from workers.extract.outline.contents import contents_lines
from workers.extract.outline.headings import MAX_HEADING_LENGTH, NAME_LENGTH, clean_heading, heading_end, lone_space_end
from workers.extract.outline.judgement.ends import find_end
from workers.extract.outline.judgement.review import review_headings
from workers.extract.outline.line_marks import Mark, as_text
from workers.extract.outline.numbers.clause_names import are_clauses_named, is_clause_name
from workers.extract.outline.numbers.form_order import nest_forms
from workers.extract.outline.numbers.loose_numbers import loose_labels
from workers.extract.outline.unnumbered_headings import find_unnumbered
from workers.extract.outline.unnumbered_levels import nest_unnumbered
from workers.extract.record.attachments import is_file_name
from workers.extract.record.title_shape import ends_like_title, is_title_like
from workers.runtime.lazy_regex import lazy_compile

# A paragraph of one sentence: (一) often heads what follows, 1. and (1) rarely do when long.
WHOLE_SENTENCE = {"digit": 40, "digit_bracketed": 40, "digit_half_bracketed": 40, "decimal": 40, "circled": 30}
NAMED = frozenset({"case", "part", "book", "chapter", "division"})
_DIRECTIVE = lazy_compile("[^，,。]{2,10}(?:要|应当|应|须|必须|不得)")
# A row of a table in plain text: 「一、本年收入 3521.60 3408.15」; a year or a page stands alone behind a heading.
_ROW = lazy_compile(r"\s?\S{2,40}(?:(?:\s-?[0-9][0-9,.]*%?){2,}|\s-?[0-9][0-9,]*\.[0-9]{1,4}%?)$")
_ROW_ENDS = frozenset("0123456789,.%")
_LONG_SENTENCE = 40
_SENTENCE_END = "。！？；;：:”）)》…"
_WRAPPED = 20
# Words that no subject ends with (but 参与, 普及, 目的, 碳中和 do), and those that no line of its own begins with.
_WITHIN = lazy_compile(
    r"(?:[以于将把各每或按不]|(?<![中总饱共温缓])和|(?<![目标])的|(?<![普涉])及|(?<![参赋授])与|(?<![合兼])并)$"
)
_GOES_ON = lazy_compile(r"[的者们]|了(?![解结])")
_NEAR = 6


@dataclass(slots=True)
class _State:
    """The sections met so far."""

    statute: bool = False
    clauses_named: bool = False
    chapters_by_han: bool = False
    attachments: bool = False
    clause: int = 0
    outer: str = ""  # form of the last section that is no ①
    last: dict[str, int] = field(default_factory=dict)


def judge(lines: Sequence[Line], title: str | None = None) -> list[Mark]:
    """Judge all lines of an article's body; a line that only repeats its title is no heading."""
    return review_headings(judge_by_rules(lines, title))


def judge_by_rules(lines: Sequence[Line], title: str | None = None) -> list[Mark]:
    """Judge all lines by number, sequence and shape alone."""
    state = _State(clauses_named=are_clauses_named(lines))
    passed_over = contents_lines(lines) | cell_lines(lines)
    unnumbered = find_unnumbered(lines, title)
    loose = loose_labels(lines, passed_over)
    marks: list[Mark] = []
    for index, line in enumerate(lines):
        if line.table or not line.body or index in passed_over:
            marks.append(as_text(line))
        elif index in loose:
            marks.append(_mark(line, loose[index], len(line.text)))
        elif index in unnumbered:
            state.statute, state.attachments = False, False
            marks.append(unnumbered[index])
        else:
            marks.append(_judge_numbered(line, _at(lines, index - 1), _at(lines, index + 1), state))
    return nest_unnumbered(nest_forms(marks))


def _at(lines: Sequence[Line], index: int) -> Line | None:
    return lines[index] if 0 <= index < len(lines) else None


def _judge_numbered(line: Line, before: Line | None, below: Line | None, state: _State) -> Mark:
    label = read_label(line.text)
    if label is None:
        if state.attachments and read_whole_date(line.text):
            state.attachments = False
        return as_text(line)
    if label.form.name == "annex" and is_file_name(line.text):
        state.attachments = state.attachments or label.text.endswith((":", "："))
        return as_text(line)
    if label.form.name == "annex":
        return _judge_annex(line, label, below, state)
    mark = (
        _judge_clause(line, label, state)
        if label.form.name == "clause"
        else _judge_item(line, label, before, below, state)
    )
    if mark.section:
        state.last[label.form.name] = label.value
        state.outer = state.outer if label.form.name == "circled" else label.form.name
    return mark


def _judge_annex(line: Line, label: Label, below: Line | None, state: _State) -> Mark:
    """Take 附件1 for a heading, alone only if no title stands below; 「附件：1.…」 begins the list of them."""
    end = _annex_end(line, label)
    rest = line.text[label.end : end].strip()
    listing = label.text.endswith((":", "：")) and label.value == 0
    if listing or len(rest) > NAME_LENGTH * 2 or "。" in rest or rest.endswith(("，", "；", ";")):
        state.attachments = listing and (not rest or read_label(rest) is not None)
        return as_text(line)
    state.statute, state.attachments, state.last, state.outer = False, False, {}, ""
    if not rest and below is not None and is_title_like(below.text):
        return as_text(line)
    name = line.part(0, end)
    text = line.part(end)
    return Mark(line, True, None, name, text if text.text else None, label.level, label.rank)


def _annex_end(line: Line, label: Label) -> int:
    """Return the end of an annex's name; on a page without line breaks it ends at a space (…统计表 指标名称 …)."""
    rest = line.text[label.end :]
    name = rest.split(maxsplit=1)[0] if rest.strip() else ""
    if name != rest.strip() and (ends_like_title(name) or name.endswith("表")):
        return label.end + rest.index(name) + len(name)
    return len(line.text)


def _judge_clause(line: Line, label: Label, state: _State) -> Mark:
    after = line.text[label.end : label.end + 1]
    near = label.value == 1 or 0 < label.value - state.clause <= _NEAR
    # 「第二条红色双线上一行…」 speaks of a line, if no first clause stood before.
    if label.value > 1 and not state.clause and after.isalpha():
        return as_text(line)
    if not near or (not after.isspace() and CITED.match(line.text, label.end)):
        return as_text(line)
    state.chapters_by_han = state.chapters_by_han or (not state.statute and "han" in state.last)
    state.statute, state.clause = True, label.value
    if state.clauses_named and is_clause_name(line, label):
        return _mark(line, label, len(line.text))
    text = line.part(label.end)
    return Mark(line, True, label, None, text, label.level, label.rank)


def _judge_item(line: Line, label: Label, before: Line | None, below: Line | None, state: _State) -> Mark:
    name = label.form.name
    if name in NAMED:
        return _judge_named(line, label, state)
    if state.attachments or (state.statute and not (name == "han" and state.chapters_by_han)):
        return as_text(line)
    if name == "circled" and state.outer == "digit_bracketed":  # GB/T 9704 knows four levels; below （1） is text
        return as_text(line)
    rest = line.part(label.end)
    if rest.text[-1:] in _ROW_ENDS and _ROW.match(rest.text) and not format_heading_end(rest.text):
        return as_text(line)
    sentence = WHOLE_SENTENCE.get(name, MAX_HEADING_LENGTH)
    end = heading_end(rest.text, sentence=sentence, may_name=name != "han")
    if line.cut and (not end or end == len(rest.text)):
        end = _end_in_flow(rest.text) or end
    if state.statute and (not end or end < len(rest.text)):
        return as_text(line)
    if not rest.text or not _plausible(label, end, before, state):
        return as_text(line)
    if end == len(rest.text) and (_closes_list(line, before, label) or _directs(rest.text) or _is_wrapped(line, below)):
        end = 0
    if "://" in rest.text[:end]:  # the address of a page is told, no subject
        end = 0
    return _mark(line, label, len(line.text) - len(rest.text) + end if end else 0)


def _end_in_flow(text: str) -> int:
    """Return the end of a heading whose line break was lost; 0 if unsure, or if the stretch is no more than it."""
    end = format_part_end(text) or lone_space_end(text)
    if not end and len(text) > MAX_HEADING_LENGTH:
        end = find_end(text)
    return end


def _closes_list(line: Line, before: Line | None, label: Label) -> bool:
    """Return whether a sentence is the last item of a list whose items end with semicolons."""
    if before is None or not line.text.endswith("。") or not before.text.endswith(("；", ";", "；以及", "；和")):
        return False
    item = read_label(before.text)
    return item is not None and item.form is label.form and item.value == label.value - 1


def _is_wrapped(line: Line, below: Line | None) -> bool:
    """Return whether a line on a printed page ends within a clause, whose rest is the shorter line below (以／上者)."""
    text = line.text
    if line.page is None or below is None or below.table or len(text) < _WRAPPED or len(below.text) >= len(text):
        return False
    if "，" not in text or not below.text.endswith("。") or (line.style and line.style.bold):
        return False
    return bool(_WITHIN.search(text[-2:]) or _GOES_ON.match(below.text)) and read_label(below.text) is None


def _directs(sentence: str) -> bool:
    """Return whether a paragraph of one long sentence says who must do what (各幼儿园要…); it names no subject."""
    return len(sentence) > _LONG_SENTENCE and bool(_DIRECTIVE.match(sentence))


def _judge_named(line: Line, label: Label, state: _State) -> Mark:
    behind = line.text[label.end :]
    rest = behind.strip()
    if CITED.match(behind) or "。" in rest or len(rest) > NAME_LENGTH or rest.endswith(("，", "；", "、")):
        return as_text(line)
    state.attachments = False
    return _mark(line, label, len(line.text))


def _plausible(label: Label, end: int, before: Line | None, state: _State) -> bool:
    """Weigh the number's place in its sequence against the shape of the line and of the one before."""
    last = state.last.get(label.form.name, 0)
    if label.value in (1, last + 1):
        return True
    wrapped = (
        before is not None
        and not before.table
        and len(before.text) >= _WRAPPED
        and before.text[-1] not in _SENTENCE_END
    )
    if wrapped and read_label(before.text if before else "") is None:
        return False
    return bool(end) or 0 < label.value - last <= _NEAR


def _mark(line: Line, label: Label, end: int) -> Mark:
    """Mark a section whose heading ends at ``end`` of the line; 0 for none."""
    if not end:
        return Mark(line, True, label, None, line.part(label.end), label.level, label.rank)
    heading = line.part(label.end, end)
    cleaned = heading.part(0, len(clean_heading(heading.text)))
    text = line.part(end)
    return Mark(
        line, True, label, cleaned if cleaned.text else None, text if text.text else None, label.level, label.rank
    )
