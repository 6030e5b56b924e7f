"""The five documents this product was founded on, from upload to hit, against their hand-made gold."""

import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ops.maintenance.upload import outcomes, upload
from ops.processes.embedded import run_embedded
from ops.system import System
from schemas.outcomes import State
from schemas.records import DocumentRecord
from tests.support import story
from workers.settings import load

SEEDS = Path(__file__).parent.parent / "samples" / "seeds"
GOLD: dict[str, Any] = json.loads((SEEDS / "gold.json").read_text("utf-8"))
NAMES = sorted(name for name in GOLD if not name.startswith("_"))


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    with run_embedded(load({"GONGKAI_DATA_DIR": str(tmp_path_factory.mktemp("seeds"))})) as running:
        sent = list(upload(running, [(name, SEEDS / name) for name in NAMES]))
        assert len(list(outcomes(running.context.index, sent, seconds=story.PATIENCE_SECONDS))) == len(NAMES)
        running.context.index.refresh()
        yield running


def record_of(system: System, name: str) -> DocumentRecord:
    record = story.recorded(system, name)
    assert record is not None
    return record


def plain(text: str | None) -> str | None:
    return text and re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).rstrip("。.:;,、")


@pytest.mark.parametrize("name", NAMES)
def test_every_seed_ends_searchable_with_the_record_of_its_gold(system: System, name: str) -> None:
    gold, record = GOLD[name], record_of(system, name)
    assert record.state is (State.PARTIAL if name.startswith("002") else State.INDEXED)
    assert len(record.articles) == gold["articles"]
    first = record.articles[0]
    found = {"title": first.title, "issuer": first.issuer, "signed": first.signed_on, "published": first.published_on}
    wanted = {field: gold.get(field) for field in found if gold.get(field) is not None}
    assert {field: found[field] for field in wanted} == wanted


@pytest.mark.parametrize("name", [name for name in NAMES if "outline" in GOLD[name]])
def test_every_heading_of_its_gold_stands_in_the_index_in_order(system: System, name: str) -> None:
    rows = [row for row in system.context.index.sections(record_of(system, name).id) if row.level]
    found = [[row.level, re.sub(r"[、.．()（）]", "", row.number or ""), plain(row.heading)] for row in rows]
    wanted = [[level, number, plain(heading)] for level, number, heading in GOLD[name]["outline"]]
    assert found[: len(wanted)] == wanted


@pytest.mark.parametrize("name", NAMES)
def test_nothing_that_must_be_gone_is_searchable(system: System, name: str) -> None:
    rows = system.context.index.sections(record_of(system, name).id)
    shown = "\n".join(f"{row.title}{row.title_original}{row.heading}{row.text}{row.text_original}" for row in rows)
    assert [junk for junk in GOLD[name]["must_not_contain"] if junk in shown] == []


@pytest.mark.parametrize("name", [name for name in NAMES if "outline" in GOLD[name]])
def test_a_heading_typed_back_finds_its_section(system: System, name: str) -> None:
    headings = [heading for _, _, heading in GOLD[name]["outline"] if heading and len(heading) >= 8]
    missed = []
    for heading in headings:
        keys = [key for key, _ in story.found(system, f"“{heading}”")]
        missed += [] if name in keys else [heading]
    assert headings
    assert missed == []
