"""The lines a page system prints above and below a text: when published, where from, by whom.

Their labels and values become clues, then the lines go. A single 「时间：…」 or 「来源：…」 amid the text is the
text's own.
"""

from schemas.blocks import Clue
from workers.normalize.chrome.buttons import blank_buttons
from workers.normalize.chrome.labels import META, WEB, has_colon, is_web_stamp, read_labels
from workers.normalize.chrome.zones import Body, body_of
from workers.normalize.draft.sheet import Draft


def take_publish_lines(draft: Draft) -> Draft:
    """Read publish lines and take them out.

    「发布日期:2009-01-05 15:09 访问次数: 来源:三垟街道」, 「时间:2019-05-14 13:26:47下载本文作者:会员上传」,
    「责任编辑：」, and the row of 「撰稿：」 「校对：」 「一审：」 that ends the pages of Heilongjiang's cities.
    """
    body = body_of(draft)
    clues: list[Clue] = []
    rules: dict[int, str] = {}
    for index, line in enumerate(draft.lines):
        if not has_colon(line.text) or line.kind == "table" or (line.style and line.style.heading_level):
            continue
        pairs = read_labels(blank_buttons(line.text))
        if pairs and _is_publish_line(pairs, index, body):
            rules[index] = "publish_line"
            clues += [Clue(label, value, "publish_line") for label, value in pairs if value]
    return draft.drop(rules).hint(clues)


def _is_publish_line(pairs: list[tuple[str, str]], index: int, body: Body) -> bool:
    labels = {label for label, _ in pairs}
    if labels & META:
        return False
    web = labels & WEB or any(is_web_stamp(label, value) for label, value in pairs)
    if not web:
        return False
    return len(labels) > 1 or body.outside(index)
