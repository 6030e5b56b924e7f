"""What is wrong with a parameter, in our own words: for programs in English, for the page of an error in Chinese.

The validator's kinds of errors are those of pydantic (https://docs.pydantic.dev/latest/errors/validation_errors/).
"""

from collections.abc import Mapping
from typing import Any, NamedTuple


class Words(NamedTuple):
    """One kind of error; braces hold what the validator was told, as ``{ge}``."""

    english: str
    chinese: str


_NUMBER = Words("takes a whole number", "须填整数")
_DECIMAL = Words("takes a number", "须填数字")
_YES_OR_NO = Words("takes true or false", "须填 true 或 false")
_TEXT = Words("takes text", "须填文字")
_OBJECT = Words("takes a JSON object", "须为 JSON 对象")
_LIST = Words("takes a list", "须为列表")
_ONE_OF = Words("takes one of {expected}", "可填：{expected}")

MESSAGES: dict[str, Words] = {
    "missing": Words("is required", "必须填写"),
    "extra_forbidden": Words("is not known here; look at its spelling", "不是此处的参数，请检查拼写"),
    "int_parsing": _NUMBER,
    "int_type": _NUMBER,
    "int_from_float": _NUMBER,
    "float_parsing": _DECIMAL,
    "float_type": _DECIMAL,
    "bool_parsing": _YES_OR_NO,
    "bool_type": _YES_OR_NO,
    "string_type": _TEXT,
    "enum": _ONE_OF,
    "literal_error": _ONE_OF,
    "greater_than": Words("has to be more than {gt}", "须大于 {gt}"),
    "greater_than_equal": Words("has to be at least {ge}", "不得小于 {ge}"),
    "less_than": Words("has to be less than {lt}", "须小于 {lt}"),
    "less_than_equal": Words("has to be at most {le}", "不得大于 {le}"),
    "string_too_short": Words("has to have at least {min_length} characters", "至少 {min_length} 个字"),
    "string_too_long": Words("may have at most {max_length} characters", "至多 {max_length} 个字"),
    "too_short": Words("has to have at least {min_length} entries", "至少 {min_length} 项"),
    "too_long": Words("may have at most {max_length} entries", "至多 {max_length} 项"),
    "string_pattern_mismatch": Words("has to have the form {pattern}", "格式须为 {pattern}"),
    "json_invalid": Words("is no JSON: {error}", "不是有效的 JSON"),
    "model_attributes_type": _OBJECT,
    "model_type": _OBJECT,
    "dict_type": _OBJECT,
    "list_type": _LIST,
    "value_error": Words("{error}", "填写有误：{error}"),
}
_OTHER = Words("is malformed", "填写有误")


def validation_message(fault: Mapping[str, Any], *, chinese: bool = False) -> str:
    """Return what is wrong with one parameter.

    Args:
        fault: An error of the validator: ``type``, ``ctx``.
        chinese: For a reader of pages instead of a program.
    """
    words = MESSAGES.get(str(fault["type"]), _OTHER)
    told = {name: str(value).replace("' or '", "', '") for name, value in (fault.get("ctx") or {}).items()}
    return (words.chinese if chinese else words.english).format_map(told)
