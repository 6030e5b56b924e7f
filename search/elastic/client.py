"""A connection to Elasticsearch whose errors say what happens next, and records by identifier.

Imports nothing that searches need, so that a command that only follows documents starts quickly.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import msgspec
from elastic_transport.client_utils import DEFAULT
from elasticsearch import ApiError, Elasticsearch, NotFoundError, TransportError
from elasticsearch.serializer import CompatibilityModeJsonSerializer

from schemas.codec import decode_object, encode
from schemas.errors import DependencyError
from schemas.records import DocumentRecord

DOCUMENTS = "documents"
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


class JsonBodySerializer(CompatibilityModeJsonSerializer):
    """JSON bodies by msgspec, in a fifth of the time of ``json``; errors are those of the client's own serializer."""

    def json_dumps(self, data: Any) -> bytes:
        """Return ``data`` as JSON in UTF-8; half a surrogate pair is sent as the client sends it."""
        try:
            return encode(data)
        except UnicodeEncodeError:
            return super().json_dumps(data)

    def json_loads(self, data: bytes) -> Any:
        """Return the value of a JSON body; what msgspec refuses, such as half a surrogate pair, the client reads.

        Raises:
            ValueError: It is not JSON, for instance cut off.
        """
        try:
            return msgspec.json.decode(data)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            return super().json_loads(data)


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
            serializers={JsonBodySerializer.mimetype: JsonBodySerializer()},
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


def connect(url: str, options: ServerOptions, *, observe: Observe = observe_nothing) -> ElasticClient:
    """Return a client of the server at ``url``, without contacting it."""
    return ElasticClient(url, user=options.user, password=options.password, observe=observe, ca_file=options.ca_file)


class ElasticRecordReader:
    """Reads records in real time, through the alias of the documents index; see ``search.protocol.RecordReader``."""

    def __init__(self, client: ElasticClient, alias: str) -> None:
        self._client = client
        self._alias = alias

    def record(self, document_id: str) -> DocumentRecord | None:
        """Return one record."""
        answer = self._client.find(lambda server: server.get(index=self._alias, id=document_id))
        return None if answer is None else read_record(answer["_source"])

    def records_of(self, document_ids: Sequence[str]) -> dict[str, DocumentRecord]:
        """Return many records."""
        if not document_ids:
            return {}
        answer = self._client.call(lambda server: server.mget(index=self._alias, ids=list(document_ids)))
        return {found["_id"]: read_record(found["_source"]) for found in answer["docs"] if found.get("found")}

    def find_recorded(self, document_ids: Sequence[str]) -> set[str]:
        """Look many records up."""

        def ask(server: Elasticsearch) -> Any:
            return server.mget(index=self._alias, ids=list(document_ids), source=False)

        answer = self._client.call(ask) if document_ids else {"docs": []}
        return {found["_id"] for found in answer["docs"] if found.get("found")}

    def close(self) -> None:
        """Close all connections."""
        self._client.close()


def read_record(source: dict[str, Any]) -> DocumentRecord:
    """Return the record a source holds."""
    return decode_object(DocumentRecord, source)
