"""A package of an OCR engine whose library of the system is missing."""

from pathlib import Path

FAULT = "libonnxruntime.so: cannot open shared object file"


def unloadable_paddle(folder: Path) -> str:
    """Make a folder with a package faster_paddle whose import fails, and return it."""
    package = folder / "unloadable" / "faster_paddle"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(f'raise ImportError("{FAULT}")\n', "utf-8")
    distribution = package.with_name("faster_paddle-1.0.4.dist-info")
    distribution.mkdir()
    (distribution / "METADATA").write_text("Metadata-Version: 2.1\nName: faster-paddle\nVersion: 1.0.4\n", "utf-8")
    return str(package.parent)
