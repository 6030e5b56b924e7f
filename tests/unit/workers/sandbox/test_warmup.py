"""The fork server's own samples are read without a problem, in the format they stand for."""

import subprocess
import sys
from pathlib import Path

import pytest

import ops
from workers.convert.registry import READERS, convert
from workers.convert.warmup import FOLDER, SAMPLES, warm


@pytest.mark.parametrize(("format_", "name"), [(key, name) for key, names in SAMPLES.items() for name in names])
def test_a_sample_is_read_whole(format_: str, name: str, tmp_path: Path) -> None:
    converted = convert(FOLDER / name, hint=format_, workdir=tmp_path)
    assert converted.format == format_
    assert converted.problems == ()
    assert any("指导思想" in block.text for block in converted.blocks)


def test_every_sample_has_a_reader_and_every_file_a_use() -> None:
    assert set(SAMPLES) <= set(READERS)
    assert {path.name for path in FOLDER.iterdir()} == {name for names in SAMPLES.values() for name in names}


PROGRAM = """
import sys, tempfile
from pathlib import Path
from workers.convert.registry import convert
from workers.convert.warmup import SAMPLES, warm

with tempfile.TemporaryDirectory() as folder:
    for format_ in SAMPLES:
        warm(format_, folder)
    known = set(sys.modules)
    for path in map(Path, sys.argv[1:]):
        convert(path, hint=path.suffix[1:], workdir=Path(folder))
print(sorted(set(sys.modules) - known))
"""


def test_a_document_after_the_samples_needs_nothing_imported() -> None:
    shipped = Path(ops.__file__).parent / "samples"
    whole = [path for path in shipped.iterdir() if path.name.startswith(("政务公开工作", "湛江", "牡丹江", "三垟"))]
    done = subprocess.run([sys.executable, "-c", PROGRAM, *map(str, whole)], capture_output=True, text=True, check=True)
    assert len(whole) > 5
    assert done.stdout.strip() == "[]"


def test_warming_leaves_nothing_and_passes_over_what_it_does_not_know(tmp_path: Path) -> None:
    warm("txt", str(tmp_path))
    warm("no such format", str(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_a_reader_with_a_defect_stops_no_other_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(READERS, "txt", "tests.unit.workers.sandbox.test_warmup")
    monkeypatch.setitem(SAMPLES, "txt", ("no such sample",))
    warm("txt", str(tmp_path))
    monkeypatch.setitem(READERS, "txt", "no.such.module")
    warm("txt", str(tmp_path))
    assert list(tmp_path.iterdir()) == []
