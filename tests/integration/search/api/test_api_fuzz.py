"""The interface against its own description: whatever is sent, it answers as it says, and never with a defect.

The requests are drawn from the description, always the same ones, so that a failure is one for everybody. They go to a
real index: what is typed into a search is nobody's error.
"""

from collections.abc import Iterator
from dataclasses import replace

import pytest
import schemathesis

from schemas.access import Scope
from search.open import open_index
from tests.support.fuzz import NOT_DESCRIBED, drawn_alike
from tests.support.http_application import make_world

EXAMPLES = 30
ASKED = {"name": "新文件", "query": {"q": "公开"}}


WORLD = make_world()
SENT = WORLD.sent(*Scope)
SCHEMA = schemathesis.openapi.from_asgi("/openapi.json", WORLD.client.app)


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, list[str]]]:
    """What there is, for the parameters of paths: of names drawn at random there is nothing."""
    index = open_index(f"tantivy://{tmp_path_factory.mktemp('fuzz')}/index", prefix="fuzz")
    index.bootstrap()
    app = WORLD.client.app
    app.state.services = replace(app.state.services, index=index)
    WORLD.index = index
    documents = [WORLD.add(f"{number}.docx") for number in range(5)]
    index.refresh()
    post = WORLD.client.post
    saved = [post("/v1/saved-searches", json=ASKED, headers=SENT).json()["id"] for _ in range(40)]
    batch = post("/v1/uploads", params={"key": "a.txt"}, content=b"a", headers=SENT).json()["batch"]
    yield {"/v1/documents": documents, "/v1/saved-searches": saved, "/v1/uploads": [batch]}
    index.close()


@SCHEMA.parametrize()
@drawn_alike(EXAMPLES)
def test_every_answer_is_one_the_description_promises(case: schemathesis.Case, there: dict[str, list[str]]) -> None:
    known = next((names for start, names in there.items() if case.path.startswith(start)), [])
    for name, drawn in (case.path_parameters or {}).items():
        # Always the same choice for the same draw; every fourth stays as drawn.
        number = sum(str(drawn).encode("utf-8", "replace"))
        if number % 4 and known:
            case.path_parameters[name] = known[number % len(known)]
    case.call_and_validate(headers=SENT, excluded_checks=NOT_DESCRIBED)
