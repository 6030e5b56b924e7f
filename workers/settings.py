"""All settings, from the environment and nowhere else.

Each setting is an environment variable with the prefix ``GONGKAI_``; a secret may instead be given as a file by the
same name with ``_FILE`` (as container secrets are mounted). A malformed setting stops the start.
"""

import os
from functools import cached_property
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, Field, ValidationError, ValidationInfo, field_validator, model_validator

from schemas.environment import PREFIX, environment_with, given_settings, read_environment
from schemas.errors import SettingsError
from schemas.glossary import FINDINGS, HELD_BY_DEFAULT, PERSONAL
from schemas.limits import Limits
from schemas.messages.language import choose_language
from schemas.setting_rules import LimitSettings, parse_limits, refuse_password

__all__ = ["PREFIX", "Settings", "environment_with", "given_settings", "load"]

# Variables for test runs and their servers; not settings of the application.
OF_TESTS = ("GONGKAI_TEST_", "GONGKAI_REQUIRE_SERVICES")
SECRETS = ("s3_access_key", "s3_secret_key", "index_password", "broker_password", "event_token", "mcp_key")
PASSWORDS = "passwords"

# Redis redelivers a message that is not acknowledged within this time, even if a worker still works on it.
VISIBILITY_SECONDS = 3600
# Longest wait of a task for a server that is down, before it returns to its queue.
PATIENCE_SECONDS = 600


class Settings(BaseModel, frozen=True, allow_inf_nan=False):
    """Addresses, limits and policies of the whole system.

    The three backends are chosen by URL; the defaults are the embedded system in ``data_dir``.
    """

    data_dir: Path = Field(Path("data"), description="folder of the embedded system")
    objects_url: str = Field("", description="inbox: file:///folder or s3://host:port/bucket (s3+https:// for TLS)")
    derived_url: str = Field("", description="artefacts: as objects_url")
    broker_url: str = Field("memory://", description="memory:// or redis://host:port/db (rediss:// for TLS)")
    index_url: str = Field("", description="tantivy:///folder or http(s)://host:port")
    index_prefix: str = Field("gongkai", pattern=r"^[a-z][a-z0-9-]*$", description="start of the names of all indexes")
    index_user: str = Field("elastic", description="Elasticsearch user, where a password is set")
    index_password: str = Field("", description="Elasticsearch password", repr=False)
    ca_file: str = Field(
        "", description="file of the certificate authorities (PEM) to trust over TLS; empty takes the system's"
    )
    index_refresh_seconds: float = Field(
        5.0,
        ge=0.05,
        le=3600,
        description="longest time a change stays unsearchable while many are made; a single one is at once",
    )
    index_shards: int = Field(1, ge=1, le=1024, description="primary shards; `gongkai reindex` changes them")
    index_replicas: Literal["auto"] | Annotated[int, Field(ge=0, le=20)] = Field(
        "auto", description="copies of each shard on Elasticsearch; auto: one where there is a second node"
    )
    synonyms: str = Field("", description="file of words that mean the same, reread when it changes; empty: as shipped")
    lexicon: str = Field("", description="file of the domain dictionary, one word a line; empty takes the one shipped")
    s3_access_key: str = Field("", repr=False, description="S3 access key")
    s3_secret_key: str = Field("", repr=False, description="S3 secret key")
    s3_region: str = Field("us-east-1", min_length=1, description="region of the S3 server; MinIO and Ceph take any")
    broker_user: str = Field("", description="Redis user, where a password is set and it is not the default one")
    broker_password: str = Field("", repr=False, description="Redis password, where the URL holds none")
    broker_prefix: str = Field("gongkai:", description="start of the names of all keys in Redis")
    event_token: str = Field(
        "", repr=False, description="bearer token POST /v1/events asks for; without one it is closed"
    )
    events_target: str = Field("", description="ARN of the store's notification target, for bootstrap to set its rule")
    events_list: str = Field("gongkai:events", description="Redis list the object store pushes events to")
    audit_log: str = Field(
        "",
        description="file that says who released, held, retried, made keys (JSON lines); empty takes audit-log.jsonl "
        "in GONGKAI_DATA_DIR for a system in one process, and the log of the process on servers",
    )
    concurrency: int = Field(0, ge=0, le=1024, description="worker processes; 0 means one per core")
    scan_concurrency: int = Field(
        0,
        ge=0,
        le=1024,
        description="scans recognised at once beside documents; 0 means one for every four workers",
    )
    ocr_engine: Literal["auto", "faster-paddle", "tesseract"] = Field(
        "auto",
        description="what recognises scanned pages; auto is faster-paddle (extra `ocr`) if installed, else tesseract",
    )
    index_concurrency: int = Field(48, gt=0, le=4096, description="documents an index worker commits together at most")
    keep_artefacts_days: float = Field(
        30, ge=1, description="days after which artefacts are removed that no document refers to any more"
    )
    sweep_seconds: float = Field(300, gt=0, le=604_800, description="time between two sweeps")
    api_host: str = Field("127.0.0.1", description="address the API listens on")
    api_port: int = Field(8080, ge=0, le=65535, description="port the API listens on; 0 takes any free one")
    mcp_port: int = Field(8090, ge=0, le=65535, description="port of `gongkai mcp --http`; 0 takes any free one")
    mcp_key: str = Field("", repr=False, description="access key `gongkai mcp` reads with over standard input")
    metrics: bool = Field(True, description="whether numbers are counted and shown under /metrics")
    metrics_host: str = Field("127.0.0.1", description="address --metrics-port listens on")
    metrics_port: int = Field(
        0, ge=0, le=65534, description="port with the numbers of worker, intake, sweep; 0 is none"
    )
    metrics_open: bool = Field(False, description="whether GET /metrics answers without a key")
    operations_open: bool = Field(False, description="whether /operations shows without a key; acting always needs one")
    log_format: Literal["auto", "human", "json"] = Field("auto", description="auto is human at a terminal, else json")
    language: Literal["zh", "en"] = Field(
        "en", description="of the command line and logs, zh or en; unset takes that of the locale (LC_ALL, LANG)"
    )
    log_level: Literal["auto", "DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "auto", description="least level that is logged; auto is INFO for services, WARNING for `run`"
    )
    otel_endpoint: str = Field("", description="OTLP/HTTP endpoint for traces (extra `otel`); empty sends none")
    read_access: Literal["open", "key"] = Field("open", description="open: anybody reads; key: with an access key")
    public_url: str = Field("", description="address people reach the API under, for links in feeds and webhooks")
    serve_unread: bool = Field(
        False, description="serve originals of which a part could not be read, and so was not judged by `hold`"
    )
    upload_bytes: int = Field(500_000_000, gt=0, le=1 << 44, description="the most one upload request may hold")
    hosts: tuple[str, ...] = Field((), description="names it is reached under beside that of public_url, by commas")
    proxies: tuple[str, ...] = Field(
        (), description="addresses or networks of proxies in front, whose X-Forwarded-For is believed, by commas"
    )
    request_rate: float = Field(100, ge=0, le=1e6, description="requests a second of one address or key; 0 is no limit")
    request_concurrency: int = Field(
        24, ge=0, le=100_000, description="requests of one address or key at the same time; 0 is no limit"
    )
    request_seconds: float = Field(120, ge=1, le=86_400, description="longest time of a request")
    transfer_seconds: float = Field(3600, ge=1, le=604_800, description="longest time of an upload or a download")
    webhook_private: bool = Field(False, description="let saved searches post to loopback and private addresses")
    notify_seconds: float = Field(30, gt=0, le=86_400, description="time between two runs of the saved searches")
    hold: tuple[str, ...] = Field(
        HELD_BY_DEFAULT,
        description="findings that hold a document until a person releases it, separated by commas, or none: "
        + ", ".join(FINDINGS),
    )
    mask: tuple[str, ...] = Field(
        ("mobile_phone", "home_address"),
        description="personal data that is indexed and shown masked (138****1234, addresses to the street), by commas, "
        "or none: " + ", ".join(PERSONAL),
    )
    office_units: str = Field("", description="table (CSV, XLSX) of the units that publish an annual report")
    office_classes: str = Field("", description="file (JSON) of the columns the office counts its documents by")
    office_holidays: str = Field("", description="file (JSON) of days off of years the calendar does not know yet")
    office_assessment: str = Field("", description="file (TOML) of the rules by which the office assesses its units")
    passwords: tuple[str, ...] = Field((), repr=False, description="tried on encrypted documents, one a line")
    limits: Limits = Limits()

    @field_validator("objects_url", "derived_url", "index_url", "broker_url", "public_url", "otel_endpoint")
    @classmethod
    def _without_password(cls, value: str, info: ValidationInfo) -> str:
        refuse_password(info.field_name or "", value)
        return value

    @field_validator("objects_url", "derived_url")
    @classmethod
    def _object_url(cls, value: str) -> str:
        if value and urlsplit(value).scheme not in {"file", "s3", "s3+https"}:
            raise ValueError("takes file:///folder, s3://host:port/bucket or s3+https://host/bucket")
        return value

    @field_validator("public_url")
    @classmethod
    def _public_url(cls, value: str) -> str:
        if value and (urlsplit(value).scheme not in {"http", "https"} or not urlsplit(value).hostname):
            raise ValueError("takes http(s)://host, with a path where it is not the root")
        return value.rstrip("/")

    @field_validator("hold", "mask", mode="before")
    @classmethod
    def _kinds(cls, value: Any, info: ValidationInfo) -> Any:
        known = FINDINGS if info.field_name == "hold" else PERSONAL
        kinds = [kind.strip() for kind in value.split(",")] if isinstance(value, str) else list(value)
        kinds = [] if kinds == ["none"] else kinds
        if unknown := sorted(set(kinds) - set(known)):
            raise ValueError(f"takes none or some of {', '.join(known)}; not {', '.join(map(repr, unknown))}")
        return tuple(kinds)

    @field_validator("hosts", "proxies", mode="before")
    @classmethod
    def _names(cls, value: Any) -> Any:
        return tuple(name for part in value.split(",") if (name := part.strip())) if isinstance(value, str) else value

    @field_validator("proxies")
    @classmethod
    def _networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for network in value:
            ip_network(network, strict=False)
        return value

    @field_validator("broker_url")
    @classmethod
    def _broker_url(cls, value: str) -> str:
        if urlsplit(value).scheme not in {"memory", "redis", "rediss"}:
            raise ValueError("takes memory://, redis://host:port/db or rediss://host:port/db")
        return value

    @field_validator("index_url")
    @classmethod
    def _index_url(cls, value: str) -> str:
        if value and urlsplit(value).scheme not in {"tantivy", "http", "https"}:
            raise ValueError("takes tantivy:///folder or http(s)://host:port")
        return value

    @model_validator(mode="before")
    @classmethod
    def _embedded_defaults(cls, values: Any) -> Any:
        folder = Path(values.get("data_dir") or "data").absolute()
        defaults = {
            "objects_url": f"file://{folder}/inbox",
            "derived_url": f"file://{folder}/derived",
            "index_url": f"tantivy://{folder}/index",
        }
        return {**values, "data_dir": folder, **{name: url for name, url in defaults.items() if not values.get(name)}}

    @model_validator(mode="after")
    def _ended_in_time(self) -> "Settings":
        longest = VISIBILITY_SECONDS - PATIENCE_SECONDS
        for name in ("scan_seconds", "wall_seconds"):
            if not self.embedded and getattr(self.limits, name) > longest:
                raise ValueError(
                    f"{PREFIX}LIMIT_{name.upper()} takes at most {longest:,} with a broker in Redis, which hands out a "
                    "message once more after an hour; split long scans before the upload"
                )
        return self

    def scan_processes(self, workers: int = 0) -> int:
        """Return how many scans may run at once with this many worker processes (0: as the settings say)."""
        size = workers or self.concurrency or os.cpu_count() or 1
        return self.scan_concurrency or max(1, size // 4)

    @cached_property
    def embedded(self) -> bool:
        """Whether the broker lives in this process, so that everything else must too."""
        return urlsplit(self.broker_url).scheme == "memory"


def load(environment: dict[str, str] | None = None) -> Settings:
    """Return the settings of this process.

    Args:
        environment: Instead of the process's own.

    Raises:
        SettingsError: A setting is malformed or unknown; the message names it and what it takes.
    """
    given = read_environment() if environment is None else environment
    values: dict[str, Any] = {"language": choose_language(given)}
    limits: dict[str, str] = {}
    for variable, text in given.items():
        if not variable.startswith(PREFIX) or variable.startswith(OF_TESTS):
            continue
        name = variable.removeprefix(PREFIX).lower()
        secret = name.removesuffix("_file")
        if name != secret and secret in (*SECRETS, PASSWORDS):
            if PREFIX + secret.upper() in given:
                raise SettingsError(f"{variable} and {PREFIX}{secret.upper()} are both set; keep one")
            values[secret] = _secret(variable, text) if secret in SECRETS else _lines(_secret(variable, text))
        elif name.startswith("limit_") and name.removeprefix("limit_") in LimitSettings.model_fields:
            limits[name.removeprefix("limit_")] = text
        elif name == PASSWORDS:
            values[name] = _lines(text)
        elif name in Settings.model_fields and name != "limits":
            values[name] = text
        else:
            raise SettingsError(f"{variable} is no setting; `gongkai doctor --settings` lists them all")
    try:
        return Settings(**values, limits=parse_limits(limits))
    except ValidationError as error:
        raise SettingsError(_explain(error)) from None


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.splitlines() if line)


def _secret(variable: str, path: str) -> str:
    try:
        return Path(path).read_text("utf-8").strip()
    except OSError as error:
        raise SettingsError(f"{variable}: cannot read {path}: {error.strerror}") from error


def _explain(error: ValidationError) -> str:
    lines = []
    for fault in error.errors():
        name = str(fault["loc"][-1]) if fault["loc"] else "settings"
        field = Settings.model_fields.get(name) or LimitSettings.model_fields.get(name)
        variable = PREFIX + ("LIMIT_" if name in LimitSettings.model_fields else "") + name.upper()
        meaning = f" ({field.description})" if field and field.description else ""
        lines.append(f"{variable}{meaning}: {fault['msg']}")
    return "; ".join(lines)
