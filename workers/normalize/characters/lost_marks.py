"""Brackets and title marks that became question marks: 国办发?2017?42号, ?中华人民共和国政府信息公开条例?.

The marks of a document number are certain by its form. Title marks are certain where all question marks of a sentence
pair up and each pair holds what ends like the title of a document. A question mark that asks something stays.
"""

from workers.normalize.draft.sheet import Cut, Draft, DraftLine
from workers.runtime.lazy_regex import lazy_compile

# Between the name of an office and the serial number only 〔〕 can have stood (GB/T 9704-2012, 7.2.5).
_NUMBER = lazy_compile(r"(?<=[\u4e00-\u9fff])([?？〔\[［(（【])((?:19|20)\d\d)([?？〕\]］)）】])(?=第?\d{1,5}号)")
_ASKS = lazy_compile(
    r"[吗呢么]$|什么|怎么|怎样|如何|为何|何时|何种|哪[些里个种几儿]|谁|是否|能否|可否|几[个种项天年]|多少|[请试]问|多[久大]"
)
_TITLE_END = lazy_compile(
    r"(?:条例|办法|规定|通知|意见|方案|法|决定|规则|细则|公告|通告|通报|指引|指南|目录|纲要|规划|要点|标准|规范|报告|制度|"
    r"决议|批复|函|章程|准则|预案|计划|协议|公报|宪法|清单|手册|汇编|日报|晚报|(?:[(（](?:试行|暂行|修订)[)）]))$"
)
_SENTENCE = lazy_compile(r"[^。;；！!\n\t]+")
_MARK = lazy_compile(r"[?？]")
_MAX_TITLE_LENGTH = 80
_MAX_MARKS = 40


def repair_lost_marks(draft: Draft) -> Draft:
    """Put back 〔〕 and 《》 where they are certain, and mark as damage what else looks lost in such a document.

    「根据?国务院办公厅关于…的通知?(国办发?2017?42号)精神」, from a page on the pilot programme of Ningxia; also nested:
    「?宁夏回族自治区实施?中华人民共和国政府信息公开条例?办法?」.
    """
    certain = draft.edit(_certain)
    return draft if certain.removals == draft.removals else certain.edit(_doubtful)


def _certain(line: DraftLine) -> list[Cut]:
    if "?" not in line.text and "？" not in line.text:
        return []
    cuts: dict[int, Cut] = {}
    for found in _NUMBER.finditer(line.text):
        if found[1] in "?？" or found[3] in "?？":
            cuts |= {at: _put(at, mark) for at, mark in ((found.start(1), "〔"), (found.start(3), "〕"))}
    cuts = {at: cut for at, cut in cuts.items() if line.text[at] in "?？"}
    for sentence in _SENTENCE.finditer(line.text):
        marks = [found.start() for found in _MARK.finditer(line.text, *sentence.span()) if found.start() not in cuts]
        if 2 <= len(marks) <= _MAX_MARKS:
            cuts |= {at: _put(at, mark) for at, mark in _title_marks(line.text, sentence.start(), marks)}
    return [cuts[at] for at in sorted(cuts)]


def _put(at: int, mark: str) -> Cut:
    return Cut(at, at + 1, "lost_mark", put=mark)


def _title_marks(text: str, start: int, marks: list[int]) -> list[tuple[int, str]]:
    """Return opening and closing marks for the question marks of a sentence, or nothing if they do not pair up."""
    read: list[tuple[int, str]] = []
    opened: list[int] = []
    before = start
    for at in marks:
        segment = text[before:at]
        before = at + 1
        if _ASKS.search(segment):
            return []
        if opened and _TITLE_END.search(segment) and at - opened[-1] <= _MAX_TITLE_LENGTH:
            opened.pop()
            read.append((at, "》"))
        elif "\u4e00" <= text[at + 1 : at + 2] <= "\u9fff" or text[at + 1 : at + 2] in "?？":
            opened.append(at)
            read.append((at, "《"))
        else:
            return []
    return [] if opened else _nest(read)


def _nest(read: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return the marks with those of a title inside a title in their single form (GB/T 15834-2011, 4.15)."""
    depth, out = 0, []
    for at, mark in read:
        depth -= mark == "》"
        out.append((at, mark if depth == 0 else {"《": "〈", "》": "〉"}[mark]))
        depth += mark == "《"
    return out


def _doubtful(line: DraftLine) -> list[Cut]:
    """Return a damage for each question mark that stands inside a sentence which asks nothing."""
    cuts = []
    for sentence in _SENTENCE.finditer(line.text):
        if not _ASKS.search(sentence[0]):
            cuts += [
                Cut(found.start(), found.end(), put=found[0], damage="lost_mark")
                for found in _MARK.finditer(line.text, sentence.start(), sentence.end() - 1)
            ]
    return cuts
