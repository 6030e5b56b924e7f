"""The lines ``gongkai extract`` prints, and the schema that documents them."""

import json
import os

import jsonschema
import pytest

from schemas.glossary import TERMS
from schemas.lines import SCHEMA_FILE, ExtractLine, json_schema, problem_line, schema_text, to_json
from schemas.outcomes import Category, Problem, Status


def failed(name: str) -> ExtractLine:
    problem = problem_line(Problem("convert", "第一行\n第二行", Category.CORRUPT, page=2))
    return ExtractLine(name, Status.FAILED, Category.CORRUPT, (problem,), 0.1, False, (), ())


def test_the_schema_file_is_current() -> None:
    assert SCHEMA_FILE.read_text("utf-8") == schema_text(), "write it anew with: python -m schemas.lines"


def test_the_schema_is_valid_and_describes_every_field() -> None:
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    for definition in schema["$defs"].values():
        for name, field in definition.get("properties", {}).items():
            assert field.get("description"), name


def test_the_fields_are_the_published_ones_and_called_as_the_field_calls_them() -> None:
    article = json_schema()["$defs"]["ArticleLine"]["properties"]
    assert list(article) == [
        "title", "title_derived", "issuer", "document_number", "signed_on", "published_on", "source", "author",
        "index_number", "co_issuers", "signatory", "addressees", "copied_to", "identifier", "copy_number", "note",
        "release_level", "printed_by", "printed_on", "purchaser", "agent", "secrecy", "urgency", "effective_on",
        "expires_on", "validity", "topic", "genre", "region", "preamble", "text", "sections",
        "statistics", "references", "evidence",
    ]  # fmt: skip
    assert article["document_number"]["title"] == TERMS["document_number"].chinese == "文号"
    line = json_schema()["$defs"]["ExtractLine"]["properties"]
    assert list(line) == [
        "file", "status", "category", "problems", "seconds", "container", "children", "articles",
    ]  # fmt: skip


def test_a_line_is_one_line_and_validates() -> None:
    data = to_json(failed("a.docx"))
    assert data.count(b"\n") == 1
    jsonschema.validate(json.loads(data), json_schema())


@pytest.mark.parametrize("wrong", [{"status": "fine"}, {"seconds": -1}, {"more": 1}, {"children": [{}]}])
def test_the_schema_refuses_what_is_no_line(wrong: dict[str, object]) -> None:
    line = {**json.loads(to_json(failed("a"))), **wrong}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(line, json_schema())


def test_a_file_name_that_is_no_utf8_survives() -> None:
    name = os.fsdecode(b"\xb1\xa8\xb8\xe6.doc")
    data = to_json(failed(name))
    assert os.fsencode(json.loads(data.decode("utf-8"))["file"]) == b"\xb1\xa8\xb8\xe6.doc"
