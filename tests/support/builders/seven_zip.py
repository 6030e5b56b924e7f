"""Archives of 7-Zip."""

import io

import py7zr


def seven_zipped(files: dict[str, bytes], *, password: str | None = None, header: bool = False) -> bytes:
    """Return an archive of files, encrypted with a password, its directory too if ``header``."""
    target = io.BytesIO()
    with py7zr.SevenZipFile(target, "w", password=password, header_encryption=header) as archive:
        for name, data in files.items():
            archive.writestr(data, name)
    return target.getvalue()
