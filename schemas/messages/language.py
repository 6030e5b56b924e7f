"""The language a reader of the command line expects."""

from collections.abc import Mapping

from schemas.messages.template import Language

# The order in which POSIX has them asked (The Open Group Base Specifications, 8.2); the first that is set decides.
_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def choose_language(environment: Mapping[str, str]) -> Language:
    """Return Chinese where the locale of an environment is Chinese, else English: ``C`` and ``POSIX`` too."""
    locale = next((value for name in _VARIABLES if (value := environment.get(name))), "")
    return "zh" if locale.lower().startswith(("zh_", "zh-", "zh.", "zh@")) or locale.lower() == "zh" else "en"
