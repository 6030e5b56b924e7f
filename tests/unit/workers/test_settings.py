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
