"""Ceph's RADOS gateway as S3 server: one monitor, one in-memory object daemon, one gateway.

The smallest working cluster, without internal authentication: loopback only, nothing survives a stop.
"""

import http.client
import secrets
import subprocess
from contextlib import ExitStack
from pathlib import Path
from uuid import uuid4

from ops.testservers.process import Process, free_port, last_lines, spawn, wait_until
from ops.testservers.programs import require
from ops.testservers.server import CannotRunError, Places, Server

PROGRAMS = {
    "ceph": "ceph-common",
    "ceph-mon": "ceph-mon",
    "ceph-osd": "ceph-osd",
    "monmaptool": "ceph-base",
    "radosgw": "radosgw",
    "radosgw-admin": "radosgw",
}
MEMORY_BYTES = 2**31

# radosgw asks its monitor for encrypted connections by default, which do not exist without authentication: it would
# wait for minutes. The short paxos interval makes each of the ten pools it creates appear at once.
CONFIGURATION = """\
[global]
fsid = {fsid}
mon host = v2:127.0.0.1:{monitor}/0
auth cluster required = none
auth service required = none
auth client required = none
ms mon client mode = crc
ms mon cluster mode = crc
ms mon service mode = crc
ms bind ipv6 = false
ms bind msgr1 = false
public addr = 127.0.0.1
cluster addr = 127.0.0.1
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 4
osd pool default pgp num = 4
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
mon allow pool size one = true
mon data avail crit = 0
paxos propose interval = 0.05
paxos min wait = 0.01
run dir = {run}
admin socket = {run}/$name.asok
log file = {run}/$name.log
debug rgw = 0
[mon]
mon data = {run}/mon
mon initial members = a
[osd]
osd data = {run}/osd
osd objectstore = memstore
memstore device bytes = {memory}
osd min pg log entries = 50
osd max pg log entries = 100
osd pg log dups tracked = 100
osd class load list = *
osd class default list = *
[client]
rgw frontends = beast endpoint=127.0.0.1:{port} tcp_nodelay=1
rgw data = {run}/rgw
rgw thread pool size = 64
rgw override bucket index max shards = 1
rgw dynamic resharding = false
rgw gc obj min wait = 5
rgw gc processor period = 30
"""


def fetch(_places: Places) -> str:
    """Install Ceph's daemons if missing and return their version."""
    program = require(PROGRAMS)["radosgw"]
    return subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.split()[2]


def start(places: Places, run_dir: Path) -> Server:
    """Start the three daemons in ``run_dir`` and return once the gateway answers S3 requests.

    Raises:
        CannotRunError: A package cannot be installed, or a daemon did not start.
    """
    version, port = fetch(places), free_port()
    programs = require(PROGRAMS)
    fsid, monitor = str(uuid4()), free_port()
    for name in ("mon", "osd", "rgw"):
        (run_dir / name).mkdir()
    configuration = run_dir / "ceph.conf"
    configuration.write_text(
        CONFIGURATION.format(fsid=fsid, monitor=monitor, port=port, run=run_dir, memory=MEMORY_BYTES), "utf-8"
    )
    with ExitStack() as undo:
        processes = _start_storage(programs, configuration, undo, fsid=fsid, monitor=monitor)
        gateway = (programs["radosgw"], "-c", configuration, "-f", "-n", "client.rgw")
        processes.append(_daemon(undo, *gateway, log=run_dir / "rgw.out"))
        if not wait_until(lambda: _answers(port), seconds=90, alive=processes):
            raise CannotRunError(f"radosgw did not answer: {last_lines(run_dir / 'rgw.out')}")
        access_key, secret_key = _create_user(programs["radosgw-admin"], configuration)
        undo.pop_all()
    url = f"http://127.0.0.1:{port}"
    return Server("s3", "radosgw", version, url, str(run_dir), tuple(processes), access_key, secret_key)


def _start_storage(
    programs: dict[str, Path], configuration: Path, undo: ExitStack, *, fsid: str, monitor: int
) -> list[Process]:
    """Start the monitor and the object daemon."""
    run_dir, own = configuration.parent, ("-c", configuration)
    address = f"[v2:127.0.0.1:{monitor}/0]"
    _run(programs["monmaptool"], "--create", "--addv", "a", address, "--fsid", fsid, run_dir / "monmap")
    _run(programs["ceph-mon"], *own, "--mkfs", "-i", "a", "--monmap", run_dir / "monmap")
    first = _daemon(undo, programs["ceph-mon"], *own, "-f", "-i", "a", log=run_dir / "mon.out")
    identity = str(uuid4())
    number = _run(programs["ceph"], *own, "--connect-timeout", "30", "osd", "new", identity).strip()
    _run(programs["ceph-osd"], *own, "-i", number, "--mkfs", "--osd-uuid", identity)
    return [first, _daemon(undo, programs["ceph-osd"], *own, "-f", "-i", number, log=run_dir / "osd.out")]


def _daemon(undo: ExitStack, *command: str | Path, log: Path) -> Process:
    process = spawn(*command, log=log)
    undo.callback(process.stop, patience=5)
    return process


def _create_user(program: Path, configuration: Path) -> tuple[str, str]:
    access_key, secret_key = secrets.token_hex(10), secrets.token_hex(20)
    keys = (f"--access-key={access_key}", f"--secret-key={secret_key}")
    named = ("--uid=gongkai", "--display-name=gongkai")
    _run(program, "-c", configuration, "-n", "client.rgw", "user", "create", *named, *keys)
    return access_key, secret_key


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status < 500
    except OSError:
        return False
    finally:
        connection.close()


def _run(*command: str | Path) -> str:
    result = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120, check=False)
    if result.returncode != 0:
        raise CannotRunError(f"{Path(command[0]).name} failed: {result.stderr.strip()[-300:]}")
    return result.stdout
