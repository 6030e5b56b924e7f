"""The audit of the inbox: every object, and every file inside a container, is counted once by its outcome.

Received = indexed + partial + held + failed + removed + in flight + missing. Bucket and index are streamed side by side
as in the sweep; keys on which they disagree are looked at singly, so that the sum is exact while work goes on. Memory
holds the children of one branch's containers and a thousand accounts, whatever the size of the inbox.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from itertools import islice

from schemas.errors import ObjectChangedError
from schemas.families import CHILD_MARK
from schemas.outcomes import State
from schemas.records import RecordKey, document_id, record_key
from workers.pipeline import containers
from workers.pipeline.context import Context
from workers.pipeline.hold_policy import was_released
from workers.pipeline.versions import VERSIONS
from workers.reconcile.open_containers import OpenContainer, OpenContainers
from workers.reconcile.sweep import BATCH, Reason, difference, merge_listings
from workers.reconcile.unlisted_objects import is_listed
from workers.storage.protocol import ObjectInfo

MAX_ACCOUNTS = 1000
OTHERS = "(others)"


class AuditState(StrEnum):
    """How a key is counted; the first five are states of its record."""

    INDEXED = "indexed"
    PARTIAL = "partial"
    HELD = "held"
    FAILED = "failed"
    REMOVED = "removed"
    IN_FLIGHT = "in flight"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One key of the audit.

    Attributes:
        key: Of the object or child.
        account: Where it is counted: the first key segment below the requested prefix, empty without one.
        standing: How it is counted.
        reason: How bucket and index disagree on it, if they do; ``repair`` then works on the entry, except for
            ``unlisted``: the store has the object but does not list it.
        unread: For a container, how many of its files could not be read out.
    """

    key: str
    account: str
    standing: AuditState
    reason: Reason | None = None
    unread: int = 0

    @property
    def is_stale(self) -> bool:
        """Whether its record describes an earlier state of the object."""
        return self.reason not in {None, "unlisted"} and self.standing is not AuditState.MISSING


@dataclass(slots=True)
class Account:
    """The sums below one prefix; ``received`` is counted independently of the standings, so that a mismatch shows."""

    received: int = 0
    standings: Counter[AuditState] = field(default_factory=Counter)
    stale: int = 0
    unlisted: int = 0
    children_expected: int = 0
    children_emitted: int = 0

    @property
    def balanced(self) -> bool:
        """Whether the sum adds up."""
        return self.received == self.standings.total()

    def add(self, other: "Account") -> None:
        """Add another account to this one."""
        self.received += other.received
        self.standings.update(other.standings)
        self.stale += other.stale
        self.unlisted += other.unlisted
        self.children_expected += other.children_expected
        self.children_emitted += other.children_emitted


@dataclass(slots=True)
class _Container(OpenContainer):
    """A container, its account, and its children met so far."""

    account: str = ""
    children: list[RecordKey] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Suspect:
    key: str
    account: str
    reason: Reason


class Audit:
    """One audit: iterate over ``entries`` once, then read ``accounts``."""

    def __init__(self, context: Context, *, prefix: str = "") -> None:
        self.accounts: dict[str, Account] = {}
        self._context = context
        self._prefix = prefix
        self._folder = prefix.rpartition("/")[0] + "/" if "/" in prefix else ""
        self._released = partial(was_released, context.derived)
        self._containers: OpenContainers[_Container] = OpenContainers()

    @property
    def total(self) -> Account:
        """The sum of all accounts."""
        total = Account()
        for account in self.accounts.values():
            total.add(account)
        return total

    def entries(self) -> Iterator[AuditEntry]:
        """Yield an entry for every key, nearly in key order.

        Raises:
            DependencyError: A server does not answer.
        """
        self._context.index.refresh()
        objects, records = self._context.inbox.list(self._prefix), self._context.index.record_keys(self._prefix)
        found = self._found(objects, records)
        while batch := list(islice(found, BATCH)):
            for entry in self._settled(batch):
                account = self._account(entry.account)
                account.standings[entry.standing] += 1
                account.stale += entry.is_stale
                account.unlisted += entry.reason == "unlisted"
                yield entry

    def _found(self, objects: Iterable[ObjectInfo], records: Iterable[RecordKey]) -> Iterator[AuditEntry | _Suspect]:
        for found, record in merge_listings(objects, records):
            key = found.key if found else record.key if record else ""
            yield from self._close_before(key)
            container = self._containers.find_parent(record) if record and not found else None
            if container and record:
                container.children.append(record)
                container.add(record)
            else:
                yield self._one(found, record, self._name(key, child=record is not None and record.parent is not None))
            if record and record.children_mark and record.state is not State.REMOVED:
                self._begin(record, container)
        yield from self._close_before(None)

    def _one(self, found: ObjectInfo | None, record: RecordKey | None, account: str) -> AuditEntry | _Suspect:
        """Return the entry of an object or record that is not a child of an existing container."""
        self._account(account).received += 1
        if record is None:
            return _Suspect(found.key if found else "", account, "missing")
        if found is None and record.parent is not None:
            gone: Reason | None = None if record.state is State.REMOVED else "gone"
        else:
            gone = difference(found, record, VERSIONS, released=self._released)
        if gone in {"gone", "changed"}:
            return _Suspect(record.key, account, gone)
        return _entry(record, account, gone)

    def _begin(self, record: RecordKey, within: _Container | None) -> None:
        name = within.account if within else self._name(record.key, child=False)
        account = self._account(name)
        account.children_expected += record.children_expected
        account.children_emitted += record.children_emitted
        self._containers.open(_Container(record, account=name))

    def _close_before(self, key: str | None) -> Iterator[AuditEntry | _Suspect]:
        for container in self._containers.close_before(key):
            if container.is_complete:
                yield from (self._child(record, container.account) for record in container.children)
            else:
                yield from self._disagreeing(container)

    def _child(self, record: RecordKey, account: str) -> AuditEntry:
        self._account(account).received += 1
        if record.state is State.REMOVED:
            return _entry(record, account)
        if record.stages != VERSIONS:
            return _entry(record, account, "outdated")
        return _entry(record, account, "released" if self._released(record) else None)

    def _disagreeing(self, container: _Container) -> Iterator[AuditEntry | _Suspect]:
        """Compare a container's recorded children one by one with those it holds."""
        try:
            expected = containers.expected_children(container.record.key, self._context)
        except ObjectChangedError:
            yield from self._unlisted(container)
            return
        for record in container.children:
            etag = expected.pop(record.key, None)
            if (record.state is not State.REMOVED) == (etag is not None) and etag in {None, record.etag}:
                yield self._child(record, container.account)
            else:
                self._account(container.account).received += 1
                yield _Suspect(record.key, container.account, "gone" if etag is None else "changed")
        for key in expected:
            self._account(container.account).received += 1
            yield _Suspect(key, container.account, "missing")

    def _unlisted(self, container: _Container) -> Iterator[AuditEntry | _Suspect]:
        """Count the children of a container whose listing was lost; missing ones count under its key."""
        yield from (self._child(record, container.account) for record in container.children)
        live = sum(record.state is not State.REMOVED for record in container.children)
        for _ in range(max(0, container.record.children_emitted - live)):
            self._account(container.account).received += 1
            yield AuditEntry(container.record.key, container.account, AuditState.MISSING, "children")

    def _settled(self, batch: list[AuditEntry | _Suspect]) -> Iterator[AuditEntry]:
        busy = self._context.inflight.find_busy([one.key for one in batch if isinstance(one, _Suspect)])
        for one in batch:
            if isinstance(one, AuditEntry):
                yield one
            elif one.key in busy:
                yield AuditEntry(one.key, one.account, AuditState.IN_FLIGHT)
            else:
                yield self._again(one)

    def _again(self, suspect: _Suspect) -> AuditEntry:
        """Look at the current state of one key: its work may have ended since both sides were listed."""
        try:
            info, _ = containers.stat(suspect.key, self._context)
        except ObjectChangedError:
            return AuditEntry(suspect.key, suspect.account, AuditState.MISSING, "children")
        record = self._context.index.record(document_id(suspect.key))
        live = record is not None and record.state is not State.REMOVED
        if record is not None and live == (info is not None) and (info is None or info.etag == record.etag):
            hidden = info is not None and suspect.reason == "gone" and not is_listed(info, self._context.inbox)
            return _entry(record_key(record), suspect.account, "unlisted" if hidden else None)
        if record is None and info is None:
            return AuditEntry(suspect.key, suspect.account, AuditState.REMOVED)
        return AuditEntry(suspect.key, suspect.account, AuditState.MISSING, suspect.reason)

    def _name(self, key: str, *, child: bool) -> str:
        below = (key.split(CHILD_MARK, 1)[0] if child else key).removeprefix(self._folder)
        return below.partition("/")[0] + "/" if "/" in below else ""

    def _account(self, name: str) -> Account:
        if name not in self.accounts and len(self.accounts) >= MAX_ACCOUNTS:
            name = OTHERS
        return self.accounts.setdefault(name, Account())


def _entry(record: RecordKey, account: str, reason: Reason | None = None) -> AuditEntry:
    unread = max(0, record.children_expected - record.children_emitted) if record.children_mark else 0
    return AuditEntry(record.key, account, AuditState(record.state.value), reason, unread)
