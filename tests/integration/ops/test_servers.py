"""Servers for tests: started where they can run, refused with a reason where not, and stopped without a trace."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from typer.testing import CliRunner

from ops import testservers
from ops.testservers import ceph, go_build, minio, programs, registry, s3, seaweedfs
from ops.testservers.__main__ import app
from ops.testservers.ik import bundle
from ops.testservers.process import Process, free_port, listens, spawn, wait_until
from ops.testservers.server import CannotRunError, Places, Server, load

CLI = CliRunner()


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(cache=tmp_path / "cache", run=tmp_path / "run")


@pytest.fixture
def sleeper(tmp_path: Path) -> Process:
    return spawn("sleep", "600", log=tmp_path / "log")


def started(name: str) -> "registry.Callable[[Places, Path], Server]":
    def start(_: Places, run_dir: Path) -> Server:
        process = spawn("sleep", "600", log=run_dir / "log")
        return Server(name, "sleep", "1", "http://127.0.0.1:1", str(run_dir), (process,), secret_key="secret")

    return start


def test_a_process_is_stopped_and_known_to_be_gone(sleeper: Process) -> None:
    assert sleeper.alive()
    sleeper.stop()
    assert not sleeper.alive()


def test_a_process_that_ignores_the_request_is_killed(tmp_path: Path) -> None:
    deaf = spawn("sh", "-c", "trap '' TERM; echo ready; while :; do sleep 0.1; done", log=tmp_path / "log")
    assert wait_until(lambda: bool((tmp_path / "log").read_text()), seconds=10)
    deaf.stop(patience=0.3)
    assert not deaf.alive()


def test_a_number_used_again_is_not_our_process(sleeper: Process) -> None:
    stranger = replace(sleeper, started=sleeper.started - 1)
    assert not stranger.alive()
    stranger.stop()
    assert sleeper.alive()
    sleeper.stop()


def test_a_server_is_not_a_child_of_whoever_started_it(sleeper: Process) -> None:
    assert sleeper.pid not in {child.pid for child in psutil.Process().children(recursive=True)}
    sleeper.stop()


def test_waiting_ends_when_the_process_does(tmp_path: Path) -> None:
    short = spawn("true", log=tmp_path / "log")
    assert not wait_until(lambda: False, seconds=3600, alive=[short])


def test_a_free_port_takes_no_connections() -> None:
    assert not listens(free_port())


def test_a_started_server_is_found_again_and_stopped_without_a_trace(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(registry.STARTERS, "redis", started("redis"))
    server = testservers.start("redis", places)
    assert testservers.status(places) == [server]
    assert (Path(server.run_dir) / "server.json").stat().st_mode & 0o077 == 0
    testservers.stop(server)
    assert testservers.status(places) == []
    assert list(places.run.iterdir()) == []
    assert not server.processes[0].alive()


def test_a_server_that_died_is_not_found(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(registry.STARTERS, "redis", started("redis"))
    server = testservers.start("redis", places)
    server.processes[0].stop()
    assert testservers.status(places) == []
    assert load(Path(server.run_dir)) == server


def test_a_server_that_cannot_run_leaves_nothing_and_the_others_start(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Places, __: Path) -> Server:
        raise CannotRunError("no")

    monkeypatch.setitem(registry.STARTERS, "redis", started("redis"))
    monkeypatch.setitem(registry.STARTERS, "s3", refuse)
    outcome = testservers.start_all(["redis", "s3"], places)
    assert str(outcome["s3"]) == "no"
    assert [server.name for server in testservers.status(places)] == ["redis"]
    assert len(list(places.run.iterdir())) == 1
    testservers.stop(testservers.status(places)[0])


def test_secrets_are_not_shown_by_accident(places: Places) -> None:
    server = Server("s3", "minio", "1", "http://127.0.0.1:1", str(places.run), (), "key", "p4ssw0rd")
    assert "p4ssw0rd" not in repr(server)
    assert server.connection()["secret_key"] == "p4ssw0rd"


def test_the_cache_is_where_the_user_wants_it() -> None:
    assert Places.default("/elsewhere").cache == Path("/elsewhere/gongkai")
    assert Places.default().cache == Path.home() / ".cache" / "gongkai"


def test_a_missing_package_that_cannot_be_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(CannotRunError, match=r"run `sudo apt-get install --no-install-recommends no-such-package`"):
        programs.require({"no-such-program": "no-such-package"})


def test_a_refused_build_of_minio_is_tried_once_a_day(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    tries = places.cache / "tries"
    places.cache.mkdir()
    compiler = places.cache / "go"
    compiler.write_text(f"#!/bin/sh\necho >> {tries}\necho 'first line\n403 Forbidden' >&2\nexit 1\n")
    compiler.chmod(0o755)
    monkeypatch.setattr(minio, "find", lambda _: compiler)
    for _ in range(2):
        with pytest.raises(CannotRunError, match="403 Forbidden"):
            minio.fetch(places)
    assert tries.read_text() == "\n"
    os.utime(places.cache / "minio-refused.json", (0, 0))
    with pytest.raises(CannotRunError):
        minio.fetch(places)
    assert tries.read_text() == "\n\n"


def test_a_minio_that_was_built_or_named_comes_first(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    binary = places.cache / "bin" / "minio"
    binary.parent.mkdir(parents=True)
    binary.write_text("#!/bin/sh\n")
    binary.chmod(0o755)
    assert minio.fetch(places) == binary
    assert s3.fetch(places) == f"minio {minio.VERSION}"
    named = replace(places, minio=binary.rename(places.cache / "other"))
    assert minio.fetch(named) == places.cache / "other"
    with pytest.raises(CannotRunError, match="is no program"):
        minio.fetch(replace(places, minio=places.cache / "nothing"))


def test_without_minio_and_ceph_both_reasons_are_given(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(reason: str) -> "registry.Callable[[Places], str]":
        def fetch(_: Places) -> str:
            raise CannotRunError(reason)

        return fetch

    monkeypatch.setattr(minio, "fetch", refuse("no minio"))
    monkeypatch.setattr(ceph, "fetch", refuse("no ceph"))
    with pytest.raises(CannotRunError, match="no minio; and no ceph"):
        s3.fetch(places)


def test_the_s3_server_that_is_asked_for_is_taken_and_no_other(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ceph, "fetch", lambda _: "16.2.15")
    monkeypatch.setattr(seaweedfs, "fetch", lambda _: Path("weed"))
    assert s3.fetch(replace(places, s3="ceph")) == "ceph 16.2.15"
    assert s3.fetch(replace(places, s3="seaweedfs")) == f"seaweedfs {seaweedfs.VERSION}"
    with pytest.raises(CannotRunError, match="no S3 server garage; there are minio, ceph, seaweedfs"):
        s3.fetch(replace(places, s3="garage"))


def test_a_refused_build_of_a_module_is_tried_once_a_day(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    tries = places.cache / "tries"
    places.cache.mkdir()
    compiler = places.cache / "go"
    compiler.write_text(f"#!/bin/sh\necho >> {tries}\necho 'first line\n403 Forbidden' >&2\nexit 1\n")
    compiler.chmod(0o755)
    monkeypatch.setattr(go_build, "find", lambda _: compiler)
    for _ in range(2):
        with pytest.raises(CannotRunError, match=r"seaweedfs@.* cannot be built: 403 Forbidden"):
            seaweedfs.fetch(places)
    assert tries.read_text() == "\n"


def test_the_command_line_refuses_a_server_it_does_not_know() -> None:
    result = CLI.invoke(app, ["start", "mysql"])
    assert result.exit_code == 2
    assert "mysql" in result.output


@pytest.mark.redis
def test_the_command_line_starts_a_server_once_and_stops_it(tmp_path: Path, redis_url: str) -> None:
    del redis_url  # asked for because it says whether Redis can run here
    run = ["--run", str(tmp_path / "run")]
    first = json.loads(CLI.invoke(app, ["start", "redis", "--json", *run]).output)
    again = json.loads(CLI.invoke(app, ["start", "redis", "--json", *run]).output)
    assert first == again
    port = int(first["redis"]["url"].rpartition(":")[2].removesuffix("/0"))
    assert listens(port)
    assert f"export GONGKAI_TEST_REDIS_URL={first['redis']['url']}" in CLI.invoke(app, ["status", *run]).output
    assert "stopped redis" in CLI.invoke(app, ["stop", *run]).output
    assert not listens(port)


@pytest.mark.parametrize(("required", "code", "said"), [("0", 0, "redis: 1 tests left out: no"), ("1", 1, "no")])
def test_tests_whose_server_cannot_run_are_left_out_unless_required(
    tmp_path: Path, required: str, code: int, said: str
) -> None:
    (tmp_path / "broken.py").write_text(
        "from ops.testservers import registry, CannotRunError\n"
        "def refuse(*_):\n    raise CannotRunError('no')\n"
        "registry.STARTERS['redis'] = refuse\n"
    )
    tests = [
        "tests/integration/servers/test_isolation.py",
        "tests/integration/servers/test_events.py",
        "-k",
        "redis or refused",
    ]
    environment = {**os.environ, "GONGKAI_REQUIRE_SERVICES": required, "PYTHONPATH": str(tmp_path)}
    result = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "broken", "-p", "no:cacheprovider", *tests],
        cwd=Path(__file__).parents[3],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == code, result.stdout
    assert said in result.stdout


def test_a_line_of_elasticsearch_that_there_is_not_is_refused(places: Places) -> None:
    with pytest.raises(CannotRunError, match="no line 7 of Elasticsearch; there are 8, 9"):
        bundle.line_of(replace(places, elasticsearch="7"))


def test_the_oldest_jdk_that_is_new_enough_runs_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "JDKS", tmp_path)
    needed = replace(bundle.LINES["9"], java=900)
    with pytest.raises(CannotRunError, match="needs a JDK 900 or newer"):
        bundle.java_home(needed)
    for release in (899, 902, 901):
        home = tmp_path / f"jdk-{release}"
        (home / "bin").mkdir(parents=True)
        (home / "bin" / "javac").touch()
        (home / "release").write_text(f'IMPLEMENTOR="x"\nJAVA_VERSION="{release}.0.1"\n', "utf-8")
    (tmp_path / "jdk-901" / "bin" / "javac").unlink()  # a JRE
    assert bundle.java_home(needed) == tmp_path / "jdk-902"
