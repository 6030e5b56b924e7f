"""Sends matches of saved searches that are due, and retries for a little over a day."""

import logging
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from ops.maintenance.decisions.saved_searches import SearchStore
from ops.saved_search_alerts.webhooks import Message, WebhookError, delay_after, send
from schemas.codec import as_json
from schemas.searches import Attempt, Delivery, DeliveryState, Match, SavedSearch
from search.http.auth import may_be_told
from search.http.current_matches import keep_current
from search.http.ports import Access
from search.http.urls import section_page
from search.protocol import RecordStore

log = logging.getLogger(__name__)

RECEIVERS_AT_ONCE = 8
# Longest time spent on one receiver in one run, in seconds.
RECEIVER_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class WebhookSender:
    """Sends deliveries to their webhooks.

    Attributes:
        index: Asked whether a document may still be shown.
        kept: Store of deliveries and saved searches.
        access: Decides whether the owner of a saved search may still be notified.
        public_url: Base address of links in messages.
        private: Whether webhooks may have private addresses.
        clock: Seconds since 1970.
    """

    index: RecordStore
    kept: SearchStore
    access: Access
    public_url: str = ""
    private: bool = False
    clock: Callable[[], float] = time.time

    def deliver(self) -> tuple[int, int]:
        """Send the due messages; return how many arrived and how many did not."""
        now = self.clock()
        due: dict[str, list[Delivery]] = {}
        for delivery in self.kept.deliveries():
            if delivery.due_at <= now or self._find(delivery.search) is None:
                due.setdefault(delivery.search, []).append(delivery)
        # In parallel, so that a slow receiver delays no other; what it does not take in time waits for the next run.
        with ThreadPoolExecutor(min(len(due), RECEIVERS_AT_ONCE) or 1) as threads:
            done = list(threads.map(lambda deliveries: self._deliver_all(*deliveries), due.items()))
        return sum(sent for sent, _ in done), sum(failed for _, failed in done)

    def _deliver_all(self, identifier: str, deliveries: Sequence[Delivery]) -> tuple[int, int]:
        """Send one receiver its due messages; return how many arrived, and 1 if it did not answer."""
        sent, until = 0, time.monotonic() + RECEIVER_SECONDS
        for delivery in deliveries:
            search = self._find(identifier)
            if search is None or search.webhook is None:
                self.kept.settle(delivery)
            elif not self._send(search, search.webhook, delivery):
                return sent, 1
            else:
                sent += 1
            if time.monotonic() > until:
                break
        return sent, 0

    def _find(self, identifier: str) -> SavedSearch | None:
        """Return a saved search whose matches may still be sent: its owner's key must live."""
        search = self.kept.find(identifier)
        told = search is not None and search.webhook is not None and may_be_told(self.access, search.owner)
        return search if told else None

    def _send(self, search: SavedSearch, webhook: str, delivery: Delivery) -> bool:
        # A document may have been held, removed or overwritten since it was found.
        matches = keep_current(self.index, delivery.matches)
        message = Message(delivery.id, self._body(search, matches))
        try:
            if matches:
                moment = int(self.clock())
                send(
                    webhook,
                    message,
                    secret=search.secret,
                    moment=moment,
                    also=search.former_secrets(moment),
                    private=self.private,
                )
        except WebhookError as error:
            self._put_off(search, delivery, error)
            return False
        self.kept.settle(delivery)
        if matches:
            self._note(delivery, DeliveryState.DELIVERED)
        return True

    def _put_off(self, search: SavedSearch, delivery: Delivery, error: WebhookError) -> None:
        attempt = delivery.attempt + 1
        delay = None if error.gone else delay_after(attempt)
        if error.gone:
            self.kept.keep(replace(search, webhook=None))
        if delay is None:
            log.warning("webhook of saved search %s: %s; given up after %d attempts", search.id, error, attempt)
            self.kept.settle(delivery)
            self._note(delivery, DeliveryState.GIVEN_UP, reason=str(error))
            return
        log.info("webhook of saved search %s: %s; again in %.0f s", search.id, error, delay)
        self.kept.post(replace(delivery, attempt=attempt, due_at=self.clock() + delay))
        self._note(delivery, DeliveryState.PUT_OFF, reason=str(error), delay=delay)

    def _note(self, delivery: Delivery, state: DeliveryState, *, reason: str = "", delay: float = 0.0) -> None:
        now = self.clock()
        due = now + delay if delay else 0.0
        attempt = Attempt(now, state, len(delivery.matches), delivery.attempt + 1, reason[:500], due)
        self.kept.add_attempt(delivery.search, attempt)

    def _body(self, search: SavedSearch, matches: Sequence[Match]) -> dict[str, object]:
        sections = [as_json(match) | {"link": self._link(match)} for match in matches]
        data = {"search": {"id": search.id, "name": search.name}, "sections": sections}
        moment = datetime.fromtimestamp(matches[0].found_at if matches else self.clock(), UTC)
        return {"type": "section.found", "timestamp": moment.isoformat(timespec="seconds"), "data": data}

    def _link(self, match: Match) -> str:
        return section_page(self.public_url, match.document_id, article=match.article, ordinal=match.ordinal)
