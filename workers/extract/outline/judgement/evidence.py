"""Evidence for and against the heading of a numbered paragraph: its words, its end, its neighbours below and beside it.

Each piece is a number; their weights are learnt (``weights``). No word of a subject is among them, only those that
make a sentence (应, 将, 须), so that what is learnt on one kind of paper holds for others.
"""

from collections.abc import Sequence

from workers.extract.outline.headings import clean_heading
from workers.extract.outline.line_marks import Mark
from workers.runtime.lazy_regex import lazy_compile

Evidence = dict[str, float]

_SENTENCE = ("。", "；", ";", "，", "、", "！")
_LONG, _SHORT = 30, 12
_MANY, _LONGEST = 8, 90
_DUTY = lazy_compile("应|须|不得|可以|将|必须|请|需")
_PREDICATE = lazy_compile("[是有为被已由未能会不]|予以")
_GOES_ON = lazy_compile("的，|时，|后，|前，|，(?:并|由|将|应|可|其中|包括)")
_ADVERBIAL = lazy_compile("[对如因经凡未在从按为由自以各本该其每需依请兹]|根据|鉴于|检附|旨揭|所有|申请人")
_CHARGE = lazy_compile(
    "负责|承担|承办|协助|参与|牵头|贯彻|履行|研究拟[订定]|拟[订定]|组织(?:拟|起草|编制|实施|指导|协调)|指导|(?:承办|完成|办理).{0,16}交办"
)
_INTRODUCES = lazy_compile("(?:如下|以下|下列|包括|提供|提交|分为|是指|[为有是])[^，。；]{0,6}[：:]$")
# 或, 其, 该, 本, 以上, 以下, 上述 …, 有关, 相关: begins with a class of characters, which is looked for at once.
_REFERS = lazy_compile("[或其该本以上下有相](?:(?<=[或其该本])|(?<=以)[上下]|(?<=[上下])[述列]|(?<=[有相])关)")
_DATE = lazy_compile("[0-9]{4}年|[0-9]月")
_SHARED = {
    name: f"siblings_{name}"
    for name in (
        "adverbial",
        "commas",
        "date",
        "digits",
        "duty",
        "ends_bare",
        "goes_on",
        "length",
        "predicate",
        "refers",
        "run_in_sentence",
        "short",
    )
}


def tells_of_acts(heading: str) -> bool:
    """Return whether a heading has words of a duty, or begins as a sentence or the statement of a charge does."""
    return bool(_DUTY.search(heading) or _ADVERBIAL.match(heading) or _CHARGE.match(heading) or _REFERS.search(heading))


def read_evidence(marks: Sequence[Mark], group: Sequence[int]) -> dict[int, Evidence]:
    """Return the evidence of each heading among the numbered paragraphs of one form below one section, by index."""
    own = {index: _own(marks[index]) for index in group if marks[index].heading is not None}
    if not own:
        return {}
    beside = _Beside(marks, group, own)
    return {index: {**evidence, **_below(marks, index), **beside.evidence(index)} for index, evidence in own.items()}


def _own(mark: Mark) -> Evidence:
    bare = clean_heading(mark.heading.text if mark.heading else "")
    line = mark.line.text
    whole = mark.text is None
    stopped = _is_sentence_run_in(mark) or (whole and line.endswith("。"))
    style = mark.line.style
    found = {
        "bold": float(bool(style and style.bold)),
        "run_in": float(not whole),
        "run_in_sentence": float(stopped and not whole),
    }
    found |= _extent(bare, stopped=stopped)
    found |= _words(bare)
    if whole:
        found |= _end(line)
    told = {key: value for key, value in found.items() if value}
    told["always"] = told[f"form_{mark.label.form.name if mark.label else ''}"] = 1.0
    return told


def _is_sentence_run_in(mark: Mark) -> bool:
    """Return whether a heading is the first sentence of its paragraph (「一、统一思想。根据…」)."""
    text = mark.text
    return text is not None and mark.line.text[: len(mark.line.text) - len(text.text)].rstrip().endswith("。")


def _extent(bare: str, *, stopped: bool) -> Evidence:
    commas = min(2, bare.count("，") + bare.count(","))
    return {
        "long": max(0.0, (len(bare) - _LONG) / _LONG),
        "short": max(0.0, (_SHORT - len(bare)) / _SHORT),
        "length": len(bare) / _LONG,
        "sentence_length": stopped * len(bare) / _LONG,
        "commas": float(commas),
        "sentence_commas": float(stopped * commas),
        "pauses": min(2.0, float(bare.count("、"))),
        "digits": min(4.0, float(sum(map(str.isdigit, bare)))) / 4,
    }


def _end(line: str) -> Evidence:
    return {
        "ends_stop": float(line.endswith("。")),
        "ends_list": float(line.endswith(("；", ";", "，", "、"))),
        "ends_colon": float(line.endswith(("：", ":"))),
        "introduces": float(line.endswith(("：", ":")) and bool(_INTRODUCES.search(line))),
        "ends_bare": float(not line.endswith((*_SENTENCE, "：", ":"))),
        "question": float(line.endswith(("？", "?"))),
    }


def _words(bare: str) -> Evidence:
    return {
        "colon_inside": float("：" in bare or ":" in bare),
        "quotes_law": float("《" in bare),
        "begins_quoted": float(bare[:1] in "《“「（("),
        "unfinished": float(bare[-1:] == "的"),
        "address": float("http" in bare or "www" in bare),
        "date": float(bool(_DATE.search(bare))),
        "duty": min(2, len(_DUTY.findall(bare))) / 2,
        "predicate": min(3, len(_PREDICATE.findall(bare))) / 3,
        "goes_on": min(2, len(_GOES_ON.findall(bare))) / 2,
        "adverbial": float(bool(_ADVERBIAL.match(bare))),
        "refers": min(2, len(_REFERS.findall(bare))) / 2,
        "charge": float(bool(_CHARGE.match(bare))),
    }


def _below(marks: Sequence[Mark], index: int) -> Evidence:
    below = marks[index + 1] if index + 1 < len(marks) else None
    if below is None:
        return {"outer_below": 1.0}
    if not below.section:
        return {"table_below": 1.0} if below.line.table else {"text_below": 1.0}
    if below.rank > marks[index].rank:
        return {"deeper_below": 1.0}
    return {"sibling_below": 1.0} if below.rank == marks[index].rank else {"outer_below": 1.0}


class _Beside:
    """Features of a numbered paragraph's siblings."""

    def __init__(self, marks: Sequence[Mark], group: Sequence[int], own: dict[int, Evidence]) -> None:
        self._own = own
        self._bare = {index: marks[index].heading is None for index in group}
        self._stops = {
            index: (marks[index].heading is None or marks[index].text is None)
            and marks[index].line.text.endswith(_SENTENCE)
            for index in group
        }
        self._charged = {index: _states_charge(marks[index]) for index in group}
        self._alone = {index: _is_alone(marks, index) for index in group}
        self._lengths = {index: min(_LONGEST, len(marks[index].line.text)) for index in group}
        self._counts = {
            name: sum(of.values())
            for name, of in (
                ("bare", self._bare),
                ("stop", self._stops),
                ("charge", self._charged),
                ("alone", self._alone),
                ("long", self._lengths),
            )
        }
        self._sums = {name: sum(evidence.get(name, 0.0) for evidence in own.values()) for name in _SHARED}

    def evidence(self, index: int) -> Evidence:
        """Return the shares of the siblings that have no heading, that end as sentences do, that have nothing below."""
        others = len(self._bare) - 1
        if not others:
            return {"lone": 1.0, "lone_alone": 1.0} if self._alone[index] else {"lone": 1.0}
        others += others == 1  # one sibling counts half as much as several
        found = {
            "siblings_bare": (self._counts["bare"] - self._bare[index]) / others,
            "siblings_stop": (self._counts["stop"] - self._stops[index]) / others,
            "siblings_charge": (self._counts["charge"] - self._charged[index]) / others,
            "siblings_alone": (self._counts["alone"] - self._alone[index]) / others,
            "siblings_long": (self._counts["long"] - self._lengths[index]) / others / _LONGEST,
            "siblings_many": min(len(self._bare) - 1, _MANY) / _MANY,
            **self._shared(index),
        }
        return {name: value for name, value in found.items() if value}

    def _shared(self, index: int) -> Evidence:
        """Return the mean of the evidence of the siblings' headings."""
        own, headed = self._own[index], len(self._own) - 1
        if not headed:
            return {}
        return {_SHARED[name]: (whole - own.get(name, 0.0)) / headed for name, whole in self._sums.items() if whole}


def _states_charge(mark: Mark) -> bool:
    """Return whether a numbered paragraph says what an office is in charge of, as those of its duties do."""
    return mark.label is not None and bool(_CHARGE.match(mark.line.text, mark.label.end))


def _is_alone(marks: Sequence[Mark], index: int) -> bool:
    """Return whether a numbered paragraph is one line with nothing below it that belongs to it."""
    if marks[index].text is not None and marks[index].heading is not None:
        return False
    below = marks[index + 1] if index + 1 < len(marks) else None
    return below is None or (below.section and below.rank <= marks[index].rank)
