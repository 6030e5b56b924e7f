"""The command line: exit codes, messages, and a start that imports no more than it needs."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ops.cli.app import COMMANDS, GROUPS, function_of, make_app
from ops.cli.output import report_errors
from ops.maintenance.diagnosis.doctor import hide, list_settings
from schemas.errors import DependencyError, SettingsError


@pytest.mark.parametrize(
    "words", [["bogus"], ["extract"], ["extract", "x", "--jobs", "-1"], ["search"], ["run", "--no"]]
)
def test_wrong_use_is_exit_code_2(words: list[str]) -> None:
    assert CliRunner().invoke(make_app(), words).exit_code == 2


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (SettingsError("GONGKAI_X takes y"), 2, "GONGKAI_X takes y"),
        (DependencyError("broker redis://b", "refused"), 1, "broker redis://b: refused"),
        (TimeoutError("3 have no outcome"), 1, "3 have no outcome"),
        (KeyboardInterrupt(), 130, "interrupted"),
    ],
)
def test_expected_errors_are_one_line_and_an_exit_code(
    error: BaseException, code: int, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def command() -> int:
        raise error

    with pytest.raises(Exception) as caught:
        report_errors(command)()
    assert getattr(caught.value, "exit_code", None) == code
    assert words in capsys.readouterr().err


def test_every_command_says_what_it_does() -> None:
    for name in COMMANDS:
        shown = CliRunner().invoke(make_app(name), [name, "--help"])
        assert shown.exit_code == 0
        said = function_of(name).__doc__
        assert said
        assert said.split(".")[0].split(":")[0][:30] in shown.output


def test_passwords_in_addresses_are_hidden() -> None:
    assert hide("redis://:geheim@host:6379/0") == "redis://:***@host:6379/0"
    assert hide("https://me:geheim@host") == "https://me:***@host"
    assert hide("redis://host:6379/0") == "redis://host:6379/0"
    assert list_settings({"GONGKAI_INDEX_URL": "http://me:geheim@host"})[4].value != "http://me:geheim@host"


def test_every_command_a_message_or_a_page_of_docs_names_exists() -> None:
    root = Path(__file__).parents[4]
    sources = [path for layer in ("schemas", "search", "workers", "ops") for path in (root / layer).rglob("*.py")]
    texts = [*sources, root / "README.md", *(root / "docs").glob("*.md")]
    known = {*COMMANDS, *GROUPS}
    named = {word for path in texts for word in re.findall(r"`gongkai ([a-z]+)", path.read_text("utf-8"))}
    assert named
    assert named <= known
