"""Runs saved searches on newly indexed documents and notifies their owners, once per match even after a crash.

There is no percolator: a run lists the records indexed since the last one and asks the index each saved search,
restricted to those documents. What it finds is noted in this order: on its way to the webhook (under a name made of the
matches, so that doing it again replaces it), in the feed, as found; and last, how far the run has come. A crash before
the last step makes the next run do the same again, with the same result. A message is sent after that, so that one
whose answer was lost is sent again, under the same identifier.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import islice

from ops.adapters.access_keys import KeyStore
from ops.maintenance.decisions.saved_searches import SearchStore
from ops.saved_search_alerts.delivery import WebhookSender
from ops.saved_search_alerts.singleton import exclusive
from ops.system import System
from schemas.codec import decode, encode
from schemas.errors import DependencyError
from schemas.queries import DocumentHit, SectionHit
from schemas.records import DocumentRecord, SectionRow
from schemas.searches import Delivery, Match, SavedSearch, Watermark
from search.http.auth import may_be_told
from search.http.current_matches import section_mark
from search.http.ports import Access
from search.protocol import Index
from workers.runtime.background_thread import run_in_background
from workers.storage.protocol import ObjectStore

log = logging.getLogger(__name__)

PLACE = "notify/watermark"
# Name of the lock that one process holds at a time; see ``ops.saved_search_alerts.singleton``.
ALONE = "notify"
BATCH_SIZE = 200
SECTIONS_EACH = 20
# Records may become visible out of order by this many seconds: clocks differ, and bulk requests wait.
OVERLAP_SECONDS = 120.0
# Longest wait for a webhook at shutdown, in seconds; its message is sent again.
JOIN_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class RunStats:
    """Result of a run: documents checked, new matches, messages delivered, messages that did not arrive."""

    documents: int = 0
    matches: int = 0
    sent: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class Notifier:
    """Runs saved searches; the caller must ensure one process at a time (``singleton`` beside this module).

    Attributes:
        index: The index to search.
        store: The derived store: saved searches, deliveries and how far the last run came.
        postman: Sends matches to the webhooks.
        clock: Seconds since 1970.
    """

    index: Index
    store: ObjectStore
    postman: WebhookSender
    clock: Callable[[], float] = time.time

    def run(self) -> RunStats:
        """Search the new documents, then send the due messages.

        Raises:
            DependencyError: A server does not answer; the next run continues there.
        """
        documents, matches = self.look()
        sent, failed = self.postman.deliver()
        return RunStats(documents, matches, sent, failed)

    def look(self) -> tuple[int, int]:
        """Run the saved searches on newly indexed documents; return the numbers of documents and new matches."""
        searches = [one for one in SearchStore(self.store).all() if may_be_told(self.postman.access, one.owner)]
        mark = self._watermark(searches)
        documents = matches = 0
        new = (one for one in self.index.recorded_since(mark.at) if mark.seen.get(one.id) != one.indexed_at)
        while batch := list(islice(new, BATCH_SIZE)):
            documents += len(batch)
            shown = {record.id: record for record in batch if record.state.is_searchable}
            if shown and searches:
                self.index.refresh()
                matches += sum(self._match(search, shown) for search in searches)
            mark = _move(mark, batch, now=self.clock())
            self.store.write(PLACE, encode(mark), content_type="application/json")
        return documents, matches

    def skip(self) -> None:
        """Treat everything indexed so far as checked, for example after a rebuild of the index."""
        now = self.clock()
        self.store.write(PLACE, encode(Watermark(now, {})), content_type="application/json")

    def _watermark(self, searches: Sequence[SavedSearch]) -> Watermark:
        data = self.store.read(PLACE)
        if data is not None:
            return decode(Watermark, data)
        # Documents indexed before the oldest search was saved are new to no search.
        return Watermark(min([self.clock(), *(search.created_at for search in searches)]) - OVERLAP_SECONDS, {})

    def _match(self, search: SavedSearch, records: dict[str, DocumentRecord]) -> int:
        """Store the new matches of one search in these documents; return how many."""
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


def notify_regularly(
    system: System, stop: threading.Event, *, report: Callable[[RunStats], object] = lambda _: None
) -> None:
    """Run every ``GONGKAI_NOTIFY_SECONDS`` until ``stop`` is set.

    Skip a run if a server is down or another process runs the searches.
    """
    notifier, settings = notifier_of(system), system.settings
    while not stop.is_set():
        try:
            with exclusive(settings, ALONE) as mine:
                if mine:
                    report(notifier.run())
        except DependencyError as error:
            log.warning("saved searches wait: %s", error)
        stop.wait(settings.notify_seconds)


def notifier_of(system: System) -> Notifier:
    """Return the notifier of a system."""
    settings, context = system.settings, system.context
    # No cache: the owner of a revoked key must not be notified any more.
    access = Access(KeyStore(context.derived, remembered_seconds=0.0), open_reading=settings.read_access == "open")
    postman = WebhookSender(
        context.index,
        SearchStore(context.derived),
        access,
        public_url=settings.public_url,
        private=settings.webhook_private,
    )
    return Notifier(context.index, context.derived, postman)


@contextmanager
def run_notifier(system: System) -> Iterator[None]:
    """Run the saved searches beside the block, in a thread."""
    with run_in_background(lambda stop: notify_regularly(system, stop), "notify", patience=JOIN_SECONDS):
        yield


def _move(mark: Watermark, batch: Sequence[DocumentRecord], *, now: float) -> Watermark:
    # A record from a fast clock must not move the watermark past records still to come.
    newest = min(now, max(record.indexed_at for record in batch))
    at = max(mark.at, newest - OVERLAP_SECONDS)
    seen = mark.seen | {record.id: record.indexed_at for record in batch}
    return Watermark(at, {name: moment for name, moment in seen.items() if moment >= at})


def _match_of(hit: DocumentHit, section: SectionHit, row: SectionRow, now: float) -> Match:
    return Match(
        mark=section_mark(row),
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
