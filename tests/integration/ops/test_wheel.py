"""The wheel: built and installed without a network, it holds every file the packages have and its command works."""

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from schemas.environment import environment_with

ROOT = Path(__file__).resolve().parents[3]
PACKAGES = ("schemas", "search", "workers", "ops")
OFFLINE = ("--no-index", "--no-deps", "--quiet", "--disable-pip-version-check")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel, built of a copy of the tree by the build backend that is installed."""
    folder = tmp_path_factory.mktemp("wheel")
    for name in PACKAGES:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder)
    pip = [sys.executable, "-m", "pip", "wheel", ".", "--no-build-isolation", "--wheel-dir", "made", *OFFLINE]
    subprocess.run(pip, cwd=folder, check=True, capture_output=True)
    (made,) = (folder / "made").glob("gongkai-*.whl")
    return made


def test_the_wheel_holds_every_file_of_the_packages_and_no_other(wheel: Path) -> None:
    files = {
        str(path.relative_to(ROOT))
        for name in PACKAGES
        for path in (ROOT / name).rglob("*")
        if path.is_file() and not {"__pycache__"}.intersection(path.parts)
    }
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert files - held == set()
    assert held - files == set()
    assert {"search/static/page.css", "search/templates/document.html", "search/office/assessment/rules.toml"} <= held
    assert any(name.endswith(".lua") for name in held)


def test_the_command_of_an_installed_wheel_works_away_from_the_tree(wheel: Path, tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv"], check=True)
    python = tmp_path / "venv" / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", python, "install", *OFFLINE, wheel]
    subprocess.run(pip, check=True, capture_output=True)
    site = next((tmp_path / "venv" / "lib").glob("python*/site-packages"))
    # What it depends on comes from where the tests run; only the path is added, not the .pth files that lie there.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")

    def run(*words: str | Path) -> str:
        own = {"GONGKAI_DATA_DIR": str(tmp_path / "data"), "PYTHONPATH": "", "PATH": os.environ["PATH"]}
        done = subprocess.run(
            words, cwd=tmp_path, env=environment_with(own), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    gongkai = tmp_path / "venv" / "bin" / "gongkai"
    assert run(python, "-c", "import ops; print(ops.__file__)").strip() == str(site / "ops" / "__init__.py")
    assert run(gongkai, "--version").split()[-1] == "0.1.0"
    (tmp_path / "data" / "inbox").mkdir(parents=True)
    (tmp_path / "data" / "inbox" / "通知.txt").write_text("关于公开的通知\n\n一、总体要求\n各单位按时公开。\n", "utf-8")
    run(gongkai, "run", "--once")
    assert "DOWN" not in run(gongkai, "doctor")
    rendered = (
        "from search.pages.render import _ENVIRONMENT as e; print(len([e.get_template(n) for n in e.list_templates()]))"
    )
    assert int(run(python, "-c", rendered)) > 40
