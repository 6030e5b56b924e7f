"""``gongkai key``: made once, shown once, listed and revoked."""

import json
from pathlib import Path

from tests.support.command_line import gongkai


def test_a_key_is_made_listed_and_revoked(tmp_path: Path) -> None:
    made = gongkai("key", "create", "县档案馆", "--scope", "write", "--scope", "read", folder=tmp_path)
    secret = made.stdout.strip()
    identifier = secret.split("_")[1]
    assert (made.returncode, secret[:8]) == (0, "gongkai_")
    listed = json.loads(gongkai("key", "list", "--json", folder=tmp_path).stdout)
    assert [(key["id"], key["name"], key["scopes"]) for key in listed] == [(identifier, "县档案馆", ["read", "write"])]
    assert "县档案馆" in gongkai("key", "list", folder=tmp_path).stdout
    assert gongkai("key", "revoke", identifier, folder=tmp_path).returncode == 0
    assert gongkai("key", "list", folder=tmp_path).stdout == ""
    again = gongkai("key", "revoke", identifier, folder=tmp_path)
    assert again.returncode == 1
    assert "no such key" in again.stderr


def test_a_key_needs_a_scope_that_there_is(tmp_path: Path) -> None:
    assert gongkai("key", "create", "a", folder=tmp_path).returncode == 2
    assert gongkai("key", "create", "a", "--scope", "all", folder=tmp_path).returncode == 2
