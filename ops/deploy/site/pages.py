"""Prepares pages of the documentation site: resolves links and writes the reference of the HTTP interface."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]
LINK = re.compile(r"\[([^\]]*)\]\(([^)\s]+)\)")
ALIASES = {"README.md": "index.md", "CHANGELOG.md": "changes.md"}
METHODS = ("get", "post", "put", "patch", "delete")


def resolve_links(markdown: str, folder: Path) -> str:
    """Return the text with links for the site; files of the repository are named, not linked.

    Args:
        markdown: The text.
        folder: Folder of the page, to which its links are relative.
    """

    def link(found: re.Match[str]) -> str:
        shown, target = found.groups()
        path, _, anchor = target.partition("#")
        if ":" in target or not path or (not (folder / path).exists() and path in ALIASES.values()):
            return found[0]
        place = (folder / path).resolve().relative_to(ROOT)
        inside = ALIASES.get(place.as_posix()) or (place.name if place.parts[0] == "docs" else None)
        if inside is None:
            return shown if shown.strip("`") == place.as_posix() else f"{shown} (`{place}`)"
        return f"[{shown}]({inside}{'#' + anchor if anchor else ''})"

    return LINK.sub(link, markdown)


def http_reference(description: dict[str, Any]) -> Iterator[str]:
    """Yield the lines of the reference: each operation under its tag, with parameters and answers.

    Args:
        description: As ``/openapi.json`` has it (OpenAPI 3.1).
    """
    yield f"# HTTP\n\n{description['info']['description']}"
    for tag in description["tags"]:
        yield f"\n## {tag['name']}\n\n{tag['description']}"
        for path, operations in description["paths"].items():
            for method in METHODS:
                operation = operations.get(method)
                if operation and tag["name"] in operation.get("tags", ()):
                    yield from _operation(method, path, operation)


def _operation(method: str, path: str, operation: dict[str, Any]) -> Iterator[str]:
    yield f"\n### {method.upper()} `{path}`\n\n{operation.get('description') or operation.get('summary', '')}\n"
    parameters = operation.get("parameters", ())
    if parameters:
        yield "| parameter | in | meaning |\n|---|---|---|"
    for one in parameters:
        meaning = " ".join(str(one.get("description", "")).split()).replace("|", "\\|")
        yield f"| `{one['name']}` | {one['in']} | {meaning} |"
    answers = ", ".join(f"{code} {answer['description']}" for code, answer in operation["responses"].items())
    yield f"\nAnswers: {answers}."
