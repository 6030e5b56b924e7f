"""What commands leave in the audit log."""

import json
from pathlib import Path
from typing import Any

from tests.support.command_line import gongkai


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_no_key_is_made_that_cannot_be_written_down(tmp_path: Path) -> None:
    (tmp_path / "data/audit-log.jsonl").mkdir(parents=True)
    made = gongkai("key", "create", "a", "--scope", "read", folder=tmp_path)
    assert (made.returncode, made.stdout) == (1, "")
    assert gongkai("key", "list", folder=tmp_path).stdout == ""


def test_keys_made_and_revoked_are_written_down(tmp_path: Path) -> None:
    made = gongkai("key", "create", "县档案馆", "--scope", "write", folder=tmp_path)
    identifier = made.stdout.split("_")[1]
    assert gongkai("key", "revoke", identifier, folder=tmp_path).returncode == 0
    found = list(tmp_path.rglob("audit-log.jsonl"))
    assert len(found) == 1
    assert [(e["action"], e["target"]) for e in lines(found[0])] == [
        ("create key", identifier),
        ("revoke key", identifier),
    ]
