"""Rules, dashboard and runbook fit together: every expression reads numbers we show, every alert has its entry."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from ops.cli.app import COMMANDS
from ops.monitoring.gauges import GAUGES
from ops.monitoring.prometheus import PREFIX
from tests.support.metric_names import RECORDED, ROOT, RULES, rules, unknown
from workers.settings import Settings
from workers.telemetry.definitions import FAMILIES

RUNBOOK = (ROOT / "docs/runbook.md").read_text("utf-8")
DASHBOARD: dict[str, Any] = json.loads((ROOT / "ops/deploy/grafana/gongkai.json").read_text("utf-8"))


ALERTS = {rule["alert"]: rule for rule in rules("alerts.yml")}
QUERIES = [target["expr"] for panel in DASHBOARD["panels"] for target in panel.get("targets", ())]


def run(*command: str | Path) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_rules_hold_for_promtool(promtool: Path) -> None:
    assert "SUCCESS" in run(promtool, "check", "rules", RULES / "recording.yml", RULES / "alerts.yml")


def test_every_alert_fires_on_its_story_and_is_silent_on_a_quiet_day(promtool: Path) -> None:
    assert "SUCCESS" in run(promtool, "test", "rules", RULES / "tests.yml")


def test_every_alert_has_a_story_and_a_quiet_day() -> None:
    *stories, quiet = yaml.safe_load((RULES / "tests.yml").read_text("utf-8"))["tests"]
    assert [story["name"] for story in stories] == list(ALERTS)
    assert all(case["exp_alerts"] for story in stories for case in story["alert_rule_test"])
    assert [case["alertname"] for case in quiet["alert_rule_test"]] == list(ALERTS)


def test_prometheus_takes_its_configuration(promtool: Path) -> None:
    run(promtool, "check", "config", "--syntax-only", RULES / "prometheus.yml")


@pytest.mark.parametrize(
    "rule", [*rules("recording.yml"), *rules("alerts.yml")], ids=lambda rule: next(iter(rule.values()))
)
def test_rules_read_only_numbers_that_are_shown(rule: dict[str, str]) -> None:
    assert unknown(rule["expr"]) == set()


def test_the_dashboard_reads_only_numbers_that_are_shown() -> None:
    assert len(QUERIES) > 30
    assert {query: unknown(query) for query in QUERIES if unknown(query)} == {}


def test_every_expression_of_the_dashboard_can_be_evaluated(promtool: Path, tmp_path: Path) -> None:
    annotations = [one["expr"] for one in DASHBOARD["annotations"]["list"]]
    group = [{"record": f"panel:{n}", "expr": expr} for n, expr in enumerate([*QUERIES, *annotations])]
    (tmp_path / "panels.yml").write_text(yaml.safe_dump({"groups": [{"name": "panels", "rules": group}]}), "utf-8")
    run(promtool, "check", "rules", tmp_path / "panels.yml")


def test_the_dashboard_shows_every_number_that_is_counted() -> None:
    texts = " ".join([*QUERIES, *RECORDED.values()])
    assert [name for name in {**FAMILIES, **GAUGES} if f"{PREFIX}{name}" not in texts] == []


def test_panels_have_titles_of_their_own_and_do_not_overlap() -> None:
    panels = DASHBOARD["panels"]
    assert len({panel["title"] for panel in panels}) == len(panels) == len({panel["id"] for panel in panels})
    cells = [
        (x, y)
        for place in (panel["gridPos"] for panel in panels)
        for x in range(place["x"], place["x"] + place["w"])
        for y in range(place["y"], place["y"] + place["h"])
    ]
    assert len(cells) == len(set(cells))
    assert max(x for x, _ in cells) < 24


def test_every_alert_has_its_entry_in_the_runbook_and_every_entry_its_alert() -> None:
    entries = re.findall(r"^## (Gongkai\w+)$", RUNBOOK, re.MULTILINE)
    assert entries == list(ALERTS)
    for name, alert in ALERTS.items():
        assert alert["annotations"]["runbook"] == f"docs/runbook.md#{name.lower()}"  # type: ignore[index]


def test_every_entry_says_what_it_means_how_to_look_and_what_to_do() -> None:
    for entry in RUNBOOK.split("\n## ")[1:]:
        assert re.findall(r"^\*\*(\w+):\*\*", entry, re.MULTILINE) == ["Means", "Look", "Do"], entry.split("\n")[0]


def test_the_runbook_names_only_commands_and_settings_that_exist() -> None:
    named = set(re.findall(r"`gongkai (\w+)", RUNBOOK))
    assert named <= set(COMMANDS), named - set(COMMANDS)
    settings = set(re.findall(r"`GONGKAI_(\w+?)(?:=\w+)?`", RUNBOOK)) - {"LIMIT_"}
    assert {name.lower() for name in settings} <= set(Settings.model_fields)
    links = re.findall(r"\]\(#(\w+)\)", RUNBOOK)
    assert set(links) <= {name.lower() for name in ALERTS}
