"""One Elasticsearch node with IK on loopback, as an unprivileged user; without security unless a test asks for it."""

import base64
import hashlib
import http.client
import json
import os
import secrets
import shutil
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from ops.testservers.ik import bundle
from ops.testservers.process import Process, free_port, last_lines, spawn, wait_until
from ops.testservers.server import CannotRunError, Places, Server

HEAP = "512m"
READY_SECONDS = 300.0
ADMIN = "administrator"
PASSWORD_ROUNDS = 10_000
NOBODY = 65534  # Elasticsearch refuses to run as root

CONFIGURATION = """\
cluster.name: gongkai
node.name: one
discovery.type: single-node
network.host: 127.0.0.1
http.port: {port}
transport.port: {transport}
path.data: {run}/data
path.logs: {run}/logs
path.repo: ["{run}/repo"]
xpack.security.enabled: {secured}
cluster.routing.allocation.disk.threshold_enabled: false
"""


def fetch(places: Places) -> str:
    """Fetch and build the server if missing and return its version."""
    bundle.fetch(places)
    return bundle.line_of(places).version


def start(places: Places, run_dir: Path, *, password: str = "") -> Server:
    """Start Elasticsearch in ``run_dir`` and return once the node answers.

    Args:
        places: Where the server is fetched from.
        run_dir: An empty folder.
        password: Of the user ``ADMIN``, who may do everything; empty for a node without security.

    Raises:
        CannotRunError: It could not be fetched, built or started.
    """
    home, port = bundle.fetch(places), free_port()
    for name in ("data", "logs", "repo", "tmp"):
        (run_dir / name).mkdir()
    shutil.copytree(home / "config", run_dir / "config")
    configuration = CONFIGURATION.format(
        port=port, transport=free_port(), run=run_dir, secured=str(bool(password)).lower()
    )
    (run_dir / "config" / "elasticsearch.yml").write_text(configuration, "utf-8")
    if password:
        _add_administrator(run_dir / "config", password)
    if os.geteuid() == 0:
        home = _reachable_copy(home, run_dir / "home")
        _give_away(run_dir)
    process = _launch(home, run_dir, port, bundle.java_home(bundle.line_of(places)), password)
    version = _version(port, password)
    return Server(
        "elasticsearch", "elasticsearch", version, f"http://127.0.0.1:{port}", str(run_dir), processes=(process,)
    )


def restart(server: Server, places: Places) -> Process:
    """Restart a killed server with its data at the same address.

    Raises:
        CannotRunError: It could not be started.
    """
    run_dir = Path(server.run_dir)
    own = run_dir / "home"
    places = replace(places, elasticsearch=server.version.partition(".")[0])
    home = own if own.is_dir() else bundle.fetch(places)
    java_home = bundle.java_home(bundle.line_of(places))
    return _launch(home, run_dir, urlsplit(server.url).port or 0, java_home)


def _add_administrator(config: Path, password: str) -> None:
    """Add a user to the file realm, whose passwords may be stored as ``{PBKDF2}cost$salt$key`` of HMAC-SHA-512."""
    salt = secrets.token_bytes(32)
    key = hashlib.pbkdf2_hmac("sha512", password.encode(), salt, PASSWORD_ROUNDS, 32)
    stored = f"{PASSWORD_ROUNDS}${base64.b64encode(salt).decode()}${base64.b64encode(key).decode()}"
    (config / "users").write_text(f"{ADMIN}:{{PBKDF2}}{stored}\n", "utf-8")
    (config / "users_roles").write_text(f"superuser:{ADMIN}\n", "utf-8")


def _launch(home: Path, run_dir: Path, port: int, java_home: Path, password: str = "") -> Process:
    """Run the start script and return once the node answers."""
    command = [str(home / "bin" / "elasticsearch")]
    if os.geteuid() == 0:
        command = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", *command]
    number, log = run_dir / "tmp" / "pid", run_dir / "logs" / "console.log"
    number.unlink(missing_ok=True)
    variables = {
        "ES_JAVA_HOME": java_home,
        "ES_PATH_CONF": run_dir / "config",
        "ES_TMPDIR": run_dir / "tmp",
        # With only the first compiler it starts a third faster; tests never warm up the second.
        "ES_JAVA_OPTS": f"-Xms{HEAP} -Xmx{HEAP} -XX:TieredStopAtLevel=1",
    }
    assignments = [f"{name}={value}" for name, value in variables.items()]
    # Not with its -d option: the script then waits for the server to close a pipe, which sometimes never happens.
    launcher = spawn("env", *assignments, *command, "-p", number, log=log)
    if not wait_until(lambda: _answers(port, password), seconds=READY_SECONDS, alive=[launcher]):
        launcher.stop()
        raise CannotRunError(f"Elasticsearch did not start: {_reason(log)}")
    return Process.of(int(number.read_text("ascii")))


def _answers(port: int, password: str) -> bool:
    try:
        return bool(_version(port, password))
    except (OSError, http.client.HTTPException, ValueError, KeyError):
        return False


def _reason(log: Path) -> str:
    """Return the innermost cause in the log, or the end of the log."""
    causes = [line for line in log.read_text("utf-8", errors="replace").split("\n") if line.startswith("Caused by: ")]
    return causes[-1].removeprefix("Caused by: ")[:300] if causes else last_lines(log)


def _version(port: int, password: str) -> str:
    token = base64.b64encode(f"{ADMIN}:{password}".encode()).decode()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", "/", headers={"Authorization": f"Basic {token}"} if password else {})
        version: str = json.load(connection.getresponse())["version"]["number"]
    finally:
        connection.close()
    return version


def _reachable_copy(home: Path, target: Path) -> Path:
    """Link the server into a folder the other user can reach: root's home folder is closed."""

    def place(source: str, destination: str) -> None:
        try:
            os.link(source, destination)
        except OSError:  # another file system
            shutil.copy2(source, destination)
        copy = Path(destination)
        copy.chmod(copy.stat().st_mode | 0o444)

    shutil.copytree(home, target, copy_function=place)
    return target


def _give_away(run_dir: Path) -> None:
    """Make the other user the owner of the folders the server writes to."""
    run_dir.chmod(0o755)
    for name in ("config", "data", "logs", "repo", "tmp"):
        for path in (run_dir / name, *(run_dir / name).rglob("*")):
            os.chown(path, NOBODY, NOBODY)
