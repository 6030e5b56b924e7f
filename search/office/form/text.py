"""The prose around the tables of the form: title, period, headings, and what stands where nothing was written yet."""

from collections.abc import Iterator

from schemas.office.applications import FilledForm
from schemas.office.report_form import CHAPTERS, NUMERALS

PLACEHOLDERS = {
    1: "（文字描述）",
    5: "（文字描述）",
    6: "（文字描述，收取信息处理费情况在此处报告。）",
}


def title(form: FilledForm) -> str:
    """Return the title of the report."""
    return f"{form.unit}{form.year}年政府信息公开工作年度报告"


def preamble(form: FilledForm) -> str:
    """Return what stands before the first chapter."""
    return (
        "根据《中华人民共和国政府信息公开条例》规定，编制本报告。"
        f"本报告所列数据统计期限为{form.year}年1月1日至{form.year}年12月31日。"
    )


def chapters(form: FilledForm) -> Iterator[tuple[int, str, list[str]]]:
    """Yield (number, heading, paragraphs) of each chapter."""
    for ordinal, name in enumerate(CHAPTERS, 1):
        text = form.chapters.get(ordinal, PLACEHOLDERS.get(ordinal, ""))
        yield ordinal, f"{NUMERALS[ordinal - 1]}、{name}", [line for line in text.split("\n") if line.strip()]
