"""``gongkai demo``: what is written can be read, in every format, and says what it was made to say."""

import zipfile
from pathlib import Path

import pytest

from ops.bench.demo.disclosures import make_disclosures
from ops.bench.demo.folder import MEMBERS, WRITERS, write_demo
from schemas.errors import SettingsError
from workers.convert.registry import convert
from workers.extract import extract
from workers.normalize import normalize

COUNT = len(WRITERS) + 1
DISCLOSURES = {one.number: one for one in make_disclosures(COUNT * MEMBERS)}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One file of each format, by suffix."""
    return {path.suffix[1:]: path for path in write_demo(tmp_path_factory.mktemp("demo"), COUNT)}


@pytest.mark.parametrize("suffix", sorted(WRITERS.keys() - {"csv"}))
def test_every_format_is_read_back_as_it_was_made(suffix: str, files: dict[str, Path], tmp_path: Path) -> None:
    path = files[suffix]
    made = DISCLOSURES[path.stem.split("-", 1)[1]]
    article = extract(normalize(convert(path, hint=suffix, workdir=tmp_path))).articles[0]
    assert (article.title, article.issuer, article.document_number) == (made.title, made.issuer, made.number)
    assert [section.heading for section in article.sections if section.level == 1] == [
        paragraph.text for paragraph in made.page if paragraph.level == 0
    ]
    assert article.signed_on == "-".join(f"{int(part):02d}" for part in made.day[:-1].replace("月", "年").split("年"))


def test_archives_hold_documents(files: dict[str, Path]) -> None:
    with zipfile.ZipFile(files["zip"]) as archive:
        assert len(archive.namelist()) == MEMBERS


def test_the_same_seed_makes_the_same_documents(tmp_path: Path) -> None:
    assert [*make_disclosures(5, seed=3)] == [*make_disclosures(5, seed=3)]
    assert [*make_disclosures(5, seed=3)] != [*make_disclosures(5, seed=4)]


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "报告.txt").write_text("公开", "utf-8")
    with pytest.raises(SettingsError, match="is not empty"):
        write_demo(tmp_path, 1)
    assert [path.name for path in tmp_path.iterdir()] == ["报告.txt"]
