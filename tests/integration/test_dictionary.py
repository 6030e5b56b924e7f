"""A dictionary of the collection's own: built, used, and applied to just the documents it changes; on both stacks."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ops.cli.app import make_app
from ops.maintenance.bootstrap import bootstrap
from ops.processes.embedded import run_embedded
from ops.system import System, open_system
from schemas.outcomes import State
from schemas.records import document_id
from tests.support import story
from tests.support.app_processes import Services
from workers.settings import load

TOUCHED, OTHER = "甲.txt", "乙.txt"
TEXTS = {
    TOUCHED: "银杏档案管理条例\n\n一、总则\n本条例适用于银杏档案。\n\n二、附则\n本条例自公布之日起施行。\n",
    OTHER: "关于放假的通知\n\n一、时间\n十月一日至七日放假。\n\n二、要求\n做好值班工作。\n",
}
WORD = "银杏档案管理条例"


def write(system: System) -> None:
    for key, text in TEXTS.items():
        system.context.inbox.write(key, text.encode())


def indexed(system: System) -> None:
    for key in TEXTS:
        story.until(story.in_state(system, key, State.INDEXED), f"{key} to be indexed")
    story.until(system.idle, "nothing to be in flight")


def versions(system: System, key: str) -> set[str | None]:
    return {row.lexicon for row in system.context.index.sections(document_id(key))}


def kept(system: System, key: str) -> set[tuple[str, float]]:
    """Return the artefacts of a document, and when each was written."""
    record = story.recorded(system, key)
    assert record is not None
    assert record.content
    found = {(one.key, one.modified_at) for one in system.context.derived.list() if record.content in one.key}
    assert found
    return found


def command(*arguments: str) -> str:
    done = CliRunner().invoke(make_app(), arguments)
    assert done.exit_code == 0, done.output
    return done.stdout


def build(file: Path) -> None:
    """Build the dictionary, and see which document it changes."""
    command("lexicon", "build", "--out", str(file))
    assert WORD in file.read_text("utf-8").splitlines()
    found = json.loads(command("lexicon", "changes", str(file), "--json"))
    assert found == {"keys": [TOUCHED], "enqueued": False}


def test_a_new_dictionary_reaches_what_it_changes_in_one_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    variables, file = {"GONGKAI_DATA_DIR": str(tmp_path / "data")}, tmp_path / "words.txt"
    monkeypatch.setenv("GONGKAI_DATA_DIR", variables["GONGKAI_DATA_DIR"])
    with run_embedded(load(variables)) as system:
        write(system)
        indexed(system)
        (before,) = versions(system, TOUCHED)
    build(file)
    assert command("lexicon", "changes", str(file), "--enqueue") == f"{TOUCHED}\n"
    with run_embedded(load({**variables, "GONGKAI_LEXICON": str(file)})) as system:
        indexed(system)
        (after,) = versions(system, TOUCHED)
        assert after != before
        assert versions(system, OTHER) == {before}
        assert story.found(system, WORD)[0][0] == TOUCHED
    monkeypatch.setenv("GONGKAI_LEXICON", str(file))
    assert json.loads(command("lexicon", "changes", str(file), "--json"))["keys"] == []


@pytest.mark.redis
@pytest.mark.s3
@pytest.mark.elasticsearch
def test_a_new_dictionary_reaches_what_it_changes_on_the_real_servers(
    services: Services,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in services.variables.items():
        monkeypatch.setenv(name, value)
    system, file = services.system, tmp_path / "words.txt"
    with services.worker():
        write(system)
        system.dispatch.send(TEXTS)
        indexed(system)
    (before,) = versions(system, TOUCHED)
    converted = kept(system, TOUCHED)
    build(file)
    assert command("lexicon", "changes", str(file), "--enqueue") == f"{TOUCHED}\n"
    with services.through(GONGKAI_LEXICON=str(file)).worker():
        story.until(lambda: versions(system, TOUCHED).isdisjoint({before}), "the document to be indexed anew")
        story.until(system.idle, "nothing to be in flight")
    assert versions(system, OTHER) == {before}
    assert kept(system, TOUCHED) == converted
    with open_system(load({**services.variables, "GONGKAI_LEXICON": str(file)})) as renewed:
        assert bootstrap(renewed) == []
        assert story.found(renewed, WORD)[0][0] == TOUCHED
