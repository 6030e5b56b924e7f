"""Reads from one sentence its statements on the validity of the documents it names.

Names are first replaced, so that a word inside a title (《关于废止…的决定》) has no effect. A plan, proposal, condition
or denial (拟废止, 建议废止, 废止的，应当…, 不予废止) is no statement.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from schemas.office.validity import Change, Statement
from workers.extract.grammar.dates import find_dates
from workers.extract.grammar.document_number import find_document_number
from workers.extract.references.citations import find_citations
from workers.runtime.lazy_regex import lazy_compile

# Placeholder for a name: a character that no text has.
NAME = "\ue000"
_MAX_EVIDENCE = 300
_WHOLE_DATE = len("2025-01-01")

_BARE = lazy_compile(
    r"[一-鿿]{1,12}\s?[〔［\[【(（﹝]\s?(?:19|20)[0-9]{2}\s?年?[〕］\]】)）﹞]\s?(?:第\s?)?[0-9]{1,5}\s?号(?:文件|文)?"
)
_LEADING = lazy_compile(r"^.*(?:根据|依据|按照|废止|修改|宣布|执行|以及|文件|同时|原|由|和|及|与|对|将|的|见)")
# Papers a person holds: 《营业执照》遗失，声明作废.
_PAPER = lazy_compile("(?:证|证书|执照|通知书|决定书|告知书|发票|凭证|收据|合同|协议|协议书|许可|[册簿表])$")
_LINK = rf"(?:[、，,和及与\s]|以及|并|原|和原|[（(][^（）()。{NAME}]{{0,60}}[)）])*"
_LIST = rf"{NAME}(?:{_LINK}{NAME})*"
_ENDS = (
    "废止|失效|停止(?:执行|施行|实施|适用)|不再(?:执行|施行|实施|适用|有效)|终止执行|作废"
    "|(?:取代|代替|替代)(?=了?原?\ue000)|被\ue000所?(?:取代|代替|替代)|撤销(?=\ue000)"
)
_TRIGGER = lazy_compile(
    rf"(?P<keeps>继续(?:有效|执行|施行|实施)|予以保留|保留(?={NAME})|有效期限?(?:予以)?(?:延长|延续|顺延))|(?P<ends>{_ENDS})"
    r"|(?P<amends>(?:作|做|作出|进行|予以)(?:了)?(?:如下|以下|相应|部分|必要|适当)?(?:的)?(?:修改|修订|修正|调整)|(?:修改|修订|修正|调整)如下"
    rf"|增加[一二两三四五六](?:款|条|项|章|目)|删[去除](?={NAME})|修改(?:为|(?=(?:的)?[：:]|了?(?:的部分)?{NAME}))|修正(?=了?{NAME})|修订(?=了?{NAME}|通过)|(?:修改|修订|修正)(?=$|[，,]))"
)
# Words before a trigger that make a plan, a wish, a condition or a denial of it.
_BEFORE_TRIGGER = lazy_compile(
    "(?:拟(?:予以?|于|将|对)?|建议|(?<!相)应当?|应予|可以?|可予|需要?|必须|未(?:被|经|予|予以)?|尚未|没有|并未|不(?:予|得|宜|能|应)|是否|适时|及时|逐步|"
    "尽快|抓紧|计划|研究|提请|申请|请求|考虑|有权|何时)[^，,；。]{0,10}$"
)
_PLANNED = lazy_compile(
    f"(?:^|[，,；：:])[^，,；：:{NAME}]{{0,12}}(?:拟|建议|如果?(?!下)|若|倘若|一旦|计划|是否|请求|提请|征求|凡|不得|可以|应当|研究|讨论|审议|认为|正在|着手|启动|列入)[^，,；：:{NAME}]{{0,14}}$"
)
_AFTER_UNREAL = lazy_compile(
    "^(?:的(?:[，,、]|决定|通知|建议|意见|草案|情形|情况|问题|程序|工作|原因|理由|说明|公告|请示|征求|规定|[^。]{0,4}条件)|之?后|之?前|时|以来|以前|以后|"
    "或者|或|情况|问题|程序|工作|建议|意见|草案|与否|手续|清理|征求意见|的?可能|的?必要|[？?吗呢])"
)
_BASIS = lazy_compile(
    "(?:根据|依据|按照|依照|遵照|参照|落实|贯彻|执行|按|经|由|违反|不符合|抵触|见|详见|学习|遵守|符合|适用)[^，,；：:。]{0,20}$"
)
_FORWARD = lazy_compile(
    rf"^(?:了|的(?:文件|规范性文件|规章|法规|政策|部分)?(?:有|为|是|如下)?|下列文件|以下文件)?[：:]?\s?(?:下列|以下)?[^，,。；{NAME}]{{0,24}}?(?P<list>{_LIST})(?P<tail>[^。；]{{0,20}})"
)
_BACKWARD = lazy_compile(rf"(?P<list>{_LIST})(?P<gap>[^{NAME}]{{0,70}})$")
_PART_GAP = lazy_compile(
    "第[一二三四五六七八九十百零0-9]{1,5}(?:[条款项章节]|部分)|(?:中|规定)的?[^，,]{0,24}(?:规定|条款|内容|部分|项目|标准|表述|措施|政策|要求)"
    "|(?:有关|相关|部分)(?:[^，,的]{0,10}的)?(?:规定|条款|内容)|规定的[^，,]{0,10}(?:标准|项目|政策)|附件[0-9一二三四五六七八九十]"
)
_OTHER_SUBJECT = lazy_compile(
    "(?:证|证书|许可|资格|合同|协议|账户|批准|证明|承诺|标志|牌照|号牌|手续|执照|岗位|职务|企业|项目)(?:自动|即|自行)?$"
)
_SINCE = lazy_compile(r"(?:自|从|于)[^，,；]{0,26}")


@dataclass(frozen=True, slots=True)
class _Named:
    """A document named in a sentence."""

    title: str | None
    number: str | None
    provisions: tuple[str, ...]
    start: int
    end: int


def read_sentence(text: str) -> Iterator[Statement]:
    """Yield the statements of one sentence on the validity of others, one per document."""
    named = list(_names(text))
    if not named:
        return
    skeleton, places = _skeleton(text, named)
    done: set[int] = set()
    for trigger in _TRIGGER.finditer(skeleton):
        if _unreal(skeleton, trigger):
            continue
        found = _targets(skeleton, trigger)
        for change, position in found:
            index = places[position]
            if index in done:
                continue
            done.add(index)
            yield _statement(text, named[index], change, skeleton[: trigger.end()])


def _names(text: str) -> Iterator[_Named]:
    cited = [one for one in find_citations(text) if not _PAPER.search(one.title)]
    spans = [(one.start, one.end) for one in cited]
    found = [_Named(one.title, one.number, one.provisions, one.start, one.end) for one in cited]
    for match in _BARE.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in spans):
            continue
        lead = _LEADING.match(match.group())
        start = match.start() + (lead.end() if lead and lead.end() < len(match.group()) - 9 else 0)
        number = find_document_number(text[start : match.end()])
        if number:
            found.append(_Named(None, number, (), start, match.end()))
    yield from sorted(found, key=lambda one: one.start)


def _skeleton(text: str, named: Sequence[_Named]) -> tuple[str, dict[int, int]]:
    """Return the sentence with a placeholder for each name, and the names by place."""
    pieces, places, done, length = [], {}, 0, 0
    for index, one in enumerate(named):
        piece = text[done : one.start]
        places[length + len(piece)] = index
        pieces += [piece, NAME]
        length += len(piece) + 1
        done = one.end
    return "".join([*pieces, text[done:]]), places


def _unreal(skeleton: str, trigger: re.Match[str]) -> bool:
    before, after = skeleton[: trigger.start()], skeleton[trigger.end() :]
    clause = re.split("[，,；：:]", before)[-1]
    if _AFTER_UNREAL.match(after):
        return True
    return bool(_BEFORE_TRIGGER.search(clause) or _PLANNED.search(before) or _conditional(before))


def _conditional(before: str) -> bool:
    """Return whether the clause a trigger is in, or the one its documents stand in, is a condition or a wish."""
    last = before.rfind(NAME)
    lead = before[:last] if last >= 0 else before
    return bool(_PLANNED.search(lead.split(NAME)[0]))


def _targets(skeleton: str, trigger: re.Match[str]) -> list[tuple[Change, int]]:
    """Return the changes and places of the names concerned: its objects before the trigger, else those after it."""
    kind = str(trigger.lastgroup)
    forward = _FORWARD.match(skeleton[trigger.end() :])
    backward = _BACKWARD.search(skeleton[: trigger.start()])
    if backward and (start := _own_start(skeleton, backward)) is not None:
        return _changes(kind, skeleton, start, backward.end("list"), backward["gap"])
    if forward and kind != "keeps" and not _names_basis(skeleton[trigger.end() :][: forward.start("list")]):
        start = trigger.end() + forward.start("list")
        return _changes(kind, skeleton, start, trigger.end() + forward.end("list"), forward["tail"])
    return []


def _own_start(skeleton: str, backward: re.Match[str]) -> int | None:
    """Return the offset from which names before a trigger are its objects (not its legal basis or topic), or None."""
    if _OTHER_SUBJECT.search(backward["gap"]) or _names_basis(backward["gap"]):
        return None
    if not _BASIS.search(skeleton[: backward.start()]):
        return backward.start("list")
    comma = max(backward["list"].rfind(mark) for mark in "，,")
    return backward.start("list") + comma if comma >= 0 else None


def _names_basis(gap: str) -> bool:
    return bool(re.search("根据|依据|按照|依照|规定(?:的程序)?[，,]|要求[，,]|精神[，,]|公布[，,].*决定", gap))


def _changes(kind: str, skeleton: str, start: int, end: int, gap: str) -> list[tuple[Change, int]]:
    change = {"keeps": Change.KEEPS, "ends": Change.REPEALS, "amends": Change.AMENDS}[kind]
    if change is Change.REPEALS and _PART_GAP.search(gap):
        change = Change.REPEALS_PART
    return [(change, place) for place in range(start, end) if skeleton[place] == NAME]


def _statement(text: str, named: _Named, change: Change, said: str) -> Statement:
    part = change is Change.REPEALS and named.provisions
    found = Statement(change, named.title, named.number, named.provisions, _since(said), text.strip()[:_MAX_EVIDENCE])
    return replace(found, change=Change.REPEALS_PART) if part else found


def _since(said: str) -> str | None:
    """Return the date a sentence gives: 「自2020年1月1日起废止」; not that of a document it names."""
    for match in reversed(list(_SINCE.finditer(said))):
        dates = [date for date, _, _ in find_dates(match.group()) if len(date) == _WHOLE_DATE]
        if dates:
            return dates[0]
    return None
