"""Documents are sent again only when they have changed."""

import pytest

from tests.support.http_application import World


@pytest.mark.parametrize("rest", ["", "/original"])
def test_who_has_the_current_version_is_told_so(world: World, first: str, rest: str) -> None:
    path = f"/v1/documents/{first}{rest}"
    tag = world.client.get(path).headers["etag"]
    for given in (tag, f'"other", {tag}', tag.removeprefix("W/"), "*"):
        again = world.client.get(path, headers={"If-None-Match": given})
        assert (again.status_code, again.content) == (304, b""), given
        assert again.headers["etag"] == tag
    assert world.client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_document_that_was_processed_anew_has_another_tag(world: World, first: str) -> None:
    path = f"/v1/documents/{first}"
    before = world.client.get(path).headers["etag"]
    world.index.change(first, indexed_at=1_800_000_000.0)
    answer = world.client.get(path, headers={"If-None-Match": before})
    assert answer.status_code == 200
    assert answer.headers["etag"] != before


def test_no_tag_lets_anybody_learn_of_a_held_document(world: World) -> None:
    for record in world.index.records():
        if record.state.value == "held":
            answer = world.client.get(f"/v1/documents/{record.id}", headers={"If-None-Match": "*"})
            assert answer.status_code == 403
            assert "etag" not in answer.headers
