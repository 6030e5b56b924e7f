"""Sends what saved searches found: what is due, until it arrived or more than a day is over."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from ops.adapters.saved_searches import SearchStore
from ops.saved_search_alerts.webhooks import Message, WebhookError, delay_after, send
from schemas.codec import as_json
from schemas.searches import Delivery, Match, SavedSearch
from search.http.urls import section_page
from search.protocol import Index

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WebhookSender:
    """Takes deliveries to their webhooks.

    Attributes:
        index: Asked whether a document may still be shown.
        kept: Where deliveries and saved searches are.
        public_url: Address links in messages begin with.
        private: Whether webhooks may lie inside.
        clock: Seconds since 1970.
    """

    index: Index
    kept: SearchStore
    public_url: str = ""
    private: bool = False
    clock: Callable[[], float] = time.time

    def deliver(self) -> tuple[int, int]:
        """Send what is due; return how many messages arrived and how many did not."""
        now, sent = self.clock(), 0
        down: set[str] = set()
        for delivery in self.kept.deliveries():
            search = self.kept.find(delivery.search)
            if search is None or search.webhook is None:
                self.kept.settle(delivery)
            # One that does not answer is asked once a run, so that the others do not wait for it.
            elif delivery.due_at <= now and search.id not in down:
                if self._send(search, search.webhook, delivery):
                    sent += 1
                else:
                    down.add(search.id)
        return sent, len(down)

    def _send(self, search: SavedSearch, webhook: str, delivery: Delivery) -> bool:
        # A document may have been held or removed since it was found.
        matches = [match for match in delivery.matches if self._shown(match)]
        message = Message(delivery.id, self._body(search, matches))
        try:
            if matches:
                send(webhook, message, secret=search.secret, moment=int(self.clock()), private=self.private)
        except WebhookError as error:
            self._put_off(search, delivery, error)
            return False
        self.kept.settle(delivery)
        return True

    def _shown(self, match: Match) -> bool:
        record = self.index.record(match.document_id)
        return record is not None and record.state.is_searchable

    def _put_off(self, search: SavedSearch, delivery: Delivery, error: WebhookError) -> None:
        attempt = delivery.attempt + 1
        delay = None if error.gone else delay_after(attempt)
        if error.gone:
            self.kept.keep(replace(search, webhook=None))
        if delay is None:
            log.warning("webhook of saved search %s: %s; given up after %d attempts", search.id, error, attempt)
            self.kept.settle(delivery)
            return
        log.info("webhook of saved search %s: %s; again in %.0f s", search.id, error, delay)
        self.kept.post(replace(delivery, attempt=attempt, due_at=self.clock() + delay))

    def _body(self, search: SavedSearch, matches: Sequence[Match]) -> dict[str, object]:
        sections = [as_json(match) | {"link": self._link(match)} for match in matches]
        data = {"search": {"id": search.id, "name": search.name}, "sections": sections}
        moment = datetime.fromtimestamp(matches[0].found_at if matches else self.clock(), UTC)
        return {"type": "section.found", "timestamp": moment.isoformat(timespec="seconds"), "data": data}

    def _link(self, match: Match) -> str:
        return section_page(self.public_url, match.document_id, article=match.article, ordinal=match.ordinal)
