"""The manifests, put together as kustomize does it, against the schemas of Kubernetes, and against what we run.

The overlay's own means are few on purpose (resources, namespace, images, JSON patches): they can be followed here.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml
from jsonschema import Draft7Validator

from ops.cli.app import COMMANDS
from tests.support.metric_names import unknown
from workers.pipeline.stage_names import QUEUES
from workers.settings import PREFIX, SECRETS, load

ROOT = Path(__file__).parents[4] / "ops/deploy/kubernetes"
VERSIONS = ("1.31", "1.33", "1.36")
OVERLAYS = sorted(path.parent for path in (ROOT / "overlays").glob("*/kustomization.yaml"))
# As far as it is used here; KEDA's own definition is part of its installation (keda.sh/v1alpha1, ScaledObject).
SCALED_OBJECT = {
    "type": "object",
    "required": ["scaleTargetRef", "triggers"],
    "additionalProperties": False,
    "properties": {
        "scaleTargetRef": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}},
        "minReplicaCount": {"type": "integer", "minimum": 1},
        "maxReplicaCount": {"type": "integer", "minimum": 2},
        "pollingInterval": {"type": "integer"},
        "cooldownPeriod": {"type": "integer"},
        "advanced": {"type": "object"},
        "fallback": {
            "type": "object",
            "required": ["failureThreshold", "replicas"],
            "additionalProperties": {"type": "integer"},
        },
        "triggers": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["type", "metadata"],
                "properties": {
                    "type": {"const": "prometheus"},
                    "metadata": {
                        "type": "object",
                        "required": ["serverAddress", "query", "threshold"],
                        "additionalProperties": {"type": "string"},
                    },
                },
            },
        },
    },
}


def built(folder: Path) -> list[dict[str, Any]]:
    """Return what `kubectl kustomize` makes of a folder."""
    file = yaml.safe_load((folder / "kustomization.yaml").read_text("utf-8"))
    assert set(file) <= {"apiVersion", "kind", "resources", "namespace", "images", "patches"}
    found: list[dict[str, Any]] = []
    for name in file["resources"]:
        path = folder / name
        found += built(path) if path.is_dir() else list(yaml.safe_load_all(path.read_text("utf-8")))
    for patch in file.get("patches", ()):
        targets = [one for one in found if (one["kind"], one["metadata"]["name"]) == tuple(patch["target"].values())]
        assert len(targets) == 1, patch["target"]
        for step in yaml.safe_load(patch["patch"]):
            change(targets[0], step)
    images = {image["name"]: f"{image['newName']}:{image['newTag']}" for image in file.get("images", ())}
    for container in containers(found):
        container["image"] = images.get(container["image"], container["image"])
    for one in found:
        if "namespace" in file and one["kind"] != "Namespace":
            one["metadata"]["namespace"] = file["namespace"]
    return found


def change(manifest: dict[str, Any], step: dict[str, Any]) -> None:
    """Apply one step of a JSON patch (RFC 6902: add and replace of members)."""
    *way, last = step["path"].strip("/").split("/")
    place = manifest
    for name in way:
        place = place[name]
    assert (last in place) is (step["op"] == "replace"), step["path"]
    place[last] = step["value"]


def pods(manifests: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return the pod of each deployment and job, by name."""
    return {
        one["metadata"]["name"]: one["spec"]["template"]["spec"]
        for one in manifests
        if one["kind"] in {"Deployment", "Job"}
    }


def containers(manifests: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for pod in pods(manifests).values():
        yield from pod["containers"]


BASE = built(ROOT / "base")
PODS = pods(BASE)
DEPLOYMENTS = {one["metadata"]["name"]: one for one in BASE if one["kind"] == "Deployment"}
SETTINGS: dict[str, str] = next(one for one in BASE if one["kind"] == "ConfigMap")["data"]


def of_kind(kind: str) -> list[dict[str, Any]]:
    return [one for one in BASE if one["kind"] == kind]


def each_pod() -> pytest.MarkDecorator:
    return pytest.mark.parametrize("pod", PODS.values(), ids=PODS)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("folder", OVERLAYS, ids=lambda path: path.name)
def test_everything_follows_the_schemas_of_kubernetes(folder: Path, version: str) -> None:
    for manifest in built(folder):
        if manifest["kind"] != "ScaledObject":
            kubernetes_validate.validate(manifest, version, strict=True)


def test_every_file_is_named_by_its_kustomization() -> None:
    for file in ROOT.rglob("kustomization.yaml"):
        named = {name for name in yaml.safe_load(file.read_text("utf-8"))["resources"] if name.endswith(".yaml")}
        assert named == {path.name for path in file.parent.glob("*.yaml")} - {"kustomization.yaml"}


@pytest.mark.parametrize("folder", OVERLAYS, ids=lambda path: path.name)
def test_an_overlay_names_a_real_image_and_one_namespace(folder: Path) -> None:
    manifests = built(folder)
    assert all(re.fullmatch(r"[\w./-]+:\d[\w.]*", container["image"]) for container in containers(manifests))
    (namespace,) = {one["metadata"].get("namespace") for one in manifests if one["kind"] != "Namespace"}
    assert namespace in {one["metadata"]["name"] for one in manifests if one["kind"] == "Namespace"}


@pytest.mark.parametrize("manifest", of_kind("ScaledObject"), ids=lambda one: one["metadata"]["name"])
def test_workers_scale_on_the_age_of_the_oldest_message(manifest: dict[str, Any]) -> None:
    spec = manifest["spec"]
    assert [error.message for error in Draft7Validator(SCALED_OBJECT).iter_errors(spec)] == []
    assert spec["scaleTargetRef"]["name"] in DEPLOYMENTS
    for trigger in spec["triggers"]:
        assert "oldest" in trigger["metadata"]["query"]
        assert unknown(trigger["metadata"]["query"]) == set()


@each_pod()
def test_pods_are_unprivileged_and_cannot_write_their_image(pod: dict[str, Any]) -> None:
    security = pod["securityContext"]
    assert security["runAsNonRoot"] is True
    assert security["runAsUser"] > 0
    assert security["seccompProfile"] == {"type": "RuntimeDefault"}
    assert pod["automountServiceAccountToken"] is False
    assert not any(pod.get(name) for name in ("hostNetwork", "hostPID", "hostIPC"))
    for container in pod["containers"]:
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }


@each_pod()
def test_pods_have_bounds_and_room_for_temporary_files(pod: dict[str, Any]) -> None:
    for container in pod["containers"]:
        assert container["resources"]["limits"]["memory"]
        assert container["resources"]["requests"]["cpu"]
        assert {"name": "tmp", "mountPath": "/tmp"} in container["volumeMounts"]
    assert all("hostPath" not in volume for volume in pod["volumes"])
    assert all(volume["emptyDir"]["sizeLimit"] for volume in pod["volumes"] if "emptyDir" in volume)


def test_a_worker_has_memory_for_what_its_conversions_may_use() -> None:
    (container,) = PODS["worker"]["containers"]
    processes = int(container["args"][container["args"].index("--concurrency") + 1])
    allowed = int(container["resources"]["limits"]["memory"].removesuffix("Gi")) << 30
    assert allowed >= processes * (load({}).limits.memory_bytes + 350_000_000)


@pytest.mark.parametrize("deployment", DEPLOYMENTS.values(), ids=DEPLOYMENTS)
def test_whatever_keeps_running_is_probed_at_a_port_it_has(deployment: dict[str, Any]) -> None:
    (container,) = deployment["spec"]["template"]["spec"]["containers"]
    ports = {port["name"]: port["containerPort"] for port in container["ports"]}
    for probe in ("livenessProbe", "startupProbe"):
        (way,) = (container[probe][name] for name in ("httpGet", "tcpSocket") if name in container[probe])
        assert way["port"] in ports
    assert ports["numbers"] == int(SETTINGS["GONGKAI_METRICS_PORT"])


def test_every_process_that_may_not_be_missed_has_a_disruption_budget() -> None:
    budgets = {
        one["spec"]["selector"]["matchLabels"]["app.kubernetes.io/component"] for one in of_kind("PodDisruptionBudget")
    }
    assert budgets == {"worker", "indexer", "intake", "api"}


def test_selectors_find_the_pods_they_mean() -> None:
    labels = [one["spec"]["template"]["metadata"]["labels"] for one in DEPLOYMENTS.values()]
    wanted = [
        one["spec"]["selector"]["matchLabels"] for one in (*of_kind("PodDisruptionBudget"), *DEPLOYMENTS.values())
    ]
    wanted += [one["spec"]["selector"] for one in of_kind("Service")]
    wanted += [one["spec"]["podSelector"].get("matchLabels", {}) for one in of_kind("NetworkPolicy")]
    for selector in wanted:
        assert any(selector.items() <= found.items() for found in labels), selector


def test_nothing_talks_to_anything_but_what_is_allowed() -> None:
    policies = {one["metadata"]["name"]: one["spec"] for one in of_kind("NetworkPolicy")}
    assert policies["nothing"] == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    allowed = {
        rule["port"]
        for name, policy in policies.items()
        for way in (*policy.get("egress", ()), *policy.get("ingress", ()))
        for rule in way["ports"]
        if name != "to-webhooks"
    }
    servers = {int(re.search(r":(\d+)", url)[1]) for name, url in SETTINGS.items() if name.endswith("_URL")}  # type: ignore[index]
    assert allowed == servers | {53, 8080, int(SETTINGS["GONGKAI_METRICS_PORT"])}
    private = set(policies["to-webhooks"]["egress"][0]["to"][0]["ipBlock"]["except"])
    assert {"10.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"} <= private


def test_every_variable_is_a_setting_servers_are_reached_over_tls_and_secrets_are_files(tmp_path: Path) -> None:
    assert all(name.startswith(PREFIX) for name in SETTINGS)
    files = {name: path for name, path in SETTINGS.items() if name.endswith("_FILE")}
    (tmp_path / "secret").write_text("x", "utf-8")
    settings = load({**SETTINGS, **dict.fromkeys(files, str(tmp_path / "secret"))})
    assert not settings.embedded
    for url in (settings.objects_url, settings.derived_url, settings.broker_url, settings.index_url):
        assert url.split(":")[0] in {"s3+https", "rediss", "https"}
    mounted = {mount["mountPath"] for pod in PODS.values() for mount in pod["containers"][0]["volumeMounts"]}
    assert {str(Path(path).parent) for path in files.values()} <= mounted
    assert not {name.removeprefix(PREFIX).lower() for name in SETTINGS} & set(SECRETS)


def test_each_process_has_an_account_and_a_secret_of_its_own() -> None:
    accounts = {"scanner": "worker", "indexer": "worker"}
    for name, pod in PODS.items():
        expected = accounts.get(name, name)
        (secret,) = [volume["secret"]["secretName"] for volume in pod["volumes"] if "secret" in volume]
        users = {one["name"]: one["value"] for one in pod["containers"][0]["env"]}
        assert secret == f"gongkai-{expected}"
        assert users == {"GONGKAI_BROKER_USER": expected, "GONGKAI_INDEX_USER": expected}


def test_no_secret_is_in_any_file() -> None:
    assert of_kind("Secret") == []
    for folder in OVERLAYS:
        assert [one for one in built(folder) if one["kind"] == "Secret"] == []


def test_every_command_is_one_of_the_command_line_and_every_stage_has_a_worker() -> None:
    commands = [container["args"] for container in containers(BASE)]
    assert all(command[0] == "gongkai" and command[1] in COMMANDS for command in commands)
    stages = [
        stage
        for command in commands
        if "--stages" in command
        for stage in command[command.index("--stages") + 1].split(",")
    ]
    assert sorted(stages) == sorted(QUEUES)
