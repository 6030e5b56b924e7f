"""Addresses among the settings: none may hold a password, because addresses are printed."""

from urllib.parse import urlsplit

_S3 = "set GONGKAI_S3_ACCESS_KEY and GONGKAI_S3_SECRET_KEY, or their _FILE"
_INSTEAD = {
    "objects_url": _S3,
    "derived_url": _S3,
    "index_url": "set GONGKAI_INDEX_USER and GONGKAI_INDEX_PASSWORD, or its _FILE",
    "broker_url": "set GONGKAI_BROKER_PASSWORD, or its _FILE",
    "public_url": "readers need none",
    "otel_endpoint": "set OTEL_EXPORTER_OTLP_HEADERS",
}


def refuse_password(name: str, address: str) -> None:
    """Refuse an address with a password in it.

    Raises:
        ValueError: It holds one; the text says where it belongs, and not what it is.
    """
    try:
        password = urlsplit(address).password
    except ValueError:
        return  # what is no address is refused for that
    if password:
        raise ValueError(f"holds a password, which would be printed with it; {_INSTEAD[name]}")
