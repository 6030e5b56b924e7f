"""No secret has a default, each can be a file, and none is shown or logged."""

import re
from pathlib import Path

import pytest

from ops.maintenance.diagnosis.doctor import hide, list_settings
from schemas.errors import SettingsError
from workers.settings import PASSWORDS, PREFIX, SECRETS, Settings, load

ROOT = Path(__file__).parents[4]
HIDDEN = (*SECRETS, PASSWORDS)
# A password, key or token with a value of its own, in code or configuration.
LITERAL = re.compile(
    r"""(?i)\b[\w-]*(?:password|secret|token|access_key)[\w-]*["']?\s*[:=]\s*["']?(?!0x)([\w/+-]{8,})(?![\w(.])"""
)
INNOCENT = re.compile(r"(?i)^(set|str|none|field|settings|required|optional|self|given|values|os|environment)")


def variable(name: str) -> str:
    return f"{PREFIX}{name.upper()}"


@pytest.mark.parametrize("name", HIDDEN)
def test_no_secret_has_a_default_and_none_is_in_a_representation(name: str) -> None:
    field = Settings.model_fields[name]
    assert not field.default
    assert field.repr is False
    assert "s3cret-value" not in repr(load({variable(name): "s3cret-value"}))


def test_every_hidden_setting_is_a_secret_that_can_be_a_file() -> None:
    assert {name for name, field in Settings.model_fields.items() if field.repr is False} == set(HIDDEN)


@pytest.mark.parametrize("name", HIDDEN)
def test_a_secret_is_read_from_a_file_and_its_line_end_is_none_of_it(name: str, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("s3cret value\n", "utf-8")
    found = getattr(load({f"{variable(name)}_FILE": str(tmp_path / "secret")}), name)
    assert found == (("s3cret value",) if name == PASSWORDS else "s3cret value")


@pytest.mark.parametrize("name", HIDDEN)
def test_a_secret_given_twice_stops_the_start_and_is_not_told(name: str, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("from the file", "utf-8")
    both = {variable(name): "s3cret-value", f"{variable(name)}_FILE": str(tmp_path / "secret")}
    with pytest.raises(SettingsError, match=f"{variable(name)}_FILE and {variable(name)} are both set") as caught:
        load(both)
    assert "s3cret" not in str(caught.value)


def test_a_secret_whose_file_is_missing_stops_the_start() -> None:
    with pytest.raises(SettingsError, match="GONGKAI_INDEX_PASSWORD_FILE: cannot read /nowhere/secret"):
        load({"GONGKAI_INDEX_PASSWORD_FILE": "/nowhere/secret"})


def test_the_list_of_settings_hides_secrets_and_passwords_in_addresses() -> None:
    given = {variable(name): "s3cret-value" for name in HIDDEN} | {
        "GONGKAI_BROKER_URL": "redis://:s3cret-value@redis/0"
    }
    assert "s3cret" not in str(list_settings(given))
    assert hide("https://elastic:s3cret-value@es:9200") == "https://elastic:***@es:9200"


def test_a_malformed_secret_is_named_and_not_told() -> None:
    with pytest.raises(SettingsError) as caught:
        load({"GONGKAI_BROKER_URL": "http://:s3cret-value@redis/0"})
    assert "s3cret" not in str(caught.value)


def test_no_file_of_the_product_holds_a_secret() -> None:
    files = [
        path
        for pattern in ("*.yml", "*.yaml", "*.json", "*.env*", "*.conf", "*.py", "Dockerfile*", "*.md")
        for top in ("docker-compose.yml", ".env.example", "ops", "schemas", "search", "workers", "docs", "README.md")
        for path in ([ROOT / top] if (ROOT / top).is_file() else (ROOT / top).rglob(pattern))
        if path.is_file() and "/samples/" not in path.as_posix()
    ]
    assert len(files) > 100
    found = {
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in set(files)
        for line in path.read_text("utf-8").splitlines()
        for match in [LITERAL.search(line)]
        if match and re.search(r"\d", match[1]) and not INNOCENT.match(match[1]) and "GONGKAI" not in match[0]
    }
    assert found == set()
