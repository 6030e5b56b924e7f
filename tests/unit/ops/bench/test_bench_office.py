"""The benchmark of the office asks about documents that have what it asks for."""

from ops.bench.office import embedded_index, measure_office, office_questions


def test_every_question_has_an_answer_among_the_made_documents() -> None:
    told: list[int] = []
    with embedded_index(4000, tell=told.append) as index:
        found = {one.question: one for one in measure_office(index, office_questions())}
    assert sum(told) == 4000
    assert all(one.answers for one in found.values()), found
    # A year's documents, and the units of a month with what bears no unit's name.
    assert found["deadlines of a year"].answers > 250
    assert 10 < found["assessment of a month"].answers <= 201
