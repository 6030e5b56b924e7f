"""A document's journey for its page, shown to operators: each stage with wait, duration, attempt and worker."""

from dataclasses import dataclass

from schemas.glossary import place_of
from schemas.journeys import Journey


@dataclass(frozen=True, slots=True)
class Leg:
    """One stage: its start after the request, the wait before it, and its duration, all in seconds."""

    stage: str
    after: float
    waited: float
    took: float
    attempt: int
    worker: str


@dataclass(frozen=True, slots=True)
class Way:
    """All stages, and the seconds from the request to the outcome."""

    trace: str
    asked_at: float
    legs: tuple[Leg, ...]
    seconds: float


def way_of(journey: Journey | None, *, recorded_at: float) -> Way | None:
    """Return the journey of a document whose outcome was recorded at ``recorded_at``; None if it is unknown."""
    if journey is None:
        return None
    legs, end = [], journey.asked_at
    for step in journey.steps:
        waited = max(0.0, step.started_at - end)
        after = max(0.0, step.started_at - journey.asked_at)
        legs.append(Leg(place_of(step.stage), after, waited, step.seconds, step.attempt, step.worker))
        end = step.ended_at
    return Way(journey.trace, journey.asked_at, tuple(legs), max(0.0, recorded_at - journey.asked_at))
