"""A connection to Elasticsearch whose errors say what happens next; knows nothing of documents."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from elastic_transport.client_utils import DEFAULT
from elasticsearch import ApiError, Elasticsearch, NotFoundError, TransportError

from schemas.errors import DependencyError

CONNECTIONS = 32
TIMEOUT_SECONDS = 60
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
# Statuses of a valid request that the server cannot serve now, or not for this user.
UNAVAILABLE = {
    401: "it refuses the user or password",
    403: "the user may not do this",
    408: "it took too long",
    429: "it is too busy",
    502: "the gateway before it has no answer",
    503: "it is not ready",
    504: "the gateway before it timed out",
}

Response = Mapping[str, Any]
# Called after each bulk request with its seconds, its items, and the number of refused items by status.
Observe = Callable[[float, int, Mapping[str, int]], None]


def observe_nothing(seconds: float, items: int, refused: Mapping[str, int]) -> None:
    """Ignore the figures of a bulk request."""


@dataclass(frozen=True, slots=True)
class ServerOptions:
    """Options of an Elasticsearch server or cluster.

    Attributes:
        user: Where a password is set.
        password: The user's password; empty if the server has no security.
        ca_file: Certificate authorities to trust, in PEM; empty takes the system's.
        shards: Primary shards of a sections index that is made anew. Documents, a tenth of its size, keep to one.
        replicas: Copies of each shard; None: one where there is a second node, else none.
    """

    user: str = ""
    password: str = ""
    ca_file: str = ""
    shards: int = 1
    replicas: int | None = None


class ElasticClient:
    """One server at ``url``; every method may be called from any thread.

    Raises:
        DependencyError: From every method, when the server cannot be reached or cannot work now.
    """

    def __init__(
        self, url: str, *, user: str, password: str, observe: Observe = observe_nothing, ca_file: str = ""
    ) -> None:
        self.url = url
        self.observe = observe
        self._client = Elasticsearch(
            url,
            basic_auth=(user, password) if password else None,
            connections_per_node=CONNECTIONS,
            # On the same machine compressing costs more than it saves.
            http_compress=urlsplit(url).hostname not in LOOPBACK,
            request_timeout=TIMEOUT_SECONDS,
            max_retries=0,
            ca_certs=ca_file if ca_file and urlsplit(url).scheme == "https" else DEFAULT,
        )

    def call(self, ask: Callable[[Elasticsearch], Any]) -> Response:
        """Return the server's response to ``ask``."""
        with self._translate_errors():
            answer: Response = ask(self._client)
            return answer

    def find(self, ask: Callable[[Elasticsearch], Any]) -> Response | None:
        """Return the server's response to ``ask``, or None if the requested object does not exist."""
        with self._translate_errors():
            try:
                answer: Response = ask(self._client)
            except NotFoundError as error:
                if _missing_index(error):
                    raise
                return None
            return answer

    def close(self) -> None:
        """Close all connections."""
        self._client.close()

    def unavailable(self, reason: str) -> DependencyError:
        """Return the error for a server that cannot serve the request now."""
        return DependencyError(f"index {self.url}", reason)

    @contextmanager
    def _translate_errors(self) -> Iterator[None]:
        try:
            yield
        except TransportError as error:
            raise self.unavailable(f"cannot be reached ({error.message})") from error
        except ApiError as error:
            if _missing_index(error):
                raise self.unavailable("has no index yet; run `gongkai doctor --bootstrap`") from error
            if error.status_code in UNAVAILABLE:
                raise self.unavailable(f"{UNAVAILABLE[error.status_code]} ({error.status_code})") from error
            raise


def _missing_index(error: ApiError) -> bool:
    body = error.body if isinstance(error.body, dict) else {}
    cause = body.get("error")
    return error.status_code == 404 and isinstance(cause, dict) and cause.get("type") == "index_not_found_exception"
