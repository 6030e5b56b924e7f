"""The environment of this process, which no other module reads; what its variables mean, ``workers.settings`` knows."""

import os

PREFIX = "GONGKAI_"


def read_environment() -> dict[str, str]:
    """Return all variables of this process's environment."""
    return dict(os.environ)


def given_settings() -> dict[str, str]:
    """Return the variables of this process's environment that are settings."""
    return {name: value for name, value in os.environ.items() if name.startswith(PREFIX)}


def environment_with(variables: dict[str, str]) -> dict[str, str]:
    """Return this process's environment with its settings replaced by these."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    return {**inherited, **variables}
