"""The settings that reading a file depends on, for commands that need no server and none of the others."""

from dataclasses import dataclass

from schemas.environment import given_settings
from schemas.glossary import HELD_BY_DEFAULT
from schemas.limits import Limits


@dataclass(frozen=True, slots=True)
class ReadingRules:
    """How a file is read.

    Attributes:
        limits: Of its conversion.
        hold: Findings that hold it.
        passwords: Tried if it is encrypted.
        ocr_engine: Which one recognises its pages.
    """

    limits: Limits
    hold: tuple[str, ...]
    passwords: tuple[str, ...]
    ocr_engine: str = "auto"


def load_rules() -> ReadingRules:
    """Return the rules that this process's settings say, the defaults for the rest.

    Raises:
        SettingsError: A setting is malformed or unknown, of whatever part.
    """
    if not given_settings():
        return ReadingRules(Limits(), HELD_BY_DEFAULT, ())
    from workers.settings import load  # noqa: PLC0415  takes 0.1 s, for nothing where nothing is set

    settings = load()
    return ReadingRules(settings.limits, settings.hold, settings.passwords, settings.ocr_engine)
