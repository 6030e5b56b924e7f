"""抄送机关: from the foot of a formal document (版记, GB/T 9704-2012, 7.4.2), 「抄送：市委办公室，市人大办公室。」."""

from collections.abc import Iterator, Sequence

from workers.extract.grammar.lines import Line
from workers.extract.record.facts import Fact, FactSource
from workers.runtime.lazy_regex import lazy_compile

_SURE = 0.95
_COPIED = lazy_compile(r"^(?:抄\s?送|抄\s?报|分\s?送)(?:机关|单位)?\s?[:：]\s?(?=\S)")
_ISSUED = lazy_compile(r"印发$|共印|份[）)。]?$|[:：]")
_MAX_LENGTH = 500
_FOLLOWING = 5


def read_copied_to(source: FactSource) -> Iterator[Fact]:
    """Read the recipients of copies; the list ends with its full stop, which may come lines later."""
    for index, line in enumerate(source.body):
        match = None if line.table or not line.text.startswith(("抄", "分")) else _COPIED.match(line.text)
        if match and len(line.text) <= _MAX_LENGTH:
            first = line.text[match.end() :].partition("。")
            rest = "" if first[1] else _continuation(source.body[index + 1 : index + 1 + _FOLLOWING])
            yield Fact("copied_to", first[0].strip() + rest, line.text, "imprint", _SURE)
            return


def _continuation(lines: Sequence[Line]) -> str:
    """Return the further lines of a list that ends with a full stop; empty if no full stop comes."""
    text = ""
    for line in lines:
        if line.table or len(line.text) > _MAX_LENGTH or _ISSUED.search(line.text):
            return ""
        head, stop, _ = line.text.partition("。")
        text += head.strip()
        if stop:
            return text
    return ""
