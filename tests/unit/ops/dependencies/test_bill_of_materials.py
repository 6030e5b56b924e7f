"""The bill of materials follows CycloneDX and names all that is locked; every hash of the lock is in it.

The schemas are those of the specification (github.com/CycloneDX/specification, Apache-2.0).
"""

import json
import re
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator
from referencing import Registry, Resource
from typer.testing import CliRunner

from ops.cli.app import make_app
from ops.dependencies.bill_of_materials import bill_of_materials
from ops.dependencies.licences import LOCK, locked_packages

SCHEMAS = {path.name: json.loads(path.read_text("utf-8")) for path in (Path(__file__).parent / "cyclonedx").iterdir()}
BILL = bill_of_materials()


def faults(bill: dict[str, Any]) -> list[str]:
    registry: Registry[Any] = Registry().with_resources(
        (schema["$id"], Resource.from_contents(schema)) for schema in SCHEMAS.values()
    )
    validator = Draft7Validator(SCHEMAS["bom-1.5.schema.json"], registry=registry)
    return [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(bill)]


def test_it_follows_the_specification() -> None:
    assert faults(BILL) == []
    assert faults({**BILL, "specVersion": 1.5}) != []


def test_it_names_every_locked_package_with_licence_and_hashes() -> None:
    components = {component["name"]: component for component in BILL["components"]}
    assert sorted(components) == locked_packages()
    for component in components.values():
        assert component["licenses"]
        assert component["properties"]


def test_every_package_of_the_locks_is_pinned_with_hashes_and_from_no_address() -> None:
    for lock in (LOCK, LOCK.with_name("requirements-dev.lock")):
        text = lock.read_text("utf-8")
        blocks = re.split(r"\n(?=\S)", text.strip())
        assert all(re.match(r"[\w.-]+==\S+", block) and "--hash=sha256:" in block for block in blocks)
        assert "://" not in text


def test_it_says_what_needs_what() -> None:
    links = {link["ref"].partition("@")[0]: link["dependsOn"] for link in BILL["dependencies"]}
    assert any(one.startswith("pkg:pypi/kombu@") for one in links["pkg:pypi/celery"])


def test_the_same_packages_give_the_same_bill() -> None:
    assert bill_of_materials() == BILL


def test_without_a_lock_it_lists_what_is_installed(tmp_path: Path) -> None:
    bill = bill_of_materials(tmp_path / "none")
    assert {"celery", "redis", "minio", "elasticsearch"} <= {component["name"] for component in bill["components"]}
    assert faults(bill) == []


def test_the_command_prints_it() -> None:
    printed = CliRunner().invoke(make_app(), ["sbom"])
    assert printed.exit_code == 0
    assert json.loads(printed.stdout) == json.loads(json.dumps(BILL))
