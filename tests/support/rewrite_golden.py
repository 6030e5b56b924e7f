"""Writes the golden files anew: ``python -m tests.support.rewrite_golden``; read them before they are committed."""

from tests.support.builders.papers import SAMPLES, golden, seeds
from workers.normalize import normalize

if __name__ == "__main__":
    folder = SAMPLES / "normalized"
    folder.mkdir(exist_ok=True)
    for name, converted in seeds().items():
        (folder / f"{name}.txt").write_text(golden(normalize(converted)), "utf-8")
