"""What sections treat, held against headings labelled by reading."""

from schemas.articles import Section
from schemas.glossary import ROLES
from tests.support.fact_sets import facts
from workers.extract.outline.roles import with_roles


def role(path: list[str]) -> str | None:
    sections = [Section(depth + 1, tuple(path[: depth + 1]), None, heading, "") for depth, heading in enumerate(path)]
    return with_roles(sections)[-1].role


def test_nine_of_ten_headings_get_the_role_a_reader_gives_them() -> None:
    rows = facts("roles")["rows"]
    wrong = [(path, wanted, role(path)) for path, wanted in rows if role(path) != wanted]
    assert len(rows) >= 60
    assert len(wrong) <= 0.1 * len(rows), wrong


def test_every_role_is_one_of_the_glossary_and_every_one_is_given() -> None:
    given = {role(path) for path, _ in facts("roles")["rows"]} - {None}
    assert given == set(ROLES)
