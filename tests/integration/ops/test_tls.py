"""Every server is reached over TLS with the authorities of the settings, and none that nobody vouches for."""

import datetime
import ipaddress
import ssl
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from ops.maintenance.bucket_notifications import inbox_client
from ops.system import open_system
from ops.testservers import free_port
from ops.testservers.process import wait_until
from ops.testservers.programs import require
from schemas.errors import DependencyError
from workers.runtime.redis_client import connect, translate_redis_errors
from workers.settings import Settings, load
from workers.tasks.queue_depth import open_queues

LOOPBACK = ipaddress.ip_address("127.0.0.1")
NOW = datetime.datetime.now(datetime.UTC)


@dataclass(frozen=True)
class Papers:
    """An authority's certificate, and a server's with its key, as files."""

    authority: Path
    certificate: Path
    key: Path


def certify(
    name: str, key: ec.EllipticCurvePrivateKey, issuer: str, signer: ec.EllipticCurvePrivateKey
) -> x509.Certificate:
    subject, by = (x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, each)]) for each in (name, issuer))
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(by).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(NOW - datetime.timedelta(1)).not_valid_after(NOW + datetime.timedelta(1))
    builder = builder.add_extension(x509.BasicConstraints(ca=name == issuer, path_length=None), critical=True)
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.IPAddress(LOOPBACK)]), critical=False)
    known = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    builder = builder.add_extension(known, critical=False)
    by_key = x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key())
    return builder.add_extension(by_key, critical=False).sign(signer, hashes.SHA256())


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Papers:
    folder = tmp_path_factory.mktemp("tls")
    authority, server = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    found = Papers(folder / "ca.pem", folder / "server.pem", folder / "server.key")
    pem = serialization.Encoding.PEM
    found.authority.write_bytes(certify("authority", authority, "authority", authority).public_bytes(pem))
    found.certificate.write_bytes(certify("server", server, "authority", authority).public_bytes(pem))
    plain = serialization.NoEncryption()
    found.key.write_bytes(server.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
    return found


class Answers(BaseHTTPRequestHandler):
    """As much of Elasticsearch and of an S3 server as says that it is one."""

    def do_GET(self) -> None:
        body = b'{"version": {"number": "8.19.0"}, "tagline": "You Know, for Search"}'
        self.send_response(200)
        self.send_header("X-Elastic-Product", "Elasticsearch")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    do_HEAD = do_GET

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def https(papers: Papers) -> Iterator[str]:
    """Address of an HTTPS server."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(papers.certificate, papers.key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def rediss(papers: Papers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a Redis that speaks nothing but TLS, and asks for a password."""
    program, port = require({"redis-server": "redis-server"})["redis-server"], free_port()
    options = {"port": 0, "tls-port": port, "tls-cert-file": papers.certificate, "tls-key-file": papers.key}
    options |= {
        "tls-ca-cert-file": papers.authority,
        "tls-auth-clients": "no",
        "save": "",
        "requirepass": "pass word/%",
    }
    options |= {"dir": tmp_path_factory.mktemp("redis"), "bind": "127.0.0.1"}
    arguments = [str(part) for name, value in options.items() for part in (f"--{name}", value)]
    process = subprocess.Popen([program, *arguments], stdout=subprocess.DEVNULL)
    settings = load({"GONGKAI_BROKER_URL": f"rediss://127.0.0.1:{port}/0", "GONGKAI_CA_FILE": str(papers.authority)})
    settings = settings.model_copy(update={"broker_password": "pass word/%"})
    assert wait_until(lambda: answers(settings), seconds=20, alive=[])
    yield f"rediss://127.0.0.1:{port}/0"
    process.terminate()
    process.wait()


def answers(settings: Settings) -> bool:
    try:
        with translate_redis_errors():
            return bool(connect(settings).ping())
    except DependencyError:
        return False


def settings_for(rediss: str, https: str, folder: Path, **more: str) -> Settings:
    password = folder / "password"
    password.write_text("pass word/%\n", "utf-8")
    return load(
        {
            "GONGKAI_BROKER_URL": rediss,
            "GONGKAI_BROKER_PASSWORD_FILE": str(password),
            "GONGKAI_OBJECTS_URL": f"s3+https://{https}/inbox",
            "GONGKAI_DERIVED_URL": f"s3+https://{https}/derived",
            "GONGKAI_INDEX_URL": f"https://{https}",
            **more,
        }
    )


def test_every_server_is_reached_over_tls(rediss: str, https: str, papers: Papers, tmp_path: Path) -> None:
    settings = settings_for(rediss, https, tmp_path, GONGKAI_CA_FILE=str(papers.authority))
    with open_system(settings) as system:
        assert "8.19.0" in system.context.index.describe()
        assert https in system.context.inbox.describe()
        assert system.sink.describe().startswith("rediss://")
        assert system.context.inflight.counts().waiting == 0
        assert open_queues(settings).lengths()["convert"] == 0
        system.dispatch.publish("convert", {"key": "a.txt", "trace": "1", "sent_at": 0.0})
        assert open_queues(settings).lengths()["convert"] == 1
        client, bucket = inbox_client(settings)
        assert client.bucket_exists(bucket)


def test_no_server_is_trusted_that_no_authority_vouches_for(rediss: str, https: str, tmp_path: Path) -> None:
    with open_system(settings_for(rediss, https, tmp_path)) as system:
        for ask in (
            system.context.index.describe,
            system.context.inbox.describe,
            system.sink.describe,
            system.context.inflight.counts,
            system.queues.lengths,
        ):
            with pytest.raises(DependencyError, match=r"(?i)certificate|SSL|MaxRetryError"):
                ask()
