"""A sentence by its code and values, said in the language of whoever reads it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from string import Formatter
from typing import Self

from schemas.messages.catalogue import MESSAGES
from schemas.messages.template import Language


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is wrong and what to do, before it is put into words.

    Attributes:
        code: Its name in ``schemas.messages.catalogue.MESSAGES``.
        values: What its templates name.
    """

    code: str = field(metadata={"description": "name of the sentence in every language"})
    values: Mapping[str, "Value"] = field(
        default_factory=dict, hash=False, metadata={"description": "what fills the places of the sentence, by name"}
    )

    @classmethod
    def of(cls, code: str, /, **values: "Value") -> Self:
        """Return the sentence of a code of the catalogue.

        Raises:
            KeyError: The catalogue has no such code.
        """
        MESSAGES[code]
        return cls(code, values)

    def __str__(self) -> str:
        """Return it as records keep it."""
        return self.say(MESSAGES[self.code].stored)

    def say(self, language: Language) -> str:
        """Return it in a language, with the causes inside it."""
        values = {
            name: say(value, language) if isinstance(value, Sentence) else value for name, value in self.values.items()
        }
        return str(getattr(MESSAGES[self.code], language)).format_map(values)

    @property
    def is_known(self) -> bool:
        """Whether this version of the catalogue can say it: a record may be of a later one."""
        template = MESSAGES.get(self.code)
        inner = all(value.is_known for value in self.values.values() if isinstance(value, Sentence))
        return template is not None and inner and names_of(template.en) <= self.values.keys()


# What fills a place of a sentence; a sentence inside another one is its cause.
Value = str | int | float | Sentence
Said = str | Sentence


def names_of(template: str) -> set[str]:
    """Return the names of the values a template has places for."""
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def say(said: Said, language: Language) -> str:
    """Return a sentence in a language; words without a code as they are."""
    return said.say(language) if isinstance(said, Sentence) else said
