"""Operations against their own description, with keys of each scope: whatever is sent, they answer as they say."""

import tempfile
from collections.abc import Iterator
from dataclasses import replace

import pytest
import schemathesis

from ops.adapters.access_keys import KeyStore
from ops.maintenance.bootstrap import bootstrap
from ops.processes.api_server import app_of
from ops.system import System, open_system
from schemas.access import Scope
from schemas.outcomes import Category, Problem, State
from schemas.records import DocumentRecord, document_id
from search.http.access_keys import make_key
from tests.support.fuzz import NOT_DESCRIBED, drawn_alike
from workers.settings import load

EXAMPLES = 15
START = "/v1/operations"
FOLDER = tempfile.TemporaryDirectory(prefix="gongkai-fuzz-")
# Requests come faster than any person's; what the limits answer has tests of its own.
OPENED = open_system(load({"GONGKAI_DATA_DIR": FOLDER.name, "GONGKAI_REQUEST_RATE": "0"}))
SYSTEM: System = replace(OPENED.__enter__(), working=True)
SCHEMA = schemathesis.openapi.from_asgi("/openapi.json", app_of(SYSTEM)).include(path_regex=f"^{START}")


@pytest.fixture(scope="module")
def sent() -> Iterator[dict[str, dict[str, str]]]:
    """Headers by scope, over a system with failed and held documents."""
    bootstrap(SYSTEM)
    for n, state in enumerate((State.FAILED, State.PARTIAL, State.HELD) * 5):
        problem = Problem("extract", f"page {n} is cut off", Category.CORRUPT, lossy=state is State.PARTIAL)
        key = f"甲/{n}.pdf"
        SYSTEM.context.index.replace(DocumentRecord(document_id(key), key, "e", state, problems=(problem,)), [])
    headers = {}
    for scope in Scope:
        secret, key = make_key(scope, [scope])
        KeyStore(SYSTEM.context.derived).add(key)
        headers[scope.value] = {"Authorization": f"Bearer {secret}"}
    yield headers
    OPENED.__exit__(None, None, None)
    FOLDER.cleanup()


@SCHEMA.parametrize()
@drawn_alike(EXAMPLES)
def test_every_answer_is_one_the_description_promises(case: schemathesis.Case, sent: dict[str, dict[str, str]]) -> None:
    for name, drawn in (case.path_parameters or {}).items():
        if sum(str(drawn).encode("utf-8", "replace")) % 4:
            case.path_parameters[name] = document_id("甲/0.pdf")
    for scope, headers in sent.items():
        answer = case.call_and_validate(headers=headers, excluded_checks=NOT_DESCRIBED)
        assert scope == Scope.OPERATE or answer.status_code >= 400
