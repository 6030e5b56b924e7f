"""Runs the saved searches on what was newly indexed, and tells their owners: once, whatever crashes in between.

There is no percolator: a run lists the records indexed since the last one and asks the index each saved search,
restricted to those documents. What it finds is noted in this order: on its way to the webhook (under a name made of the
matches, so that doing it again replaces it), in the feed, as found; and last, how far the run has come. A crash before
the last step makes the next run do the same again, with the same result. A message is sent after that, so that one
whose answer was lost is sent again, under the same identifier.
"""

import json
import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import islice

from ops.searches import SearchStore
from ops.system import System
from ops.webhooks import Message, WebhookError, delay_after, send
from schemas.codec import as_json, decode, encode
from schemas.errors import DependencyError
from schemas.outcomes import State
from schemas.queries import DocumentHit, SectionHit
from schemas.records import DocumentRecord, SectionRow
from schemas.searches import Delivery, Match, SavedSearch, Watermark
from search.api.links import section_page
from search.protocol import Index
from workers.storage.protocol import ObjectStore

log = logging.getLogger(__name__)

PLACE = "notify/watermark"
TOGETHER = 200
SECTIONS_EACH = 20
# Records may become visible out of the order of their times by as much: clocks differ, and bulk requests wait.
OVERLAP_SECONDS = 120.0
# A webhook is waited for no longer when the process ends; its message is sent again.
JOIN_SECONDS = 15.0
_SHOWN = (State.INDEXED, State.PARTIAL)


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run did: documents looked at, new matches, messages sent, messages that did not arrive."""

    documents: int = 0
    matches: int = 0
    sent: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class Notifier:
    """Runs saved searches; one process at a time.

    Attributes:
        index: What is searched.
        store: The derived store: saved searches, deliveries and how far the last run came.
        public_url: Address links in messages begin with.
        private: Whether webhooks may lie inside.
        clock: Seconds since 1970.
    """

    index: Index
    store: ObjectStore
    public_url: str = ""
    private: bool = False
    clock: Callable[[], float] = time.time

    def run(self) -> Ran:
        """Look at what is new, then send what is due.

        Raises:
            DependencyError: A server does not answer; the next run goes on where this one was.
        """
        documents, matches = self.look()
        sent, failed = self.deliver()
        return Ran(documents, matches, sent, failed)

    def look(self) -> tuple[int, int]:
        """Run the saved searches on what was indexed since; return how many documents and new matches there were."""
        searches = SearchStore(self.store).all()
        mark = self._watermark(searches)
        documents = matches = 0
        new = (one for one in self.index.recorded_since(mark.at) if mark.seen.get(one.id) != one.indexed_at)
        while batch := list(islice(new, TOGETHER)):
            documents += len(batch)
            shown = {record.id: record for record in batch if record.state in _SHOWN}
            if shown and searches:
                self.index.refresh()
                matches += sum(self._match(search, shown) for search in searches)
            mark = _moved(mark, batch)
            self.store.write(PLACE, encode(mark), content_type="application/json")
        return documents, matches

    def deliver(self) -> tuple[int, int]:
        """Send what is due; return how many messages arrived and how many did not."""
        kept, now = SearchStore(self.store), self.clock()
        sent = failed = 0
        down: set[str] = set()
        for delivery in kept.deliveries():
            search = kept.find(delivery.search)
            if search is None or search.webhook is None:
                kept.settle(delivery)
            # One that does not answer is asked once a run, so that the others do not wait for it.
            elif delivery.due_at <= now and search.id not in down:
                arrived = self._send(kept, search, delivery)
                sent, failed = sent + arrived, failed + (not arrived)
                down |= set() if arrived else {search.id}
        return sent, failed

    def skip(self) -> None:
        """Let everything indexed so far count as looked at, as after an index was built anew."""
        now = self.clock()
        self.store.write(PLACE, encode(Watermark(now, {})), content_type="application/json")

    def _watermark(self, searches: Sequence[SavedSearch]) -> Watermark:
        data = self.store.read(PLACE)
        if data is not None:
            return decode(Watermark, data)
        # What stood in the index before the oldest search was saved is new to none.
        return Watermark(min([self.clock(), *(search.created_at for search in searches)]) - OVERLAP_SECONDS, {})

    def _match(self, search: SavedSearch, records: dict[str, DocumentRecord]) -> int:
        """Note the new matches of one search in these documents; return how many there are."""
        wanted = tuple(record.id for record in records.values() if record.first_at >= search.created_at)
        found = 0
        for hit in self._hits(search, wanted):
            found += self._tell(search, hit)
        return found

    def _hits(self, search: SavedSearch, documents: Sequence[str]) -> Iterator[DocumentHit]:
        if not documents:
            return
        asked = replace(
            search.query, documents=tuple(documents), size=100, offset=0, sections_each=SECTIONS_EACH, fold=False
        )
        while True:
            result = self.index.search(asked)
            yield from result.hits
            if result.cursor is None:
                return
            asked = replace(asked, cursor=result.cursor)

    def _tell(self, search: SavedSearch, hit: DocumentHit) -> int:
        kept = SearchStore(self.store)
        known = kept.marks(search.id, hit.document_id)
        rows = {(row.article, row.ordinal): row for row in self.index.sections(hit.document_id)}
        found = [
            _match_of(hit, section, rows[hit.article, section.ordinal], self.clock())
            for section in hit.sections
            if (hit.article, section.ordinal) in rows
        ]
        matches = [match for match in found if match.mark not in known]
        if not matches:
            return 0
        if search.webhook:
            kept.post(Delivery(_delivery_id(search, matches), search.id, tuple(matches)))
        kept.add_recent(search.id, matches)
        kept.add_marks(search.id, hit.document_id, frozenset(match.mark for match in matches))
        return len(matches)

    def _send(self, kept: SearchStore, search: SavedSearch, delivery: Delivery) -> bool:
        # A document may have been held or removed since it was found.
        matches = [match for match in delivery.matches if self._shown(match)]
        try:
            if matches and search.webhook:
                message = Message(delivery.id, self._body(search, matches))
                send(search.webhook, message, secret=search.secret, moment=int(self.clock()), private=self.private)
        except WebhookError as error:
            self._put_off(kept, search, delivery, error)
            return False
        kept.settle(delivery)
        return True

    def _shown(self, match: Match) -> bool:
        record = self.index.record(match.document_id)
        return record is not None and record.state in _SHOWN

    def _put_off(self, kept: SearchStore, search: SavedSearch, delivery: Delivery, error: WebhookError) -> None:
        attempt = delivery.attempt + 1
        delay = None if error.gone else delay_after(attempt)
        if error.gone:
            kept.keep(replace(search, webhook=None))
        if delay is None:
            log.warning("webhook of saved search %s: %s; given up after %d attempts", search.id, error, attempt)
            kept.settle(delivery)
            return
        log.info("webhook of saved search %s: %s; again in %.0f s", search.id, error, delay)
        kept.post(replace(delivery, attempt=attempt, due_at=self.clock() + delay))

    def _body(self, search: SavedSearch, matches: Sequence[Match]) -> dict[str, object]:
        sections = [as_json(match) | {"link": self._link(match)} for match in matches]
        data = {"search": {"id": search.id, "name": search.name}, "sections": sections}
        return {"type": "section.found", "timestamp": _iso(matches[0].found_at), "data": data}

    def _link(self, match: Match) -> str:
        return section_page(self.public_url, match.document_id, article=match.article, ordinal=match.ordinal)


def notify_regularly(
    notifier: Notifier, stop: threading.Event, *, seconds: float, report: Callable[[Ran], object] = lambda _: None
) -> None:
    """Run every ``seconds`` until ``stop`` is set; a server that is down is asked again the next time."""
    while not stop.is_set():
        try:
            report(notifier.run())
        except DependencyError as error:
            log.warning("saved searches wait: %s", error)
        stop.wait(seconds)


def notifier_of(system: System) -> Notifier:
    """Return what runs the saved searches of a system."""
    settings, context = system.settings, system.context
    return Notifier(context.index, context.derived, public_url=settings.public_url, private=settings.webhook_private)


@contextmanager
def notifying(system: System) -> Iterator[None]:
    """Run the saved searches beside the block, in a thread."""
    stop = threading.Event()
    thread = threading.Thread(
        target=notify_regularly,
        args=(notifier_of(system), stop),
        kwargs={"seconds": system.settings.notify_seconds},
        name="notify",
        daemon=True,
    )
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(JOIN_SECONDS)


def _moved(mark: Watermark, batch: Sequence[DocumentRecord]) -> Watermark:
    newest = max(record.indexed_at for record in batch)
    at = max(mark.at, newest - OVERLAP_SECONDS)
    seen = mark.seen | {record.id: record.indexed_at for record in batch}
    return Watermark(at, {name: moment for name, moment in seen.items() if moment >= at})


def _match_of(hit: DocumentHit, section: SectionHit, row: SectionRow, now: float) -> Match:
    text = json.dumps([hit.document_id, hit.article, row.heading, row.text], ensure_ascii=False)
    return Match(
        mark=sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32],
        document_id=hit.document_id,
        article=hit.article,
        ordinal=section.ordinal,
        key=hit.key,
        title=hit.title.text,
        issuer=hit.issuer,
        document_number=hit.document_number,
        path=section.path_original or section.path,
        text=section.text.text,
        found_at=now,
    )


def _delivery_id(search: SavedSearch, matches: Sequence[Match]) -> str:
    return sha256("/".join([search.id, *sorted(match.mark for match in matches)]).encode()).hexdigest()[:32]


def _iso(moment: float) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(moment))
