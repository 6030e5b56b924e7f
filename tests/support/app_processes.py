"""The processes of the application on the real servers, in corners of their own."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from ops.maintenance.bootstrap import bootstrap
from ops.system import System, open_system
from ops.testservers import Server, free_port
from workers.settings import environment_with, load

TOKEN = "a token of the tests"


@dataclass(frozen=True)
class Services:
    """A composed system in the test, and the settings that processes of their own are started with."""

    system: System
    variables: dict[str, str]
    s3: Server
    bucket: str

    def through(self, **variables: str) -> "Services":
        """Return the same with other settings for the processes."""
        return replace(self, variables={**self.variables, **variables})

    @contextmanager
    def process(self, *arguments: str, log: Path | None = None) -> Iterator["subprocess.Popen[bytes]"]:
        """Run one command of the application until the block ends."""
        command = [sys.executable, "-m", "ops.cli", *arguments]
        with (log or Path("/dev/null")).open("ab") as output:
            process = subprocess.Popen(command, env=environment_with(self.variables), stderr=output)
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)

    @contextmanager
    def worker(self, *, log: Path | None = None) -> Iterator["subprocess.Popen[bytes]"]:
        """Run workers of both kinds until the block ends."""
        with self.process("worker", "--concurrency", "2", log=log) as process:
            yield process


@pytest.fixture
def services(
    redis_db: str, s3_server: Server, s3_bucket: str, index_prefix: str, elasticsearch_url: str
) -> Iterator[Services]:
    """A composed system in corners of its own on the real servers, bootstrapped and empty."""
    variables = variables_for(redis_db, s3_server, s3_bucket, elasticsearch_url, index_prefix)
    with open_system(load(variables)) as system:
        assert bootstrap(system)
        assert bootstrap(system) == []
        yield Services(system, variables, s3_server, s3_bucket)
        for one in system.context.derived.list():
            system.context.derived.remove(one.key)


def variables_for(redis_db: str, s3: Server, bucket: str, index_url: str, index_prefix: str) -> dict[str, str]:
    """Return the settings of a system on these servers."""
    address = urlsplit(s3.url).netloc
    return {
        "GONGKAI_BROKER_URL": redis_db,
        "GONGKAI_INDEX_URL": index_url,
        "GONGKAI_INDEX_PREFIX": index_prefix,
        "GONGKAI_OBJECTS_URL": f"s3://{address}/{bucket}",
        "GONGKAI_DERIVED_URL": f"s3://{address}/{bucket}-derived",
        "GONGKAI_S3_ACCESS_KEY": s3.access_key,
        "GONGKAI_S3_SECRET_KEY": s3.secret_key,
        "GONGKAI_EVENT_TOKEN": TOKEN,
        "GONGKAI_API_PORT": str(free_port()),
        "GONGKAI_SWEEP_SECONDS": "3600",
    }
