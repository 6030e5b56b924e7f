"""How tests make containers and read them."""

import io
import tarfile
import zipfile
from pathlib import Path

from schemas.blocks import Converted
from schemas.limits import Limits
from workers.convert.registry import convert

SAMPLES = Path(__file__).parents[2] / "samples"


def read(folder: Path, data: bytes, *, hint: str = "", limits: Limits | None = None, **options: object) -> Converted:
    """Read bytes as the sandbox would; children lie in ``folder / 'work'``."""
    path, workdir = folder / "object", folder / "work"
    path.write_bytes(data)
    workdir.mkdir(exist_ok=True)
    return convert(path, hint=hint, workdir=workdir, limits=limits, **options)  # type: ignore[arg-type]


def contents(folder: Path, converted: Converted) -> dict[str, bytes]:
    """Return the children's bytes by their paths."""
    return {child.path: (folder / "work" / child.stored).read_bytes() for child in converted.children}


def zipped(files: dict[str, bytes], *, packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip archive with names in UTF-8."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", packing) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return target.getvalue()


def zipped_as(encoding: str, files: dict[str, bytes]) -> bytes:
    """Return a zip archive with names in an encoding it does not declare, as Windows packs it."""
    # Each name is stood in for by one of the same length in ASCII, and replaced in the finished bytes.
    plain = {f"{number:x}".rjust(len(name.encode(encoding)), "#"): name for number, name in enumerate(files)}
    packed = zipped({short: files[name] for short, name in plain.items()}, packing=zipfile.ZIP_STORED)
    for short, name in plain.items():
        packed = packed.replace(short.encode(), name.encode(encoding))
    return packed


def tarred(files: dict[str, bytes], *, mode: str = "w", links: dict[str, str] | None = None) -> bytes:
    """Return a tar archive, compressed as ``mode`` says, with symbolic links beside its files."""
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        for name, aim in (links or {}).items():
            info = tarfile.TarInfo(name)
            info.type, info.linkname = tarfile.SYMTYPE, aim
            archive.addfile(info)
    return target.getvalue()


def messages(converted: Converted) -> str:
    """Return all problems in one text."""
    return "\n".join(problem.message for problem in converted.problems)
