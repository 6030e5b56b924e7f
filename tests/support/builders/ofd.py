"""Small OFD packages for tests."""

import zipfile
from pathlib import Path

HEAD = '<ofd:{0} xmlns:ofd="http://www.ofdspec.org/2016">'


def text(content: str, x: float, y: float, *, size: float = 5.0, **attributes: str) -> str:
    """Return a text object whose baseline begins ``size`` below ``y``, all in millimetres from the upper left."""
    code = attributes.pop("code", f'X="0" Y="{size}" DeltaX="g {len(content) - 1} {size}"')
    extra = "".join(f' {name}="{value}"' for name, value in attributes.items())
    box = f"{x} {y} {size * len(content)} {size + 1}"
    named = "" if "Boundary" in attributes else f' Boundary="{box}"'
    inside = f"<ofd:TextCode {code}>{content}</ofd:TextCode>"
    return f'<ofd:TextObject ID="1"{named} Size="{size}"{extra}>{inside}</ofd:TextObject>'


def ruled(path: str) -> str:
    """Return a path object over the whole page."""
    return f'<ofd:PathObject Boundary="0 0 210 297"><ofd:AbbreviatedData>{path}</ofd:AbbreviatedData></ofd:PathObject>'


def make_ofd(
    path: Path,
    *pages: str,
    more: dict[str, str] | None = None,
    leave_out: tuple[str, ...] = (),
    resources: str = "None.xml",
    document: str = "",
    page_entries: str = "",
) -> Path:
    """Write a package whose pages hold the given objects, with further entries of the document and of every page."""
    numbered = "".join(f'<ofd:Page ID="{i}" BaseLoc="Pages/P{i}.xml"/>' for i in range(len(pages)))
    parts = {
        "OFD.xml": HEAD.format("OFD")
        + "<ofd:DocBody><ofd:DocInfo><ofd:Title>关于样本的通知</ofd:Title></ofd:DocInfo>"
        + "<ofd:DocRoot>/Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": HEAD.format("Document")
        + "<ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
        + f"<ofd:DocumentRes>{resources}</ofd:DocumentRes>"
        + f"</ofd:CommonData><ofd:Pages>{numbered}</ofd:Pages>{document}</ofd:Document>",
    }
    for index, page in enumerate(pages):
        content = f"<ofd:Content><ofd:Layer>{page}</ofd:Layer></ofd:Content>"
        parts[f"Doc_0/Pages/P{index}.xml"] = HEAD.format("Page") + page_entries + content + "</ofd:Page>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**parts, **(more or {})}.items():
            if name not in leave_out:
                archive.writestr(name, data)
    return path
