"""Links of the documents' site, and the reference of the HTTP interface."""

import pytest

from ops.deploy.site.pages import ROOT, http_reference, resolve_links


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("[how](docs/operation.md)", "[how](operation.md)"),
        ("[how](docs/runbook.md#gongkaimemory)", "[how](runbook.md#gongkaimemory)"),
        ("[what changed](CHANGELOG.md)", "[what changed](changes.md)"),
        ("[elsewhere](https://example.com/a.md)", "[elsewhere](https://example.com/a.md)"),
        ("![a page](docs/search-page.png)", "![a page](search-page.png)"),
        ("[the code](workers/pipeline/runner.py)", "the code (`workers/pipeline/runner.py`)"),
        ("[workers/settings.py](workers/settings.py)", "workers/settings.py"),
    ],
)
def test_links_of_the_readme_lead_to_the_sites_pages(written: str, shown: str) -> None:
    assert resolve_links(written, ROOT) == shown


def test_links_of_a_document_start_at_its_folder() -> None:
    written = "[begin](../README.md), [run](operation.md#start), [here](#below)"
    assert resolve_links(written, ROOT / "docs") == "[begin](index.md), [run](operation.md#start), [here](#below)"


def test_every_operation_stands_under_its_tag_once() -> None:
    answers = {"200": {"description": "Fine"}}
    query = {"name": "q", "in": "query", "description": "a | b"}
    description = {
        "info": {"description": "What it is."},
        "tags": [{"name": "search", "description": "Find."}, {"name": "uploads", "description": "Put."}],
        "paths": {
            "/v1/search": {
                "get": {"tags": ["search"], "summary": "Search", "parameters": [query], "responses": answers}
            },
            "/v1/uploads": {"post": {"tags": ["uploads"], "description": "Upload.", "responses": answers}},
        },
    }
    text = "\n".join(http_reference(description))
    assert text.index("## search") < text.index("### GET `/v1/search`") < text.index("## uploads")
    assert text.count("### ") == 2
    assert "| `q` | query | a \\| b |" in text
    assert "Answers: 200 Fine." in text
