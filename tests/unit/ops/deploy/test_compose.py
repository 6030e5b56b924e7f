"""``docker-compose.yml`` as far as it can be checked without an engine: schema, variables, build files, secrets, ports.

``compose-spec.json`` is the Compose Specification's own schema (github.com/compose-spec/compose-spec, Apache-2.0).
"""

import json
import os
import re
import subprocess
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from ops.cli.app import COMMANDS
from ops.testservers import minio
from ops.testservers.ik import bundle
from workers.pipeline.stage_names import QUEUES
from workers.settings import PREFIX, load

ROOT = Path(__file__).parents[4]
POLICIES = ROOT / "ops/deploy/policies"
TEXT = (ROOT / "docker-compose.yml").read_text("utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if service["image"] == "gongkai:local"}
SECRET = re.compile(r"PASSWORD|SECRET|TOKEN|ACCESS_KEY|ROOT_USER")
# ${NAME}, ${NAME:?message}, ${NAME:-default}; $$ is a dollar sign.
REFERENCE = re.compile(r"(?<!\$)\$\{(?P<name>\w+)(?P<how>:\?|:-)?(?P<rest>[^}]*)\}")


ACCOUNTS = ("intake", "worker", "sweep", "notify", "api", "bootstrap")
OF_ACCOUNTS = {f"{name.upper()}_SECRET" for name in ACCOUNTS}
ROOTS = {"GONGKAI_S3_ACCESS_KEY", "GONGKAI_S3_SECRET_KEY", "GONGKAI_INDEX_PASSWORD"}


def each_service(where: dict[str, dict[str, Any]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("service", where.values(), ids=where)


def dummy(text: str) -> str:
    return REFERENCE.sub("example", text)


def example() -> dict[str, str]:
    lines = (ROOT / ".env.example").read_text("utf-8").splitlines()
    pairs = (line.split("=", 1) for line in lines if line and not line.startswith("#"))
    return dict(pairs)


def test_the_file_follows_the_compose_specification() -> None:
    schema = json.loads((ROOT / "tests/unit/ops/deploy/compose-spec.json").read_text("utf-8"))
    assert [f"{error.json_path}: {error.message}" for error in Draft7Validator(schema).iter_errors(COMPOSE)] == []


@each_service(OURS)
def test_every_variable_is_a_setting_and_acceptable(service: dict[str, Any]) -> None:
    variables = {name: dummy(str(value)) for name, value in service["environment"].items() if name not in OF_ACCOUNTS}
    assert all(name.startswith(PREFIX) for name in variables)
    assert not load(variables).embedded


@each_service({name: service for name, service in SERVICES.items() if "build" in service})
def test_every_build_file_exists_and_copies_only_what_is_there(service: dict[str, Any]) -> None:
    context = ROOT / service["build"]["context"]
    dockerfile = context / service["build"].get("dockerfile", "Dockerfile")
    copied = re.findall(r"^COPY (?!--from)(?:--\S+ )*(.+) \S+$", dockerfile.read_text("utf-8"), re.MULTILINE)
    assert [name for names in copied for name in names.split() if not (context / name).exists()] == []


@each_service(SERVICES)
def test_secrets_have_no_default(service: dict[str, Any]) -> None:
    given = service.get("environment", {}).items()
    # The name of an account is no secret.
    secrets = {name: value for name, value in given if SECRET.search(name) and value not in ACCOUNTS}
    references = {name: REFERENCE.fullmatch(value) for name, value in secrets.items()}
    open_ones = {name for name, found in references.items() if not found or found["how"] != ":?"}
    # Without a token the webhook is closed, so that one may be empty; but it may not have a default either.
    assert open_ones <= {"GONGKAI_EVENT_TOKEN"}
    assert all(found and (found["how"] == ":?" or not found["rest"]) for found in references.values())


def test_the_example_names_every_variable_and_leaves_secrets_empty() -> None:
    assert set(example()) == {found["name"] for found in REFERENCE.finditer(TEXT)} | {"COMPOSE_PROJECT_NAME"}
    assert {name: value for name, value in example().items() if SECRET.search(name) and value} == {}


def used_by(service: dict[str, Any]) -> set[str]:
    """Return the variables of .env that a service is given."""
    given = service.get("environment", {}).values()
    return {found["name"] for value in given for found in REFERENCE.finditer(str(value))}


def test_the_servers_own_credentials_are_known_to_them_and_to_what_makes_the_accounts() -> None:
    assert {name for name, service in SERVICES.items() if used_by(service) & ROOTS} == {
        "accounts",
        "minio",
        "elasticsearch",
    }
    for name, service in OURS.items():
        if name != "accounts":
            own = {used for used in used_by(service) if used.endswith("_SECRET")}
            account = service["environment"]["GONGKAI_BROKER_USER"]
            assert own == {f"{account.upper()}_SECRET"}, name
            assert {service["environment"][f"GONGKAI_{kind}"] for kind in ("S3_ACCESS_KEY", "INDEX_USER")} == {account}
            assert (POLICIES / f"{account}.json").is_file()
            assert (POLICIES / "elasticsearch" / f"{account}.json").is_file()


def test_redis_starts_with_a_password_for_each_user_of_the_file(tmp_path: Path) -> None:
    redis = SERVICES["redis"]
    script = redis["command"][2].replace("$$", "$").replace("/tmp/", f"{tmp_path}/")
    script = script.replace("/etc/redis.acl", str(POLICIES / "redis.acl")).replace("exec redis-server", "test -s")
    secrets = {name: f"of-{name.lower()}" for name in redis["environment"]}
    subprocess.run(["sh", "-c", script], env={**secrets, "PATH": os.defpath}, check=True)
    users = {line.split()[1]: line.split()[-1] for line in (tmp_path / "users").read_text("utf-8").splitlines()}
    assert users.pop("default") == "-@all"
    assert users == {name: f">of-{name}_secret" for name in ("minio", *ACCOUNTS)}


def test_images_of_others_can_be_pinned_by_digest() -> None:
    for service in SERVICES.values():
        if "build" not in service and service not in OURS.values():
            assert REFERENCE.match(service["image"]), service["image"]
    for dockerfile in (ROOT / "ops/deploy/images").rglob("Dockerfile"):
        bases = re.findall(r"^FROM (\S+)", dockerfile.read_text("utf-8"), re.MULTILINE)
        assert all(base.startswith("${") for base in bases), dockerfile


@each_service(SERVICES)
def test_ports_are_open_to_this_machine_alone(service: dict[str, Any]) -> None:
    assert all(port.startswith("127.0.0.1:") for port in service.get("ports", ()))


@each_service(SERVICES)
def test_volumes_are_named_and_declared(service: dict[str, Any]) -> None:
    assert {volume.split(":")[0] for volume in service.get("volumes", ())} <= set(COMPOSE["volumes"])


@each_service({name: service for name, service in SERVICES.items() if service["restart"] != "no"})
def test_whatever_keeps_running_has_a_health_check(service: dict[str, Any]) -> None:
    assert service["healthcheck"]["test"]


@each_service(OURS)
def test_our_processes_are_unprivileged_and_cannot_write_their_image(service: dict[str, Any]) -> None:
    assert service["user"].split(":")[0] != "0"
    assert service["read_only"]
    assert service["cap_drop"] == ["ALL"]


def test_every_command_is_one_of_the_command_line() -> None:
    called = {service["command"][1] for service in OURS.values() if service["command"][0] == "gongkai"}
    assert called == {"intake", "worker", "sweep", "api", "notify"}
    assert called <= set(COMMANDS)


def test_every_stage_has_exactly_one_kind_of_worker() -> None:
    commands = (service["command"] for service in OURS.values())
    stages = [stage for command in commands if "--stages" in command for stage in command[-1].split(",")]
    assert sorted(stages) == sorted(QUEUES)


def test_events_go_to_the_list_that_intake_reads() -> None:
    environment = SERVICES["minio"]["environment"]
    assert environment["MINIO_NOTIFY_REDIS_KEY_GONGKAI"] == load({}).events_list
    assert environment["MINIO_NOTIFY_REDIS_FORMAT_GONGKAI"] == "access"


def test_images_hold_the_versions_the_tests_run_against() -> None:
    dockerfile = (ROOT / "ops/deploy/images/minio/Dockerfile").read_text("utf-8")
    assert f"{minio.MODULE}\n" in dockerfile
    dockerfile = (ROOT / "ops/deploy/images/elasticsearch/Dockerfile").read_text("utf-8")
    assert f"ARG VERSION={bundle.LINES['8'].version}\n" in dockerfile


def test_files_that_are_handed_in_exist() -> None:
    configs = COMPOSE["configs"]
    assert [config["file"] for config in configs.values() if not (ROOT / config["file"]).is_file()] == []
    used = {each["source"] for service in SERVICES.values() for each in service.get("configs", ())}
    assert used == set(configs)


def test_prometheus_looks_where_numbers_are_shown() -> None:
    jobs = yaml.safe_load((ROOT / "ops/deploy/prometheus/prometheus.yml").read_text("utf-8"))["scrape_configs"]
    targets = {name for job in jobs for group in job.get("dns_sd_configs", ()) for name in group["names"]}
    fixed = {
        target.split(":")[0] for job in jobs for group in job.get("static_configs", ()) for target in group["targets"]
    }
    ours = {name for name, service in OURS.items() if service["command"][0] == "gongkai"}
    assert targets | fixed - {"minio"} == ours
    ports = {group["port"] for job in jobs for group in job.get("dns_sd_configs", ())}
    assert ports == {int(COMPOSE["x-gongkai"]["environment"]["GONGKAI_METRICS_PORT"])}


def test_grafana_has_no_account() -> None:
    environment = SERVICES["grafana"]["environment"]
    assert environment["GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION"] == "true"
    assert environment["GF_AUTH_BASIC_ENABLED"] == "false"
    assert environment["GF_AUTH_DISABLE_LOGIN_FORM"] == "true"


def test_what_watches_is_left_out_unless_it_is_asked_for() -> None:
    profiles = {name: service["profiles"] for name, service in SERVICES.items() if "profiles" in service}
    assert profiles == {"prometheus": ["monitoring"], "grafana": ["monitoring"], "flower": ["flower"]}


def test_flower_opens_the_application_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_BROKER_URL", "redis://redis:6379/0")
    monkeypatch.setenv("GONGKAI_BROKER_PREFIX", "other:")
    command = SERVICES["flower"]["command"]
    app = import_module(command[command.index("-A") + 1]).app
    assert app.conf.broker_transport_options["global_keyprefix"] == "other:"
    assert [queue.name for queue in app.conf.task_queues] == list(QUEUES)
