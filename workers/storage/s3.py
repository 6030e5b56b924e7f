"""A bucket of any S3 server, through the minio client.

Names ending in a slash, which some tools store to show folders, are not objects here.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import urllib3
from minio import Minio
from minio.error import InvalidResponseError, S3Error, ServerError
from minio.helpers import check_bucket_name

from schemas.errors import DependencyError
from workers.storage.keys import accept, holder, objection
from workers.storage.protocol import ObjectInfo

KEY_BYTES = 1024

_REGION = "us-east-1"  # stated, because the client would ask the server for it
_POOL_SIZE = 64  # more threads than this share connections
_PART_BYTES = 16 << 20  # held in memory by each upload of a larger file
_MISSING = frozenset({"NoSuchKey", "XMinioInvalidObjectName", "KeyTooLongError", "XMinioObjectExistsAsDirectory"})

_log = logging.getLogger(__name__)


class S3Store:
    """One bucket; see ``ObjectStore`` for the methods."""

    def __init__(
        self, endpoint: str, bucket: str, *, access_key: str, secret_key: str, secure: bool = False, ca_file: str = ""
    ) -> None:
        """Name a bucket, without reaching its server.

        Args:
            endpoint: Host and port.
            bucket: Created by ``bootstrap``.
            access_key: Empty for anonymous access.
            secret_key: Of the access key.
            secure: Whether to speak TLS.
            ca_file: Certificate authorities to trust, in PEM; empty takes the system's.

        Raises:
            ValueError: No bucket can have that name, or no server that address.
        """
        check_bucket_name(bucket, strict=True)
        self._address = f"{'https' if secure else 'http'}://{endpoint}/{bucket}"
        self._bucket = bucket
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
            region=_REGION,
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
        """Ask for an object's head; a miss costs a second question, whether the bucket is there."""
        if not _names_object(key):
            return None
        with self._reaching():
            try:
                found = self._client.stat_object(self._bucket, key)
            except S3Error as error:
                if error.code not in _MISSING:
                    raise
                found = None
        if found is None:
            self._require()
            return None
        return _info(found, key)

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
            etag, modified = response.headers.get("etag", ""), response.headers.get("last-modified")
            modified_at = parsedate_to_datetime(modified).timestamp() if modified else 0.0
            size = int(response.headers.get("content-length") or 0)
            if most is None or size <= most:
                with target.open("wb") as file:
                    for part in response.stream(1 << 20):
                        file.write(part)
                size = target.stat().st_size
            return ObjectInfo(key=key, etag=etag.strip('"'), size=size, modified_at=modified_at)

    def write(self, key: str, data: bytes, *, content_type: str = "application/octet-stream") -> None:
        """Put an object."""
        accept(key, longest=KEY_BYTES)
        with self._reaching():
            self._client.put_object(self._bucket, key, BytesIO(data), len(data), content_type=content_type)

    def upload(self, key: str, source: Path, *, content_type: str = "application/octet-stream") -> str:
        """Put a file, in parts where it is large."""
        accept(key, longest=KEY_BYTES)
        size = source.stat().st_size
        part = max(_PART_BYTES, size // 9_999 + 1)
        with source.open("rb") as file, self._reaching():
            stored = self._client.put_object(
                self._bucket, key, file, size, content_type=content_type, part_size=part, num_parallel_uploads=1
            )
        return str(stored.etag).strip('"')

    def remove(self, key: str) -> None:
        """Delete an object."""
        if _names_object(key):
            with self._reaching():
                self._client.remove_object(self._bucket, key)

    def list(self, prefix: str = "") -> Iterator[ObjectInfo]:
        """Stream the bucket in pages of a thousand."""
        asked = holder(prefix, longest=KEY_BYTES)
        if asked is None:
            self._require()
            return
        with self._reaching():
            for found in self._client.list_objects(self._bucket, prefix=asked, recursive=True):
                key = str(found.object_name)
                if not key.startswith(prefix):
                    continue
                if _names_object(key):
                    yield _info(found, key)
                elif not key.endswith("/"):
                    _log.warning("%s: object key %s cannot be used and is passed over", self._address, ascii(key))

    @contextmanager
    def _got(self, key: str) -> Iterator[Any]:
        response = None
        with self._reaching():
            if _names_object(key):
                try:
                    response = self._client.get_object(self._bucket, key)
                except S3Error as error:
                    if error.code not in _MISSING:
                        raise
            try:
                yield response
            finally:
                if response is not None:
                    response.close()
                    response.release_conn()

    def _require(self) -> None:
        with self._reaching():
            there = self._client.bucket_exists(self._bucket)
        if not there:
            raise DependencyError(f"object store {self._address}", "there is no such bucket; bootstrap creates it")

    @contextmanager
    def _reaching(self) -> Iterator[None]:
        try:
            yield
        except urllib3.exceptions.HTTPError as error:
            raise self._unreachable(f"cannot be reached ({type(error).__name__})") from error
        except S3Error as error:
            raise self._unreachable(f"{error.code}: {error.message}") from error
        except (ServerError, InvalidResponseError) as error:
            raise self._unreachable(str(error)) from error

    def _unreachable(self, cause: str) -> DependencyError:
        return DependencyError(f"object store {self._address}", cause)


def _names_object(key: str) -> bool:
    return objection(key, longest=KEY_BYTES) is None


def _info(found: Any, key: str) -> ObjectInfo:
    # Whole seconds, because that is all an object's head says; a listing says more.
    modified = found.last_modified.timestamp() // 1 if found.last_modified else 0.0
    return ObjectInfo(key=key, etag=(found.etag or "").strip('"'), size=found.size or 0, modified_at=modified)
