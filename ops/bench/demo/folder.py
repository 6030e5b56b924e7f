"""Writes the generated documents into a folder, in every format that needs no other program to read."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from itertools import cycle
from pathlib import Path

from ops.bench.conversion.doc_file import doc
from ops.bench.conversion.package_files import docx, odt, ofd, pptx
from ops.bench.conversion.page_files import lay_out_lines, lines, pdf_without_fonts, rtf, txt
from ops.bench.conversion.text import Page
from ops.bench.demo.disclosures import SEED, Disclosure, make_disclosures
from schemas.errors import SettingsError

MEMBERS = 3  # documents in each archive
PAGE_LINES = 32


def write_demo(folder: Path, count: int, *, seed: int = SEED) -> list[Path]:
    """Write ``count`` files into a new or empty folder, one format after the other, and return their paths.

    Raises:
        SettingsError: The folder is not empty, or cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise SettingsError(f"{folder} is not empty; name a folder that is new")
        return list(_write(folder, count, seed))
    except OSError as error:
        raise SettingsError(f"{folder} cannot be written: {error.strerror}") from error


def _write(folder: Path, count: int, seed: int) -> Iterator[Path]:
    made = make_disclosures(count * MEMBERS, seed=seed)
    for n, suffix in zip(range(1, count + 1), cycle((*WRITERS, "zip")), strict=False):
        one = next(made)
        path = folder / f"{one.issuer}" / f"{n:03d}-{one.number}.{suffix}"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(_archive([one, next(made), next(made)]) if suffix == "zip" else WRITERS[suffix](one))
        yield path


def paginate(whole: Page) -> list[Page]:
    """Return the paragraphs of a document divided into printed pages."""
    pages: list[Page] = [()]
    for paragraph in whole:
        if sum(1 for _ in lay_out_lines((*pages[-1], paragraph))) > PAGE_LINES:
            pages.append(())
        pages[-1] = (*pages[-1], paragraph)
    return pages


def _html(one: Disclosure) -> bytes:
    facts = {"发文机关": one.issuer, "发文字号": one.number, "成文日期": one.day}
    rows = "".join(f"<tr><td>{name}</td><td>{value}</td></tr>" for name, value in facts.items())
    body = "".join(f"<p>{line}</p>" for line in lines([one.page])[1:])
    head = f'<head><meta charset="utf-8"><title>{one.title}</title></head>'
    return f"<!doctype html><html>{head}<body><table>{rows}</table><h1>{one.title}</h1>{body}</body></html>".encode()


def _markdown(one: Disclosure) -> bytes:
    title, *others = lines([one.page])
    return "\n\n".join((f"# {title}", *others)).encode()


def _mail(one: Disclosure) -> bytes:
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = one.title, "bangongshi@example.com", "gongkai@example.com"
    mail.set_content("\n".join(lines([one.page])))
    mail.add_attachment(docx([one.page]), maintype="application", subtype="octet-stream", filename="正文.docx")
    return mail.as_bytes()


def _table(one: Disclosure) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(
        [[f"{one.issuer}主动公开目录"], ["标题", "文号", "日期"], [one.title, one.number, one.day]]
    )
    return out.getvalue().encode("utf-8-sig")


def _archive(members: list[Disclosure]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in members:
            archive.writestr(f"{one.number}.docx", docx([one.page]))
    return out.getvalue()


WRITERS: dict[str, Callable[[Disclosure], bytes]] = {
    "docx": lambda one: docx([one.page]),
    "doc": lambda one: doc([one.page]),
    "wps": lambda one: doc([one.page]),
    "pdf": lambda one: pdf_without_fonts(paginate(one.page)),
    "ofd": lambda one: ofd(paginate(one.page)),
    "html": _html,
    "txt": lambda one: txt([one.page]),
    "rtf": lambda one: rtf([one.page]),
    "odt": lambda one: odt([one.page]),
    "pptx": lambda one: pptx([one.page]),
    "md": _markdown,
    "csv": _table,
    "eml": _mail,
}
