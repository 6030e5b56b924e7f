"""Artefacts come back as they were put, or not at all."""

import logging
from pathlib import Path

import pytest

from schemas.blocks import Block, Converted
from schemas.cleaned import Normalized, Paragraph
from schemas.codec import encode
from workers.pipeline.artefacts import Artefacts, StageOutput, content_id
from workers.storage.folder import FolderStore

SHA256 = "ab" * 32
CLEAN = Normalized(format="txt", paragraphs=(Paragraph("一、总则"),))
VALUE = Converted(format="txt", blocks=(Block(text="一、总则"), Block(text="正文" * 1000)))


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    store = FolderStore(tmp_path)
    store.bootstrap()
    return store


def test_what_was_put_comes_back(store: FolderStore) -> None:
    artefacts = Artefacts(store)
    artefacts.put(SHA256, [StageOutput("convert", 1, VALUE)])
    assert artefacts.get(SHA256, "convert", 1, Converted) == VALUE
    artefacts.put(SHA256, [StageOutput("convert", 1, VALUE, encode(VALUE))])
    assert artefacts.get(SHA256, "convert", 1, Converted) == VALUE
    (info,) = store.list()
    assert info.key == f"artefacts/ab/{SHA256}"
    assert info.size < 500


def test_stages_share_one_object_whether_they_write_together_or_not(store: FolderStore) -> None:
    artefacts = Artefacts(store)
    artefacts.put(SHA256, [StageOutput("convert", 1, VALUE)])
    artefacts.put(SHA256, [StageOutput("normalize", 4, CLEAN)])
    assert artefacts.get(SHA256, "convert", 1, Converted) == VALUE
    assert artefacts.get(SHA256, "normalize", 4, Normalized) == CLEAN
    artefacts.put(SHA256, [StageOutput("normalize", 5, CLEAN)])
    assert artefacts.get(SHA256, "normalize", 4, Normalized) is None
    assert artefacts.get(SHA256, "convert", 1, Converted) == VALUE
    artefacts.put(SHA256, [StageOutput("convert", 2, VALUE), StageOutput("normalize", 5, CLEAN)])
    assert artefacts.get(SHA256, "normalize", 5, Normalized) == CLEAN
    assert len(list(store.list())) == 1


def test_what_a_new_conversion_did_not_lead_to_is_forgotten(store: FolderStore) -> None:
    artefacts = Artefacts(store)
    artefacts.put(SHA256, [StageOutput("convert", 1, VALUE), StageOutput("normalize", 4, CLEAN)])
    artefacts.put(SHA256, [StageOutput("convert", 2, VALUE)])
    assert artefacts.get(SHA256, "normalize", 4, Normalized) is None


def test_what_was_dropped_is_gone(store: FolderStore) -> None:
    artefacts = Artefacts(store)
    artefacts.put(SHA256, [StageOutput("convert", 1, VALUE)])
    artefacts.drop(SHA256)
    artefacts.drop(SHA256)
    assert artefacts.get(SHA256, "convert", 1, Converted) is None


def test_some_stages_are_dropped_and_the_others_kept(store: FolderStore) -> None:
    artefacts = Artefacts(store)
    artefacts.put(SHA256, [StageOutput("convert", 1, VALUE), StageOutput("normalize", 4, CLEAN)])
    artefacts.drop(SHA256, ("normalize", "extract"))
    assert artefacts.get(SHA256, "normalize", 4, Normalized) is None
    assert artefacts.get(SHA256, "convert", 1, Converted) == VALUE
    artefacts.drop(SHA256, ("convert",))
    assert list(store.list()) == []


def test_another_content_stage_or_version_is_another_artefact(store: FolderStore) -> None:
    artefacts = Artefacts(store)
    artefacts.put(SHA256, [StageOutput("convert", 1, VALUE)])
    assert artefacts.get(SHA256, "convert", 2, Converted) is None
    assert artefacts.get(SHA256, "normalize", 1, Converted) is None
    assert artefacts.get(f"{SHA256}.doc", "convert", 1, Converted) is None


@pytest.mark.parametrize("damage", [b"", b"not compressed", "cut", "other shape"])
def test_a_damaged_artefact_is_none_and_said(
    store: FolderStore, caplog: pytest.LogCaptureFixture, damage: bytes | str
) -> None:
    artefacts = Artefacts(store)
    artefacts.put(SHA256, [StageOutput("convert", 1, VALUE)])
    (info,) = store.list()
    if damage == "cut":
        damage = (store.read(info.key) or b"")[:-20]
    if damage == "other shape":
        artefacts.put(SHA256, [StageOutput("convert", 1, Block(text="x"))])
    else:
        assert isinstance(damage, bytes)
        store.write(info.key, damage)
    with caplog.at_level(logging.WARNING):
        assert artefacts.get(SHA256, "convert", 1, Converted) is None
    assert info.key in caplog.text


@pytest.mark.parametrize("suffix", ["", "doc", "公文", "../../x", "a/b", "a.b", "长" * 50, "x" * 300, "\n"])
def test_any_suffix_makes_a_usable_content_id(store: FolderStore, suffix: str) -> None:
    artefacts = Artefacts(store)
    artefacts.put(content_id(SHA256, suffix), [StageOutput("convert", 1, VALUE)])
    assert artefacts.get(content_id(SHA256, suffix), "convert", 1, Converted) == VALUE


def test_different_suffixes_are_different_contents() -> None:
    assert len({content_id(SHA256, suffix) for suffix in ("", "doc", "wps", "公文", "文公")}) == 5


def test_anything_else_is_no_content_id(store: FolderStore) -> None:
    with pytest.raises(ValueError, match="content id"):
        Artefacts(store).get("../x", "convert", 1, Converted)
