"""What a file holds beside its text is judged, in every format; the number is made up."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from schemas.blocks import Converted
from tests.support.builders.pdf import Page, pdf
from tests.support.builders.word_package import write_docx
from workers.convert.registry import convert

ROOT = Path(__file__).parents[3]
SAMPLES, SHIPPED = ROOT / "samples", Path(__file__).parents[4] / "workers" / "convert" / "samples"
NUMBER = "110101199003070011"
HALVES = f"<w:r><w:t>{NUMBER[:7]}</w:t></w:r><w:r><w:t>{NUMBER[7:]}</w:t></w:r>"


def with_part(name: str, markup: str) -> Callable[[bytes, Path], None]:
    """Return what adds a part to a package."""

    def add(original: bytes, path: Path) -> None:
        path.write_bytes(original)
        with zipfile.ZipFile(path) as archive:
            parts = {entry: archive.read(entry) for entry in archive.namelist() if entry != name}
        with zipfile.ZipFile(path, "w") as archive:
            for entry, data in parts.items():
                archive.writestr(entry, data)
            archive.writestr(name, f"<root>{markup}</root>")

    return add


def with_bytes(data: bytes) -> Callable[[bytes, Path], None]:
    return lambda original, path: path.write_bytes(original + data) and None


def inside(begin: bytes, more: bytes) -> Callable[[bytes, Path], None]:
    return lambda original, path: path.write_bytes(original.replace(begin, more + begin, 1)) and None


P = f"<p>身份证号{NUMBER}</p>"
CASES = {
    "docx: its description": ("word.docx", with_part("docProps/app.xml", f"<Manager>{NUMBER}</Manager>")),
    "docx: a header no page has": (
        "word.docx",
        with_part("word/header9.xml", f"<w:p>{HALVES}</w:p>".replace("w:", "")),
    ),
    "docx: a chart": ("word.docx", with_part("word/charts/chart1.xml", f"<v>{NUMBER}</v>")),
    "docx: what a picture is called": ("word.docx", with_part("word/glossary/document.xml", f'<a descr="{NUMBER}"/>')),
    "xlsx: a property made up": ("table.xlsx", with_part("docProps/custom.xml", P)),
    "xlsx: a string no cell shows": ("table.xlsx", with_part("xl/externalLinks/link1.xml", P)),
    "xlsx: what a cell asks for": (
        "table.xlsx",
        with_part("xl/worksheets/sheet9.xml", f'<dataValidation prompt="{NUMBER}"/>'),
    ),
    "pptx: a comment": ("slides.pptx", with_part("ppt/comments/comment1.xml", f"<text>{NUMBER}</text>")),
    "odt: a property": ("text.odt", with_part("Configurations2/x.xml", P)),
    "ofd: a note": ("text.ofd", with_part("Doc_0/Custom.xml", P)),
    "doc: what editing left": ("word.doc", with_bytes(NUMBER.encode("utf-16-le"))),
    "rtf: a comment on the file": ("text.rtf", inside(b"\\pard", b"{\\*\\doccomm " + NUMBER.encode() + b"}")),
    "html: a script": ("utf-8.html", inside(b"</body>", f"<script>var a='{NUMBER}'</script>".encode())),
    "pdf: its metadata": ("text.pdf", with_bytes(f"<x:xmpmeta>{P}</x:xmpmeta>".encode())),
    "xls: a comment": (SAMPLES / "sheets" / "table.xls", with_bytes(NUMBER.encode("utf-16-le"))),
    "png: its description": (SAMPLES / "scan" / "notice.png", with_bytes(b" tEXtComment\0" + NUMBER.encode())),
}


@pytest.mark.parametrize("case", CASES)
def test_what_a_file_holds_beside_its_text_is_handed_on_to_be_judged(tmp_path: Path, case: str) -> None:
    name, change = CASES[case]
    original = (SHIPPED / name) if isinstance(name, str) else name
    path = tmp_path / original.name
    before = convert_file(original, tmp_path / "before")
    change(original.read_bytes(), path)
    after = convert_file(path, tmp_path / "after")
    assert not any(NUMBER in text for text in before.unseen)
    assert [text for text in after.unseen if NUMBER in text], after.unseen
    assert NUMBER not in "".join(block.text for block in after.blocks)


def test_the_comment_of_an_archive_is_judged(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "银杏")
        archive.comment = f"证号 {NUMBER}".encode()
    assert convert_file(path, tmp_path / "work").unseen == (f"证号 {NUMBER}",)


def test_what_stands_in_the_text_is_judged_there_alone(tmp_path: Path) -> None:
    account = "开户名称：某某有限公司</w:t></w:r></w:p><w:p><w:r><w:t>账号 6222021234567890128"
    path = write_docx(tmp_path / "a.docx", f"<w:p><w:r><w:t>{account}</w:t></w:r></w:p>")
    assert convert_file(path, tmp_path / "work").unseen == ()


@pytest.mark.parametrize(
    "markup",
    [
        f"<a/>证号{NUMBER}",
        f"<a/><b 证号{NUMBER} <c/>",
        f"<a val='title=' title='证号{NUMBER}'/>",
        f"""<a val="'longer than ten" alt='证号{NUMBER}'/>""",
    ],
)
def test_neither_broken_tags_nor_other_quotation_marks_hide_a_number(tmp_path: Path, markup: str) -> None:
    path = tmp_path / "word.docx"
    with_part("customXml/item9.xml", markup)((SHIPPED / "word.docx").read_bytes(), path)
    assert [text for text in convert_file(path, tmp_path / "work").unseen if NUMBER in text]


@pytest.mark.parametrize(
    "markup",
    [
        "<ofd:AbbreviatedData>M 4111 1111 1111 1111 L 0 0</ofd:AbbreviatedData>",
        "<ofd:PhysicalBox>4111 1111 1111 1111</ofd:PhysicalBox>",
        '<ofd:CGTransform CodePosition="0"><ofd:Glyphs>4111 1111 1111 1111</ofd:Glyphs></ofd:CGTransform>',
    ],
)
def test_coordinates_and_numbers_of_glyphs_of_an_ofd_are_nobodys(tmp_path: Path, markup: str) -> None:
    """GB/T 33190-2016, 9.1 (paths), 7.5 (boxes), 11.4 (glyphs)."""
    path = tmp_path / "text.ofd"
    with_part("Doc_0/Res/Drawing.xml", markup.replace("ofd:", ""))((SHIPPED / "text.ofd").read_bytes(), path)
    assert convert_file(path, tmp_path / "work").unseen == ()
    with_part("Doc_0/Res/Drawing.xml", f"<CustomData>卡号 {NUMBER}</CustomData>")(path.read_bytes(), path)
    assert convert_file(path, tmp_path / "again").unseen == (f"卡号 {NUMBER}",)


def convert_file(path: Path, workdir: Path) -> Converted:
    workdir.mkdir()
    return convert(path, hint=path.suffix[1:], workdir=workdir)


def test_the_comments_of_a_markdown_and_the_bookmarks_of_a_pdf_are_judged(tmp_path: Path) -> None:
    marks = tmp_path / "a.md"
    marks.write_text(f"# 通知\n\n现将有关事项通知如下。<!-- 经办人{NUMBER} -->\n", "utf-8")
    assert convert_file(marks, tmp_path / "md").unseen == (f"<!-- 经办人{NUMBER} -->",)
    outline = ("<</Type/Outlines/First 9 0 R/Last 9 0 R/Count 1>>", f"<</Title({NUMBER})/Parent 8 0 R>>")
    paper = tmp_path / "a.pdf"
    paper.write_bytes(pdf(Page().text(90, 700, "现将有关事项通知如下。"), catalogue="/Outlines {0}", objects=outline))
    assert convert_file(paper, tmp_path / "pdf").unseen == (NUMBER,)
