"""Measures other readers on the files of ``convert``: pdfminer.six, python-docx, msdoc2docx, LibreOffice.

Libraries run in this process, warm, the best of several runs, like ours; LibreOffice is started once for each file.
Their result is flat text (LibreOffice, pdfminer.six), or text without automatic numbers (python-docx). The line of a
reader that is not installed says so.
"""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from ops.bench.conversion.measure import Files, cpu_of


@dataclass(frozen=True, slots=True)
class Peer:
    """The cost of another reader for one file.

    Attributes:
        peer: Its name.
        kind: Kind of file.
        pages: Number of pages.
        milliseconds: CPU time; None if it could not run.
        peak_megabytes: Peak memory of its process, if it has its own.
        note: Why it could not run.
    """

    peer: str
    kind: str
    pages: int
    milliseconds: float | None
    peak_megabytes: float | None = None
    note: str = ""


def measure_peers(files: Files) -> Iterator[Peer]:
    """Yield the cost of each peer for the files it reads."""
    for (kind, count), paths in files.items():
        suffix = paths[0].suffix[1:]
        for name, (module, suffixes, read) in _LIBRARIES.items():
            if suffix not in suffixes:
                continue
            if find_spec(module) is None:
                yield Peer(name, kind, count, None, note="not installed")
            else:
                yield Peer(name, kind, count, round(1000 * cpu_of(read, paths), 2))
        if suffix in _OFFICE:
            yield _office(kind, count, paths[0])


def _office(kind: str, count: int, path: Path) -> Peer:
    program = shutil.which("soffice")
    if program is None:
        return Peer("LibreOffice", kind, count, None, note="not installed")
    with TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation=file://{folder}/profile"
        target = _OFFICE[path.suffix[1:]]
        command = [program, profile, "--headless", "--convert-to", target, "--outdir", folder, str(path)]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        written = [found for found in Path(folder).iterdir() if found.is_file()]
    if not written:
        return Peer("LibreOffice", kind, count, None, note="wrote nothing: the part of it that reads this is missing")
    return Peer(
        "LibreOffice", kind, count, round(1000 * (used.ru_utime + used.ru_stime), 2), round(used.ru_maxrss / 1e3, 1)
    )


def _pdfminer(path: Path) -> object:
    from pdfminer.high_level import extract_text  # noqa: PLC0415 - only where peers are measured
    from pdfminer.layout import LAParams  # noqa: PLC0415

    return extract_text(path, laparams=LAParams(line_margin=1.0))


def _python_docx(path: Path) -> object:
    import docx  # noqa: PLC0415 - only where peers are measured

    return [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]


def _msdoc2docx(path: Path) -> object:
    import doc2docx  # type: ignore[import-untyped,unused-ignore] # noqa: PLC0415 - a development dependency

    with TemporaryDirectory() as folder:
        return doc2docx.convert(path, Path(folder) / "out.docx")


_LIBRARIES: dict[str, tuple[str, tuple[str, ...], Callable[[Path], object]]] = {
    "pdfminer.six": ("pdfminer", ("pdf",), _pdfminer),
    "python-docx": ("docx", ("docx",), _python_docx),
    "msdoc2docx": ("doc2docx", ("doc",), _msdoc2docx),
}
_TEXT = "txt:Text (encoded):UTF8"
_OFFICE = {**dict.fromkeys(("doc", "docx", "rtf", "odt", "html", "txt"), _TEXT), "xlsx": "csv", "pptx": "pdf"}
