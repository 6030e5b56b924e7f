"""A parser has no network, no way back to one, and no secrets to send."""

import os
import socket

import pytest

from tests.support.sandbox_faults import Faults


def test_a_child_cannot_connect(faults: Faults) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        host, port = server.getsockname()
        said = faults.convert(f"connects {host}:{port}").converted.blocks[0].text
    assert said == "PermissionError PermissionError PermissionError"


def test_a_child_cannot_join_another_network(faults: Faults) -> None:
    assert faults.convert(f"joins_the_hosts_network {os.getpid()}").converted.blocks[0].text == "-1"


def test_a_child_does_not_know_the_workers_secrets(faults: Faults, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_S3_SECRET_KEY", "secret")
    known = faults.convert("environment").converted.blocks[0].text.split()
    assert "PATH" in known
    assert not [name for name in known if name.startswith("GONGKAI_")]
