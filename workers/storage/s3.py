"""A bucket of any S3 server, through the minio client.

Names ending in a slash, which some tools store as folder markers, are not objects here.
"""

import logging
import math
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import urllib3
from minio import Minio
from minio.error import InvalidResponseError, S3Error, ServerError
from minio.helpers import check_bucket_name

from schemas.errors import DependencyError
from workers.storage.etags import part_bytes
from workers.storage.object_keys import RESERVED, KeyRefusedError, accept, holder
from workers.storage.protocol import STREAM_BYTES, ObjectInfo, ObjectStream, begin_stream
from workers.storage.s3_objects import KEY_BYTES, info_of_listed, info_of_response, names_object
from workers.storage.s3_refusals import NO_BUCKET, concerns_key, explain, is_unexplained

_POOL_SIZE = 64  # more threads than this share connections
_MISSING = "NoSuchKey"
_SEEN_SECONDS = 60.0  # how long a bucket that was seen is assumed to exist

_log = logging.getLogger(__name__)


class S3Store:
    """One bucket; see ``ObjectStore`` for the methods."""

    def __init__(
        self,
        endpoint: str,
        bucket: str,
        *,
        access_key: str,
        secret_key: str,
        region: str,
        secure: bool = False,
        ca_file: str = "",
    ) -> None:
        """Describe a bucket, without contacting its server.

        Args:
            endpoint: Host and port.
            bucket: Created by ``bootstrap``.
            access_key: Empty for anonymous access.
            secret_key: Of the access key.
            region: The server's; given, so that the client need not ask for it.
            secure: Whether to speak TLS.
            ca_file: Certificate authorities to trust, in PEM; empty takes the system's.

        Raises:
            ValueError: No bucket can have that name, or no server that address.
        """
        check_bucket_name(bucket, strict=True)
        self._address = f"{'https' if secure else 'http'}://{endpoint}/{bucket}"
        self._bucket = bucket
        self._seen_at = -math.inf
        pool = urllib3.PoolManager(
            maxsize=_POOL_SIZE,
            timeout=urllib3.Timeout(connect=5, read=60),
            retries=urllib3.Retry(total=3, backoff_factor=0.1, status_forcelist=(500, 502, 503, 504)),
            cert_reqs="CERT_REQUIRED",
            ca_certs=ca_file or None,
        )
        self._client: Any = Minio(
            endpoint,
            access_key=access_key or None,
            secret_key=secret_key or None,
            secure=secure,
            region=region,
            http_client=pool,
        )

    def bootstrap(self) -> list[str]:
        """Create the bucket."""
        with self._reaching():
            if self._client.bucket_exists(self._bucket):
                return []
            try:
                self._client.make_bucket(self._bucket)
            except S3Error as error:
                if error.code not in {"BucketAlreadyOwnedByYou", "BucketAlreadyExists"}:
                    raise
                return []
        return [f"bucket {self._address}"]

    def describe(self) -> str:
        """Return the bucket's address."""
        self._require()
        return f"S3 {self._address}"

    def stat(self, key: str) -> ObjectInfo | None:
        """Request an object's head; a miss costs a second request to see whether the bucket exists."""
        if not names_object(key):
            return None
        with self._reaching():
            found = self._head(key)
        if found is None:
            self._require()
            return None
        return info_of_listed(found, key) if self._is_named(key) else None

    def read(self, key: str) -> bytes | None:
        """Get an object."""
        with self._got(key) as response:
            data: bytes | None = response.read() if response else None
            return data

    def fetch(self, key: str, target: Path, *, most: int | None = None) -> ObjectInfo | None:
        """Get an object into a file, unless it is too large."""
        with self._got(key) as response:
            if response is None:
                return None
            info = info_of_response(key, response.headers)
            if most is not None and info.size > most:
                return info
            with target.open("wb") as file:
                for part in response.stream(1 << 20):
                    file.write(part)
            return replace(info, size=target.stat().st_size)

    def stream(self, key: str) -> ObjectStream | None:
        """Get an object; a response is of one version, even if the object is written to meanwhile."""
        got = ExitStack()
        response = got.enter_context(self._got(key))
        if response is None:
            got.close()
            return None
        return ObjectStream(info_of_response(key, response.headers), begin_stream(self._chunks(response, got)))

    def _chunks(self, response: Any, got: ExitStack) -> Generator[bytes, None, None]:
        with got, self._reaching():
            yield b""
            yield from response.stream(STREAM_BYTES)

    def write(self, key: str, data: bytes, *, content_type: str = "application/octet-stream") -> None:
        """Put an object."""
        with self._putting(key):
            self._client.put_object(self._bucket, key, BytesIO(data), len(data), content_type=content_type)

    def upload(self, key: str, source: Path, *, content_type: str = "application/octet-stream") -> str:
        """Put a file, in parts if it is large."""
        size = source.stat().st_size
        parts = {"part_size": part_bytes(size), "num_parallel_uploads": 1}
        with source.open("rb") as file, self._putting(key):
            put = self._client.put_object(self._bucket, key, file, size, content_type=content_type, **parts)
        return str(put.etag).strip('"')

    def remove(self, key: str) -> None:
        """Delete an object."""
        if names_object(key) and self._is_named(key):
            with self._reaching():
                try:
                    self._client.remove_object(self._bucket, key)
                except S3Error as error:
                    if not concerns_key(error):
                        raise

    def obstacle(self, key: str, folders: Sequence[str]) -> str | None:
        """Request the head of each folder, if the account may, and one object below the key."""
        found = None
        with self._reaching():
            try:
                found = next((folder for folder in folders if self._head(folder) is not None), None)
            except S3Error as error:
                if not is_unexplained(error):
                    raise
        below = next(self.list(f"{key}/"), None) if found is None else None
        return below.key if below else found

    def list(self, prefix: str = "") -> Iterator[ObjectInfo]:
        """Stream the bucket in pages of a thousand."""
        asked = holder(prefix, longest=KEY_BYTES)
        if asked is None:
            self._require()
            return
        found = None
        with self._reaching():
            try:
                for found in self._client.list_objects(self._bucket, prefix=asked, recursive=True):
                    key = str(found.object_name)
                    if not key.startswith(prefix):
                        continue
                    if names_object(key):
                        yield info_of_listed(found, key)
                    elif not key.endswith("/") and not key.startswith(f"{RESERVED}/"):
                        _log.warning("%s: object key %s cannot be used and is passed over", self._address, ascii(key))
            except S3Error as error:
                # No key begins so: no result; but an interrupted listing must not pass for the end of the bucket.
                if not prefix or found is not None or not concerns_key(error):
                    raise

    @contextmanager
    def _got(self, key: str) -> Iterator[Any]:
        response = None
        with self._reaching():
            if names_object(key) and self._is_named(key):
                try:
                    response = self._client.get_object(self._bucket, key)
                except S3Error as error:
                    if error.code != _MISSING and not concerns_key(error):
                        raise
            try:
                yield response
            finally:
                if response is not None:
                    response.close()
                    response.release_conn()

    def _head(self, key: str) -> Any:
        """Return an object's head or None, also for a key the server refuses. Call only within ``_reaching``."""
        try:
            return self._client.stat_object(self._bucket, key)
        except S3Error as error:
            if error.code != _MISSING and not concerns_key(error):
                raise
            return None

    def _is_named(self, key: str) -> bool:
        """Return whether the object found for a key really has that key; SeaweedFS treats a backslash as a slash."""
        if "\\" not in key:
            return True
        listed = next(self.list(key), None)
        if listed is None or listed.key != key:
            _log.warning("%s keeps %s under another name; rename it: no backslash", self._address, ascii(key))
            return False
        return True

    @contextmanager
    def _putting(self, key: str) -> Iterator[None]:
        accept(key, longest=KEY_BYTES)
        if time.monotonic() - self._seen_at > _SEEN_SECONDS:
            self._require()  # SeaweedFS creates a missing bucket on any upload
        if "\\" in key and not self._keeps_backslashes():
            raise KeyRefusedError(f"object key {key!r}: the store takes its backslash for a slash; rename it")
        with self._reaching():
            try:
                yield
            except S3Error as error:
                if not concerns_key(error):
                    raise
                said = f"object key {key!r}: the store refuses it ({explain(error)}); rename it"
                raise KeyRefusedError(said) from error

    def _keeps_backslashes(self) -> bool:
        """Return whether the server keeps backslashes in keys, tried on a temporary object; few keys have one."""
        name = f".gongkai\\{uuid4().hex}"
        with self._reaching():
            self._client.put_object(self._bucket, name, BytesIO(b""), 0)
            kept = next(self._client.list_objects(self._bucket, prefix=name, recursive=True), None) is not None
            self._client.remove_object(self._bucket, name)
        return kept

    def _require(self) -> None:
        with self._reaching():
            there = self._client.bucket_exists(self._bucket)
        if not there:
            raise DependencyError(f"object store {self._address}", NO_BUCKET)
        self._seen_at = time.monotonic()

    @contextmanager
    def _reaching(self) -> Iterator[None]:
        try:
            yield
        except urllib3.exceptions.HTTPError as error:
            raise self._unreachable(f"cannot be reached ({type(error).__name__})") from error
        except S3Error as error:
            raise self._unreachable(explain(self._explained(error))) from error
        except (ServerError, InvalidResponseError) as error:
            raise self._unreachable(str(error)) from error

    def _explained(self, error: S3Error) -> S3Error:
        """Return a listing's error for a refusal without a reason: a HEAD response has no body, a listing's has."""
        if is_unexplained(error):
            try:
                next(self._client.list_objects(self._bucket), None)
            except S3Error as told:
                return told
            except (urllib3.exceptions.HTTPError, ServerError, InvalidResponseError):
                return error
        return error

    def _unreachable(self, cause: str) -> DependencyError:
        return DependencyError(f"object store {self._address}", cause)
