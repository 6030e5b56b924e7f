"""Which names lie about beside documents: Windows, macOS, Word and WPS, LibreOffice, browsers."""

import pytest

from schemas.litter import is_litter

LITTER = [
    "Thumbs.db", "desktop.ini", ".DS_Store", "._报告.docx", "__MACOSX/a.txt", "~$报告.docx", ".~报告.docx",
    "~WRL0001.tmp", ".~lock.报告.docx#", "报告.pdf.part", "报告.pdf.crdownload", "链接.url", "快捷方式.lnk",
    "$RECYCLE.BIN/a.txt", "ehthumbs.db",
]  # fmt: skip


@pytest.mark.parametrize("name", LITTER)
@pytest.mark.parametrize("folder", ["", "市局/2024/"])
def test_what_systems_and_open_programs_leave_is_litter(name: str, folder: str) -> None:
    assert is_litter(folder + name)
    assert is_litter((folder + name).upper()) or "$" in name or "~" in name


@pytest.mark.parametrize(
    "name",
    [
        "报告.docx",
        "报告.part1.rar",
        "Thumbs.db.txt",
        "thumbs/a.txt",
        "~报告.docx",
        "a.url.html",
        ".well-known/a.txt",
        "lnk",
    ],
)
def test_a_document_is_none(name: str) -> None:
    assert not is_litter(name)
