"""Rules of single settings: the limits of one conversion, and no passwords in addresses."""

from urllib.parse import urlsplit

from pydantic import BaseModel, Field

_S3 = "set GONGKAI_S3_ACCESS_KEY and GONGKAI_S3_SECRET_KEY, or their _FILE"
_INSTEAD = {
    "objects_url": _S3,
    "derived_url": _S3,
    "index_url": "set GONGKAI_INDEX_USER and GONGKAI_INDEX_PASSWORD, or its _FILE",
    "broker_url": "set GONGKAI_BROKER_PASSWORD, or its _FILE",
    "public_url": "readers need none",
    "otel_endpoint": "set OTEL_EXPORTER_OTLP_HEADERS",
}


class Limits(BaseModel, frozen=True, allow_inf_nan=False):
    """The limits of one conversion; the outcome names the limit it hit."""

    memory_bytes: int = Field(
        1_500_000_000,
        gt=0,
        le=1 << 44,
        description="address space of each process, and memory of all of them",
    )
    processes: int = Field(128, gt=0, le=100_000, description="processes and threads of one conversion at once")
    cpu_seconds: int = Field(60, gt=0, le=86_400, description="CPU time")
    wall_seconds: float = Field(120, gt=0, le=86_400, description="time from start to end; of scans, beside its pages")
    page_seconds: float = Field(60, gt=0, le=86_400, description="time to recognise one scanned page")
    scan_seconds: float = Field(3000, gt=0, le=604_800, description="time from start to end of the longest scan")
    written_bytes: int = Field(500_000_000, gt=0, le=1 << 44, description="largest file it may write, and all together")
    input_bytes: int = Field(500_000_000, gt=0, le=1 << 44, description="largest object it is given")
    text_characters: int = Field(50_000_000, gt=0, le=10_000_000_000, description="longest text it may return")
    nesting_depth: int = Field(8, gt=0, le=100, description="containers inside containers")
    child_count: int = Field(10_000, gt=0, le=10_000_000, description="files in one container, at all depths")
    expansion_ratio: int = Field(200, gt=0, le=1_000_000, description="unpacked size over packed size")


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
