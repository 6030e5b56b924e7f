"""Spells durations for people."""


def spell(seconds: float | None) -> str:
    """Return a duration in at most two units: ``2 h 5 min``; a question mark for None."""
    if seconds is None:
        return "?"
    whole = round(seconds)
    days, hours, minutes = whole // 86400, whole // 3600 % 24, whole // 60 % 60
    parts = [(days, "d"), (hours, "h"), (minutes, "min"), (whole % 60, "s")]
    first = next((n for n, (value, _) in enumerate(parts) if value), len(parts) - 1)
    return " ".join(f"{value} {unit}" for value, unit in parts[first : first + 2] if value or first == len(parts) - 1)
