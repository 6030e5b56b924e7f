"""The shell completes commands, in each shell the documents name."""

import os
import subprocess
import sys

import pytest


def complete(**variables: str) -> str:
    command = [sys.executable, "-m", "ops.cli"]
    return subprocess.run(command, env={**os.environ, **variables}, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(
    ("shell", "variables"),
    [
        ("bash", {"COMP_WORDS": "gongkai aud", "COMP_CWORD": "1"}),
        ("zsh", {"_TYPER_COMPLETE_ARGS": "gongkai aud"}),
        ("fish", {"_TYPER_COMPLETE_ARGS": "gongkai aud", "_TYPER_COMPLETE_FISH_ACTION": "get-args"}),
    ],
)
def test_a_command_is_completed(shell: str, variables: dict[str, str]) -> None:
    told = complete(_GONGKAI_COMPLETE=f"complete_{shell}", **variables)
    assert "audit" in told
    assert "upload" not in told


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_each_shell_calls_gongkai(shell: str) -> None:
    assert "_GONGKAI_COMPLETE" in complete(_GONGKAI_COMPLETE=f"source_{shell}")
