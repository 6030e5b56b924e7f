"""Servers for one test session: those the environment names, else started here and stopped at its end."""

import os
import shutil
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from ops.testservers import CannotRunError, Places, Server, start_all, status, stop
from ops.testservers.process import Process
from tests.support.servers.environment import CACHE_HOME, ELASTICSEARCH, GIVEN, MINIO, S3


def given(name: str) -> Server | None:
    values = GIVEN[name]
    if not values["url"]:
        return None
    keys = {field: values.get(field, "") for field in ("access_key", "secret_key")}
    return Server(name, values.get("kind") or name, "", values["url"], run_dir="", processes=(), **keys)


def start_session(names: Iterable[str]) -> dict[str, Server | CannotRunError]:
    found = {name: server for name in names if (server := given(name))}
    missing = [name for name in names if name not in found]
    if missing:
        remove_dead_sessions()
    return {**found, **start_all(missing, session_places())}


def stop_session() -> None:
    places = session_places()
    for server in status(places):
        stop(server)
    shutil.rmtree(places.run, ignore_errors=True)


def session_places() -> Places:
    me = Process.of(os.getpid())
    places = default_places()
    return replace(places, run=places.run / f"session-{me.pid}-{me.started}")


def default_places() -> Places:
    return Places.default(CACHE_HOME, minio=MINIO, s3=S3, elasticsearch=ELASTICSEARCH)


def remove_dead_sessions() -> None:
    """Stop what test sessions left running that were killed."""
    places = default_places()
    for folder in places.run.glob("session-*-*"):
        pid, started = folder.name.split("-")[1:]
        if not Process(int(pid), int(started)).alive():
            _remove(replace(places, run=folder))


def _remove(places: Places) -> None:
    for server in status(places):
        stop(server)
    shutil.rmtree(Path(places.run), ignore_errors=True)
