"""Opens the object store that a URL names; the only place that knows all kinds of store."""

from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from schemas.errors import SettingsError
from workers.runtime.client_imports import import_clients
from workers.settings import Settings
from workers.storage.folder import FolderStore
from workers.storage.protocol import ObjectStore


def store_url(address: str) -> str:
    """Return the URL of a store given as a URL or as a folder."""
    return address if "://" in address else f"file://{quote(str(Path(address).absolute()))}"


def open_store(url: str, settings: Settings) -> ObjectStore:
    """Return the store at ``url``, without contacting it.

    Args:
        url: ``file:///folder``, ``s3://host:port/bucket`` or, over TLS, ``s3+https://host/bucket``.
        settings: For the S3 keys; artefacts (``derived_url``) need not reach a disk before a write returns.

    Raises:
        SettingsError: The URL names no store.
    """
    parts = urlsplit(url)
    if parts.password or (parts.username and parts.scheme != "file"):
        raise SettingsError("the address of a store holds a key; set GONGKAI_S3_ACCESS_KEY and GONGKAI_S3_SECRET_KEY")
    path = unquote(parts.path)
    if parts.scheme == "file" and parts.netloc in {"", "localhost"} and path.startswith("/"):
        return FolderStore(Path(path), durable=url != settings.derived_url)
    bucket = path.strip("/")
    if parts.scheme in {"s3", "s3+https"} and parts.hostname and bucket and "/" not in bucket:
        return _s3(parts.netloc, bucket, settings, secure=parts.scheme == "s3+https")
    raise SettingsError(f"{url} names no object store; give file:///folder or s3://host:port/bucket")


def _s3(endpoint: str, bucket: str, settings: Settings, *, secure: bool) -> ObjectStore:
    import_clients("minio")
    from workers.storage.s3 import S3Store  # noqa: PLC0415 - a folder does not need that client

    try:
        return S3Store(
            endpoint,
            bucket,
            access_key=settings.s3_access_key,
            secret_key=settings.s3_secret_key,
            region=settings.s3_region,
            secure=secure,
            ca_file=settings.ca_file,
        )
    except ValueError as error:
        raise SettingsError(f"s3://{endpoint}/{bucket}: {error}") from error
