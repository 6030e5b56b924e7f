"""Hooks of mkdocs: the README as front page, the changes, the reference of the HTTP interface."""

from tempfile import TemporaryDirectory
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from ops.deploy.site.pages import ROOT, http_reference, resolve_links
from ops.maintenance.bootstrap import bootstrap
from ops.processes.api_server import app_of
from ops.system import open_system
from workers.settings import PREFIX, load


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add pages that lie elsewhere or are generated."""
    made = {
        "index.md": resolve_links((ROOT / "README.md").read_text("utf-8"), ROOT),
        "changes.md": resolve_links((ROOT / "CHANGELOG.md").read_text("utf-8"), ROOT),
        "http.md": "\n".join(http_reference(_description())),
    }
    for name, content in made.items():
        files.append(File.generated(config, name, content=content))
    return files


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Replace links that leave the folder by file names."""
    return resolve_links(markdown, ROOT / "docs")


def _description() -> dict[str, Any]:
    """Return the OpenAPI description, as an embedded system in a temporary folder serves it."""
    with (
        TemporaryDirectory(prefix="gongkai-site-") as folder,
        open_system(load({f"{PREFIX}DATA_DIR": folder})) as system,
    ):
        bootstrap(system)
        description: dict[str, Any] = app_of(system).openapi()
    return description
