"""A library of a few documents behind the HTTP application, some of them hostile."""

from collections.abc import Iterator

import pytest

from schemas.outcomes import Category, State
from schemas.records import document_id
from tests.support.http_application import World, make_world
from tests.support.indexes import address, index
from tests.support.library import FAILED_PROBLEM, HELD_PROBLEM, HOSTILE, PARTIAL_PROBLEM

__all__ = ["address", "index"]


@pytest.fixture
def world() -> Iterator[World]:
    made = make_world()
    made.add("2011/残联/总结.docx")
    made.add("2012/水利局/年报.docx", title="某市水利局2012年政府信息公开年度报告", issuer="某市水利局", year=2012,
             signed_on="2012-03", document_number="水办发〔2012〕7号")  # fmt: skip
    made.add("bad/xss.html", title=HOSTILE, issuer=f'"><b>{HOSTILE}', format="html", year=2013)
    made.add("bad/part.pdf", state=State.PARTIAL, problems=(PARTIAL_PROBLEM,), format="pdf")
    made.add("bad/locked.pdf", state=State.FAILED, problems=(FAILED_PROBLEM,), category=Category.ENCRYPTED)
    made.add("bad/held.docx", state=State.HELD, problems=(HELD_PROBLEM,), title="名单")
    yield made
    made.client.close()


@pytest.fixture
def first() -> str:
    return document_id("2011/残联/总结.docx")
