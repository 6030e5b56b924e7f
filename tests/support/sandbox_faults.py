"""A sandbox with small limits around the faulty reader, and what may not be left when it is closed."""

import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from schemas.errors import DocumentError
from schemas.limits import Limits
from workers.sandbox.client import Sandbox
from workers.sandbox.outcome import Conversion

LIMITS = Limits(
    memory_bytes=400_000_000,
    cpu_seconds=2,
    wall_seconds=5,
    written_bytes=30_000_000,
    input_bytes=100_000,
    text_characters=1_000_000,
)


class Faults:
    """Documents that ask for a fault, and the sandbox that meets them.

    Attributes:
        sandbox: The sandbox.
        folder: Where it makes its folders.
    """

    def __init__(self, folder: Path, limits: Limits = LIMITS) -> None:
        self.folder = folder / "sandbox"
        self.folder.mkdir()
        self.document = folder / "document.txt"
        self._before = set(psutil.Process().children(recursive=True))  # other fixtures may have begun some
        self.sandbox = Sandbox(limits, reader="tests.support.readers.faulty_reader:convert", folder=self.folder)

    def convert(self, fault: str) -> Conversion:
        document = self.document.with_name(f"{abs(hash(fault))}.txt")
        document.write_text(fault)
        return self.sandbox.convert(document, hint="txt")

    def error(self, fault: str) -> DocumentError:
        """Return the error a fault ends in, having seen that the document after it is none the worse."""
        with pytest.raises(DocumentError) as caught:
            self.convert(fault)
        self.check_fine()
        assert self.documents_left() == []
        return caught.value

    def pids(self, count: int) -> list[int]:
        """Wait until a document has written so many process ids into its folder, and return them."""
        found: list[str] = []

        def read() -> bool:
            for file in self.folder.glob("*/*/pids"):
                found[:] = file.read_text().split()
            return len(found) == count

        wait_until(read)
        return [int(pid) for pid in found]

    def check_fine(self) -> None:
        assert self.convert("fine").converted.blocks[0].text == "fine"

    def children(self, *, recursive: bool = False) -> list[psutil.Process]:
        """Return the processes that have been begun since."""
        return [each for each in psutil.Process().children(recursive=recursive) if each not in self._before]

    def documents_left(self) -> list[Path]:
        return list(self.folder.glob("*/*"))


def wait_until(condition: Callable[[], bool], *, seconds: float = 20) -> None:
    """Return once a condition holds; fail where it does not come to hold."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            pytest.fail("it did not happen")
        time.sleep(0.01)


def gone(pid: int) -> bool:
    """Return whether a process is gone, or dead and waits for its parent only."""
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True
