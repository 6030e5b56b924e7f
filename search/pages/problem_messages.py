"""Problems of a document for its reader: a Chinese sentence each, beside the technical message."""

import re
from dataclasses import dataclass

from schemas.glossary import STATES
from schemas.outcomes import Category, Problem, say_problem

# Meaning of each category for a reader, and what to do about it.
_ADVICE: dict[Category, str] = {
    Category.ENCRYPTED: "文件设有密码，未能读取。请去掉密码后重新上传。",
    Category.CORRUPT: "文件已损坏或不完整。请从来源处重新获取后上传。",
    Category.BOMB: "文件展开后异常庞大，已停止读取。请拆分或另存后重新上传。",
    Category.EMPTY: "文件中没有可读的文字。",
    Category.UNSUPPORTED: "暂不支持这种格式。请另存为 docx、pdf、html 或 txt 后上传。",
    Category.TOO_LARGE: "文件超出可处理的大小。请拆分后上传。",
    Category.TIMEOUT: "处理超时，已停止。请拆分后上传。",
    Category.CRASH: "处理这份文件时程序出错，不影响其他文件。",
}
_PARTLY: dict[Category, str] = {
    Category.CORRUPT: "文件有损坏之处，该处内容未能读出。",
    Category.BOMB: "有一部分内容异常庞大，未读取。",
    Category.EMPTY: "有一部分没有可读的文字。",
    Category.UNSUPPORTED: "内含暂不支持的格式，未读取。",
    Category.TOO_LARGE: "内容过多，超出的部分未读取。",
    Category.TIMEOUT: "有一部分处理超时，未读取。",
    Category.ENCRYPTED: "有一部分设有密码，未读取。",
    Category.CRASH: "有一部分处理时程序出错，未读取。",
}

# The most frequent messages in records without codes, and their Chinese translations; tried in this order.
_SAID: tuple[tuple["re.Pattern[str]", str], ...] = tuple(
    (re.compile(pattern), chinese)
    for pattern, chinese in (
        (r"^(\d+) tracked deletions", "原文有 {} 处修订删除的文字，不计入正文。"),
        (r"^(\d+) review comments", "原文有 {} 条批注，不计入正文。"),
        (r"^(\d+) embedded objects", "原文嵌有 {} 个对象，未读取其内容。"),
        (r"^no text was recognised on page (\d+)", "第 {} 页未识别出文字。"),
        (r"^page (\d+) was recognised with little confidence", "第 {} 页图像欠清晰，识别的文字可能有误。"),
        (r"^pages (\d+) to (\d+) were not recognised", "第 {} 至 {} 页未及识别。"),
        (r"^page (\d+) is a picture without text", "第 {} 页只有图像，没有文字。"),
        (r"^page (\d+) is damaged", "第 {} 页已损坏，未能读出。"),
        (r"^fonts of page (\d+)", "第 {} 页的字体缺少文字对应关系，可能有误字。"),
        (r"^slide (\d+) is damaged", "第 {} 张幻灯片已损坏，未能读出。"),
        (r"^the file is cut short: (\d+) of (\d+)", "文件不完整，缺 {} 字（共 {} 字）。"),
        (r"^(\d+) places hold bytes that are no", "有 {} 处字节无法解读，正文中以 \ufffd 标出。"),
        (r"truncated inside a character", "文末被截断，可能有缺失。"),
        (r"second reader", "文件有损坏，由备用程序读出，可能有缺失。"),
        (r"nested more than|nested too deep", "版面嵌套过深，部分结构未保留。"),
        (r"^scanned pages|have (?:them|it|the page) recognised|tesseract", "扫描件，只有图像，没有文字层。"),
        (r"scripts would load it", "网页没有文字：内容须由脚本载入。请在浏览器中保存后上传。"),
    )
)
# State of an uploaded file, as in ``search.api.responses.FileState``.
OUTCOMES: dict[str, str] = {**STATES, "waiting": "处理中", "replaced": "已被新版本取代"}

_CHINESE = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class ProblemMessage:
    """A problem in Chinese, and the stage's own message, if it differs."""

    problem: Problem
    text: str
    technical: str = ""


def problem_message(problem: Problem) -> ProblemMessage:
    """Return a problem in plain Chinese for a reader."""
    if problem.said != problem.message:
        technical = "" if _CHINESE.search(problem.message) else problem.message
        return ProblemMessage(problem, say_problem(problem, "zh"), technical)
    if _CHINESE.search(problem.message):
        return ProblemMessage(problem, problem.message)
    for pattern, chinese in _SAID:
        if found := pattern.search(problem.message):
            return ProblemMessage(problem, chinese.format(*found.groups()), problem.message)
    if problem.category is None:
        text = "有内容未能读出。" if problem.lossy else "处理时有一项说明。"
    else:
        text = (_PARTLY if problem.lossy else _ADVICE)[problem.category]
    return ProblemMessage(problem, text, problem.message)
