"""One sentence in both languages."""

from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Template:
    """A sentence as ``str.format`` fills it; both languages name the same values.

    Attributes:
        en: In English.
        zh: In Chinese.
        stored: The language a record keeps it in beside code and values, for programs that read nothing but that.
    """

    en: str
    zh: str
    stored: Language = "en"
