"""Settings: the embedded defaults, and what a malformed one says."""

from pathlib import Path

import pytest

from schemas.errors import SettingsError
from workers.settings import load


def test_without_any_setting_everything_lies_in_one_folder(tmp_path: Path) -> None:
    settings = load({"GONGKAI_DATA_DIR": str(tmp_path)})
    assert settings.embedded
    assert settings.objects_url == f"file://{tmp_path}/inbox"
    assert settings.index_url == f"tantivy://{tmp_path}/index"


def test_a_secret_may_come_from_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "key"
    secret.write_text("hidden\n")
    settings = load({"GONGKAI_S3_SECRET_KEY_FILE": str(secret)})
    assert settings.s3_secret_key == "hidden"
    assert "hidden" not in repr(settings)


@pytest.mark.parametrize(
    ("variable", "value", "complaint"),
    [
        ("GONGKAI_OBJECTS_URL", "ftp://x", "takes file:///folder"),
        ("GONGKAI_BROKER_URL", "amqp://x", "takes memory://"),
        ("GONGKAI_INDEX_URL", "sqlite://x", "takes tantivy:///folder"),
        ("GONGKAI_API_PORT", "many", "port the API listens on"),
        ("GONGKAI_LIMIT_CPU_SECONDS", "0", "CPU time"),
        ("GONGKAI_HOLD", "identity_card,everything", "takes none or some of identity_card"),
        ("GONGKAI_HOLD", "", "takes none or some of"),
        ("GONGKAI_SWEEP_SECONDS", "inf", "GONGKAI_SWEEP_SECONDS"),
        ("GONGKAI_NOTIFY_SECONDS", "nan", "GONGKAI_NOTIFY_SECONDS"),
        ("GONGKAI_SWEEP_SECONDS", "1e9", "GONGKAI_SWEEP_SECONDS"),
        ("GONGKAI_CONCURRENCY", "1000000", "GONGKAI_CONCURRENCY"),
        ("GONGKAI_LIMIT_NESTING_DEPTH", "100000", "GONGKAI_LIMIT_NESTING_DEPTH"),
        ("GONGKAI_LIMIT_MEMORY_BYTES", "9" * 30, "GONGKAI_LIMIT_MEMORY_BYTES"),
        ("GONGKAI_PROXIES", "10.0.0.0/8,everything", "GONGKAI_PROXIES"),
        ("GONGKAI_OBJECTS_URL", "s3://key:geheim@host:9000/bucket", "GONGKAI_S3_SECRET_KEY"),
        ("GONGKAI_INDEX_URL", "http://elastic:geheim@host:9200", "GONGKAI_INDEX_PASSWORD"),
        ("GONGKAI_BROKER_URL", "redis://:geheim@host/0", "GONGKAI_BROKER_PASSWORD"),
        ("GONGKAI_OTEL_ENDPOINT", "http://me:geheim@host", "OTEL_EXPORTER_OTLP_HEADERS"),
        ("GONGKAI_PUBLIC_URL", "https://me:geheim@host", "holds a password"),
        ("GONGKAI_SWEEP_SECONDZ", "5", "is no setting"),
        ("GONGKAI_S3_SECRET_KEY_FILE", "/nowhere/to/be/found", "cannot read"),
    ],
)
def test_a_malformed_setting_stops_the_start_and_says_what_it_takes(variable: str, value: str, complaint: str) -> None:
    with pytest.raises(SettingsError, match=complaint) as caught:
        load({variable: value})
    assert variable in str(caught.value)


@pytest.mark.parametrize("name", ["GONGKAI_LIMIT_SCAN_SECONDS", "GONGKAI_LIMIT_WALL_SECONDS"])
def test_a_task_may_not_take_longer_than_redis_keeps_its_message_for_one_worker(name: str) -> None:
    with pytest.raises(SettingsError, match=f"{name} takes at most 3,000"):
        load({name: "3001", "GONGKAI_BROKER_URL": "redis://localhost:6379/0"})
    assert load({name: "3000", "GONGKAI_BROKER_URL": "redis://localhost:6379/0"})
    assert load({name: "9000"}), "the embedded broker hands out a message once"
