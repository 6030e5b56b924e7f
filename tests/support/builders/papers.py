"""Makes converted documents of plain lines for the tests of normalisation, and reads back what came of them."""

from pathlib import Path

from schemas.blocks import Block, Converted
from schemas.cleaned import Normalized
from workers.normalize import normalize

SAMPLES = Path(__file__).parents[2] / "samples"
BODY = "根据《中华人民共和国政府信息公开条例》规定,现将有关情况报告如下,请予审阅。"
END = "以上工作取得了明显成效,群众满意度不断提高,下一步将继续抓好落实。"


def paper(*lines: str, format_: str = "txt") -> Converted:
    """Return a converted document of these paragraphs."""
    return Converted(format_, tuple(map(Block, lines)))


def clean(*lines: str, format_: str = "txt") -> Normalized:
    """Return what normalisation makes of these paragraphs."""
    return normalize(paper(*lines, format_=format_))


def texts(*lines: str, format_: str = "txt") -> list[str]:
    """Return the clean text of each paragraph."""
    return [paragraph.text for paragraph in clean(*lines, format_=format_).paragraphs]


def amid(*lines: str) -> list[str]:
    """Return what is left of lines that stand between two paragraphs of running text."""
    return texts(BODY, *lines, END)[1:-1]


def above(*lines: str) -> list[str]:
    """Return what is left of lines that stand above the running text."""
    return texts(*lines, BODY, END)[:-2]


def below(*lines: str) -> list[str]:
    """Return what is left of lines that stand below the running text."""
    return texts(BODY, END, *lines)[2:]


def rules(cleaned: Normalized) -> list[tuple[str, str]]:
    """Return rule and text of each removal."""
    return [(removal.rule, removal.text) for removal in cleaned.removals]


def clues(cleaned: Normalized) -> list[tuple[str, str]]:
    """Return label and value of each clue."""
    return [(clue.label, clue.value) for clue in cleaned.clues]


def seeds() -> dict[str, Converted]:
    """Return the five seed pages by name, a block for each line as the reader of plain text makes them."""
    found = {}
    for path in sorted((SAMPLES / "seeds").glob("*.txt")):
        lines = (line.strip() for line in path.read_text("utf-8").split("\n"))
        found[path.stem] = paper(*(line for line in lines if line))
    return found


def golden(cleaned: Normalized) -> str:
    """Return a normalised document as the golden files hold it: clean text first, then what was taken and found."""
    removals = [
        f"- {removal.rule} {removal.block}:{removal.offset} {removal.text}"
        for removal in cleaned.removals
        if removal.rule != "injected_pinyin"
    ]
    pinyin = sum(removal.rule == "injected_pinyin" for removal in cleaned.removals)
    found = [
        *(f"! {damage.rule} {damage.paragraph}:{damage.offset} {damage.text}" for damage in cleaned.damages),
        *(f"= {clue.label} {clue.value} ({clue.origin})" for clue in cleaned.clues),
        *(f"* {problem.message}" for problem in cleaned.problems),
        f"# script {cleaned.script}, flags {' '.join(cleaned.flags) or 'none'}, injected pinyin {pinyin}",
    ]
    return "\n".join([*(paragraph.text for paragraph in cleaned.paragraphs), "", *removals, *found]) + "\n"
