"""The settings that reading depends on are the same whether they are looked up alone or with all others."""

import os

import pytest

from schemas.errors import SettingsError
from workers.runtime.reading_rules import load_rules
from workers.settings import load


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("GONGKAI_")]:
        monkeypatch.delenv(name)


@pytest.mark.parametrize(
    "environment",
    [{}, {"GONGKAI_LIMIT_CPU_SECONDS": "7", "GONGKAI_HOLD": "none", "GONGKAI_PASSWORDS": "a\nb"}],
)
def test_rules_are_those_of_the_settings(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    rules, settings = load_rules(), load()
    assert (rules.limits, rules.hold, rules.passwords) == (settings.limits, settings.hold, settings.passwords)


def test_a_wrong_setting_stops_reading_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_NO_SUCH", "1")
    with pytest.raises(SettingsError, match="GONGKAI_NO_SUCH is no setting"):
        load_rules()
