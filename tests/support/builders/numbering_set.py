"""The numbering set: lists in every Chinese format, on every level and with every kind of restart, as a Word package.

``numbering.doc``, ``.odt`` and ``.rtf`` are what LibreOffice makes of the package, and ``numbering.json`` holds the
labels it renders for the package and for each of them. ``python -m tests.support.builders.numbering_set`` writes these
files again, where LibreOffice is installed; read them before they are committed.
"""

import json
import re
import subprocess
import tempfile
from pathlib import Path

from tests.support.builders.word_package import level, numbered, write_docx

FOLDER = Path(__file__).parents[2] / "samples" / "word"
FORMATS = (
    *("chineseCounting", "chineseCountingThousand", "chineseLegalSimplified", "ideographDigital"),
    *("ideographTraditional", "ideographZodiac", "ideographLegalTraditional", "taiwaneseCounting"),
    *("taiwaneseCountingThousand", "decimalEnclosedCircle", "decimalEnclosedCircleChinese", "decimalFullWidth"),
    *("decimal", "upperRoman", "lowerRoman", "upperLetter", "lowerLetter", "decimalZero"),
)
_COUNTED = 21
_REPORT = ("第%1章", "第%2节", "%3、", "（%4）", "%5.", "(%6)", "%7", "%8)", "%9")
_FORMS = ("chineseCountingThousand",) * 4 + (
    "decimal",
    "decimal",
    "decimalEnclosedCircle",
    "lowerLetter",
    "upperLetter",
)

Item = tuple[int, int]  # list instance, level


def definitions() -> tuple[str, list[Item]]:
    """Return the content of numbering.xml and the numbered paragraphs, in order."""
    abstract: list[str] = []
    instances: list[str] = []
    items: list[Item] = []

    def add(levels: str, *, extra: str = "", of: int | None = None) -> int:
        number = len(instances) + 1
        if of is None:
            abstract.append(f'<w:abstractNum w:abstractNumId="{number}">{levels}</w:abstractNum>')
        source = number if of is None else of
        instances.append(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{source}"/>{extra}</w:num>')
        return number

    for form in FORMATS:
        items += [(add(level(0, "%1、", form)), 0)] * _COUNTED
    nine = "".join(level(index, _REPORT[index], _FORMS[index]) for index in range(9))
    report = add(nine)
    items += [(report, step) for step in range(9)]
    items += [(report, step) for step in (8, 8, 7, 6, 4, 4, 3, 4, 2, 3, 3, 1, 2, 3, 0, 1, 2, 2, 3, 0, 2, 4)]
    # Another instance of the same definition goes on; one with a start of its own begins there.
    items += [(add("", of=report), 0), (report, 0)]
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    again = add("", of=report, extra=override)
    items += [(again, 0), (again, 1), (again, 0)]
    never = '<w:lvlRestart w:val="0"/>'
    articles = add(level(0, "第%1章", _FORMS[0]) + level(1, "第%2条", _FORMS[0], never))
    items += [(articles, step) for step in (0, 1, 1, 0, 1, 1, 1, 0, 1)]
    legal = add(level(0, "第%1章", _FORMS[0]) + level(1, "%1.%2", "decimal", "<w:isLgl/>"))
    items += [(legal, step) for step in (0, 1, 1, 0, 1)]
    late = add(level(0, "%1.", "decimal", start=7) + level(1, "%1.%2", "decimal", start=3))
    items += [(late, step) for step in (0, 1, 1, 0, 1)]
    return "".join(abstract) + "".join(instances), items


def token(index: int) -> str:
    """Return the text of a paragraph of the set, which no label looks like."""
    return f"正文{index:04d}。"


def write(path: Path) -> Path:
    """Write the set as a Word package."""
    numbering, items = definitions()
    body = "".join(numbered(token(index), number, step) for index, (number, step) in enumerate(items))
    return write_docx(path, body, numbering=numbering)


def labels(lines: list[str]) -> list[str]:
    """Return what stands before the text of each paragraph, white space around it away."""
    found = (re.search(r"正文\d{4}。", line) for line in lines)
    return [match.string[: match.start()].strip() for match in found if match]


def as_word(rendered: list[str]) -> list[str]:
    """Return what LibreOffice renders for the package, where it does as Word does, and else what Word shows.

    LibreOffice 7.4 reads ideographDigital as spoken numbers and knows neither lvlRestart nor isLgl; beside that, see
    ``without_circles``.
    """
    found = without_circles(rendered)
    counts: dict[int, int] = {}
    for index, (number, _) in enumerate(definitions()[1]):
        counts[number] = count = counts.get(number, 0) + 1
        form = FORMATS[number - 1] if number <= len(FORMATS) else ""
        if form == "ideographDigital":
            found[index] = str(count).translate(str.maketrans("0123456789", "〇一二三四五六七八九")) + "、"
    for last, shown in ((15, ("第三条", "第四条", "第五条")), (11, ("第六条",)), (9, ("1.1", "1.2")), (6, ("2.1",))):
        start = len(found) - last
        found[start : start + len(shown)] = shown
    return found


def without_circles(rendered: list[str]) -> list[str]:
    """Return labels with plain digits for what LibreOffice circles beyond the twenty that Word has signs for."""
    return [label.replace("㉑", "21") for label in rendered]


def record() -> None:
    """Have LibreOffice render the set, and write what it makes and renders beside the other samples."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = write(folder / "numbering.docx")
        for target in ("doc:MS Word 97", "odt", "rtf"):
            _office(folder, path, target)
        rendered = {}
        for suffix in ("docx", "doc", "odt"):  # of its own RTF it reads the signs around the numbers as ?
            _office(folder, folder / f"numbering.{suffix}", "txt:Text (encoded):UTF8")
            rendered[suffix] = labels((folder / "numbering.txt").read_text("utf-8-sig").splitlines())
        (FOLDER / "numbering.json").write_text(json.dumps(rendered, ensure_ascii=False, indent=0) + "\n", "utf-8")
        for suffix in ("doc", "odt", "rtf"):
            (FOLDER / f"numbering.{suffix}").write_bytes((folder / f"numbering.{suffix}").read_bytes())


def _office(folder: Path, path: Path, target: str) -> None:
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", target]
    subprocess.run([*command, "--outdir", str(folder), str(path)], check=True, capture_output=True)


if __name__ == "__main__":
    record()
