"""The arguments of a request of OAI-PMH 2.0, and its resumption tokens."""

import binascii
import json
import math
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from schemas.office.output.harvest import HarvestError, Span, Verb

PREFIX = "oai_dc"
_DAY, _SECOND = "%Y-%m-%d", "%Y-%m-%dT%H:%M:%SZ"
_SHAPE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?")
_NAME = re.compile(r"[A-Za-z0-9\-_.!~*'()]+")
_LIST = frozenset({"metadataPrefix", "from", "until", "set", "resumptionToken"})
_ALLOWED: Mapping[Verb, frozenset[str]] = {
    Verb.IDENTIFY: frozenset(),
    Verb.FORMATS: frozenset({"identifier"}),
    Verb.SETS: frozenset({"resumptionToken"}),
    Verb.IDENTIFIERS: _LIST,
    Verb.RECORDS: _LIST,
    Verb.RECORD: frozenset({"identifier", "metadataPrefix"}),
}
_REQUIRED: Mapping[Verb, frozenset[str]] = {
    Verb.IDENTIFIERS: frozenset({"metadataPrefix"}),
    Verb.RECORDS: frozenset({"metadataPrefix"}),
    Verb.RECORD: frozenset({"identifier", "metadataPrefix"}),
}
_DAY_SECONDS = 86_400


def read_arguments(pairs: Iterable[tuple[str, str]]) -> tuple[Verb, dict[str, str]]:
    """Return the verb of a request and its other arguments.

    Raises:
        HarvestError: badVerb or badArgument.
    """
    given = list(pairs)
    verbs = [value for name, value in given if name == "verb"]
    if len(verbs) != 1 or verbs[0] not in set(Verb):
        raise HarvestError("badVerb", "verb must be one of " + ", ".join(Verb) + ", and be given once")
    verb, others = Verb(verbs[0]), [(name, value) for name, value in given if name != "verb"]
    arguments = dict(others)
    if len(arguments) < len(others):
        raise HarvestError("badArgument", "an argument is given more than once")
    if foreign := sorted(arguments.keys() - _ALLOWED[verb]):
        raise HarvestError("badArgument", f"{verb} takes no argument {', '.join(foreign)}")
    if not _NAME.fullmatch(arguments.get("metadataPrefix", PREFIX)):
        raise HarvestError("badArgument", "metadataPrefix has characters that no prefix has")
    if "resumptionToken" in arguments:
        if len(arguments) > 1:
            raise HarvestError("badArgument", "resumptionToken excludes every other argument")
    elif missing := sorted(_REQUIRED.get(verb, frozenset()) - arguments.keys()):
        raise HarvestError("badArgument", f"{verb} requires {', '.join(missing)}")
    return verb, arguments


def read_span(arguments: Mapping[str, str]) -> Span:
    """Return which part of a list is asked for, by a token or by dates.

    Raises:
        HarvestError: badResumptionToken, badArgument or noRecordsMatch.
    """
    if token := arguments.get("resumptionToken"):
        return _read_token(token)
    if "resumptionToken" in arguments:
        raise HarvestError("badResumptionToken", "the resumptionToken is empty")
    since, until = arguments.get("from"), arguments.get("until")
    if since is not None and until is not None and len(since) != len(until):
        raise HarvestError("badArgument", "from and until differ in their granularity")
    first = _read_date("from", since) if since is not None else 0
    last = _read_date("until", until) if until is not None else None
    if last is not None and until is not None and len(until) == len("2025-01-01"):
        last += _DAY_SECONDS - 1
    if last is not None and first > last:
        raise HarvestError("badArgument", "from is later than until")
    return Span(first, last)


def write_token(span: Span) -> str:
    """Return the token that leads to the rest of a list; it holds all that is needed, nothing is kept here."""
    fields = [span.since, span.until, span.after, list(span.sent), span.cursor]
    return urlsafe_b64encode(json.dumps(fields).encode()).decode().rstrip("=")


def write_moment(seconds: float) -> str:
    """Return a moment as the protocol writes it: UTC, to the second."""
    return datetime.fromtimestamp(int(seconds), UTC).strftime(_SECOND)


def _read_token(token: str) -> Span:
    try:
        since, until, after, sent, cursor = json.loads(urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        moment = float(after)
        if not math.isfinite(moment):
            raise ValueError(f"{after} is no moment")
        return Span(int(since), None if until is None else int(until), moment, tuple(map(str, sent)), int(cursor))
    except (ValueError, TypeError, OverflowError, binascii.Error) as error:
        raise HarvestError("badResumptionToken", "the resumptionToken is none of this repository") from error


def _read_date(name: str, text: str) -> int:
    if not _SHAPE.fullmatch(text):
        raise HarvestError("badArgument", f"{name} is no date: 2025-01-31 or 2025-01-31T08:00:00Z")
    try:
        found = datetime.strptime(text, _SECOND if "T" in text else _DAY)
        return int(found.replace(tzinfo=UTC).timestamp())
    except ValueError as error:
        raise HarvestError("badArgument", f"{name} is no date: {error}") from error
