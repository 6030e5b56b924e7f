"""Rules of single settings: the limits of one conversion as settings, and no passwords in addresses."""

from dataclasses import fields
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel, Field, create_model

from schemas.limits import Limits

_S3 = "set GONGKAI_S3_ACCESS_KEY and GONGKAI_S3_SECRET_KEY, or their _FILE"
_INSTEAD = {
    "objects_url": _S3,
    "derived_url": _S3,
    "index_url": "set GONGKAI_INDEX_USER and GONGKAI_INDEX_PASSWORD, or its _FILE",
    "broker_url": "set GONGKAI_BROKER_PASSWORD, or its _FILE",
    "public_url": "readers need none",
    "otel_endpoint": "set OTEL_EXPORTER_OTLP_HEADERS",
}


class _Finite(BaseModel, frozen=True, allow_inf_nan=False):
    pass


_LIMITS: dict[str, Any] = {one.name: (one.type, Field(one.default, **one.metadata)) for one in fields(Limits)}
LimitSettings = create_model("LimitSettings", __base__=_Finite, **_LIMITS)
"""The fields of ``Limits`` as settings: each with its default, bounds and description."""


def parse_limits(given: dict[str, str]) -> Limits:
    """Return the limits of the settings given, by the names of their fields.

    Raises:
        pydantic.ValidationError: One is malformed or out of bounds.
    """
    return Limits(**LimitSettings.model_validate(given).model_dump())


def refuse_password(name: str, address: str) -> None:
    """Refuse an address with a password in it.

    Raises:
        ValueError: It has one; the message says where it belongs, without repeating it.
    """
    try:
        password = urlsplit(address).password
    except ValueError:
        return  # a malformed address is refused elsewhere
    if password:
        raise ValueError(f"holds a password, which would be printed with it; {_INSTEAD[name]}")
