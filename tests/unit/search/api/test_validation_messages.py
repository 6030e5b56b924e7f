"""Parameters that are refused: said in our words, not in the validator's."""

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from search.http.validation_messages import validation_message


class Asked(BaseModel):
    """A request of every kind of parameter."""

    model_config = ConfigDict(extra="forbid")

    size: int = Field(10, ge=1, le=100)
    name: str = Field("", max_length=3)


@pytest.mark.parametrize(
    ("given", "english", "chinese"),
    [
        ({"size": "x"}, "takes a whole number", "须填整数"),
        ({"size": 0}, "has to be at least 1", "不得小于 1"),
        ({"size": 101}, "has to be at most 100", "不得大于 100"),
        ({"name": "abcd"}, "may have at most 3 characters", "至多 3 个字"),
        ({"sise": 1}, "is not known here; look at its spelling", "不是此处的参数，请检查拼写"),
    ],
)
def test_a_parameter_is_refused_in_our_own_words(given: dict[str, object], english: str, chinese: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Asked.model_validate(given)
    fault = refused.value.errors()[0]
    assert validation_message(fault) == english
    assert validation_message(fault, chinese=True) == chinese
