"""The audit of the inbox for operators: sums, the keys behind each count, and repair."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from ops.maintenance.audit.listed_states import Listed
from ops.maintenance.reach import require_ledger
from ops.system import System
from workers.reconcile.audit import Account, Audit, AuditEntry, AuditState
from workers.reconcile.sweep import enqueue

BATCH_SIZE = 500


@dataclass(frozen=True, slots=True)
class Sums:
    """Counts of received objects and outcomes below one prefix; fields as in ``workers.reconcile.audit``."""

    received: int = 0
    indexed: int = 0
    partial: int = 0
    held: int = 0
    failed: int = 0
    removed: int = 0
    in_flight: int = 0
    missing: int = 0
    stale: int = 0
    unlisted: int = 0
    children_expected: int = 0
    children_emitted: int = 0
    balanced: bool = True


@dataclass(frozen=True, slots=True)
class AuditReport:
    """An audit: its sums, those of each first folder below the prefix, and how many keys were listed and queued."""

    total: Sums = field(default_factory=Sums)
    accounts: dict[str, Sums] = field(default_factory=dict)
    listed: int = 0
    queued: int = 0


def audit(
    system: System,
    books: Audit,
    *,
    listed: Collection[Listed] = (),
    repair: bool = False,
    take: Callable[[list[AuditEntry]], object] = lambda entries: None,
    tell: Callable[[int], object] = lambda seen: None,
) -> int:
    """Fill ``books``; return how many objects were queued.

    Args:
        system: What is audited.
        books: Empty ones for the prefix.
        listed: Counts whose entries are passed to ``take``.
        repair: Whether to queue missing and stale objects.
        take: Called with each listed entry.
        tell: Called with the number of entries seen since the last call.

    Raises:
        OutOfReachError: ``repair`` is set and the lease store is in another process.
        DependencyError: A server does not answer.
    """
    if repair:
        require_ledger(system)
    sent, source = 0, books.entries()
    while batch := list(islice(source, BATCH_SIZE)):
        sent += _repair(system, batch) if repair else 0
        if chosen := list(_choose(batch, listed)):
            take(chosen)
        tell(len(batch))
    return sent


def report(books: Audit, *, listed: int = 0, queued: int = 0) -> AuditReport:
    """Return the report of the books so far."""
    accounts = {name: sums(account) for name, account in sorted(books.accounts.items())}
    return AuditReport(sums(books.total), accounts, listed, queued)


def sums(account: Account) -> Sums:
    """Return the sums of an account."""
    standings = {standing.value.replace(" ", "_"): account.standings[standing] for standing in AuditState}
    return Sums(
        received=account.received,
        **standings,
        stale=account.stale,
        unlisted=account.unlisted,
        children_expected=account.children_expected,
        children_emitted=account.children_emitted,
        balanced=account.balanced,
    )


def _choose(entries: Iterable[AuditEntry], listed: Collection[Listed]) -> Iterator[AuditEntry]:
    wanted = {one.value.replace("-", " ") for one in listed}
    for entry in entries:
        more = {"stale": entry.is_stale, "unlisted": entry.reason == "unlisted", "unread": bool(entry.unread)}
        if entry.standing.value in wanted or any(more[name] for name in wanted & more.keys()):
            yield entry


def _repair(system: System, entries: Iterable[AuditEntry]) -> int:
    keys = dict.fromkeys(entry.key for entry in entries if entry.reason not in {None, "unlisted"})
    return enqueue(keys, system.context, system.dispatch, system.queues)[0] if keys else 0
