"""The way of a document as its page shows it to who may operate: each stage with its wait, time, attempt and worker."""

from dataclasses import dataclass

from schemas.glossary import place_of
from schemas.journeys import Journey


@dataclass(frozen=True, slots=True)
class Leg:
    """One stage: when it began after the request, how long it had waited then, and how long it took, all in seconds."""

    stage: str
    after: float
    waited: float
    took: float
    attempt: int
    worker: str


@dataclass(frozen=True, slots=True)
class Way:
    """All stages, and how many seconds there were from the request to the outcome."""

    trace: str
    asked_at: float
    legs: tuple[Leg, ...]
    seconds: float


def way_of(journey: Journey | None, *, recorded_at: float) -> Way | None:
    """Return the way of a document whose outcome was recorded then; None where it is not known."""
    if journey is None:
        return None
    legs, end = [], journey.asked_at
    for step in journey.steps:
        waited = max(0.0, step.started_at - end)
        after = max(0.0, step.started_at - journey.asked_at)
        legs.append(Leg(place_of(step.stage), after, waited, step.seconds, step.attempt, step.worker))
        end = step.ended_at
    return Way(journey.trace, journey.asked_at, tuple(legs), max(0.0, recorded_at - journey.asked_at))
