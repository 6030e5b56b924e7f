"""Collects the answer for one document: the child's result or error, its printed output, and how it ended."""

import os
import select
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from workers.sandbox.protocol import (
    DONE,
    ENDED,
    ERROR,
    MESSAGE_BYTES,
    PROGRESS,
    RESULT,
    STARTED,
    ChildEnd,
    Failure,
    Reached,
    unpack,
)

_KEPT_BYTES = 4_096  # of a child's printed output, from its start and from its end
_STARTING_SECONDS = 120.0  # for a fork server to finish importing readers
_GRACE_SECONDS = 15.0  # for a fork server to kill a child


@dataclass(frozen=True, slots=True)
class Answer:
    """The complete answer for one document.

    Attributes:
        ended: How the child ended, or what a shared one used that did not.
        failure: The error the child reported, if any.
        result: Encoded ``Converted``; incomplete if the child failed.
        printed: Start and end of its printed output.
        waits: Whether the child waits for another document.
    """

    ended: ChildEnd
    failure: Failure | None
    result: bytes
    printed: str
    waits: bool = False


@dataclass(slots=True)
class Collector:
    """Gathers one answer.

    Attributes:
        child: Process id of the child, once known.
        told: Called with the progress of a child that works page by page.
    """

    answer: socket.socket
    output: int
    told: Callable[[Reached], None] = lambda reached: None
    child: int | None = None
    _heard: int = 0
    _ended: ChildEnd | None = None
    _waits: bool = False
    _failure: Failure | None = None
    _result: bytearray = field(default_factory=bytearray)
    _head: bytearray = field(default_factory=bytearray)
    _tail: bytes = b""

    def collect(self, patience: float) -> Answer | None:
        """Wait until the child ends, or waits for another document, and return its answer.

        Args:
            patience: Seconds the fork server allows the child.

        Returns:
            None if the fork server is lost: gone, or silent beyond all limits.
        """
        poll = select.poll()
        poll.register(self.answer, select.POLLIN)
        poll.register(self.output, select.POLLIN)
        deadline = time.monotonic() + _STARTING_SECONDS
        while self._ended is None or self._waits_unknown():
            heard = self._heard
            events = poll.poll(max(0.0, deadline - time.monotonic()) * 1000)
            if not events:
                return None
            for source, _ in events:
                if source == self.output:
                    if not self._take_output():
                        poll.unregister(self.output)
                elif not self._take_message():
                    return None
            if self._heard != heard:
                deadline = time.monotonic() + patience + _GRACE_SECONDS
        self._drain()
        return Answer(self._ended, self._failure, bytes(self._result), self._printed(), self._waits)

    def _waits_unknown(self) -> bool:
        # A quick child is done before its fork server says who it is, which its next document must name.
        return self._waits and self.child is None

    def _take_message(self) -> bool:
        message = self.answer.recv(MESSAGE_BYTES + 1)
        kind, body = message[:1], message[1:]
        if kind == RESULT:
            self._result += body
        elif kind == STARTED:
            self.child = int(body)
            self._heard += 1
        elif kind == PROGRESS:
            self._heard += 1
            self.told(Reached(**unpack(body)))
        elif kind == ERROR:
            self._failure = Failure(**unpack(body))
        elif kind in (ENDED, DONE):
            self._ended, self._waits = ChildEnd(**unpack(body)), kind == DONE
        return bool(message)

    def _take_output(self) -> bool:
        data = os.read(self.output, 1 << 16)
        room = _KEPT_BYTES - len(self._head)
        self._head += data[:room]
        self._tail = (self._tail + data[room:])[-_KEPT_BYTES:]
        return bool(data)

    def _drain(self) -> None:
        # Read only what is there now: an escaped process may hold the pipe open for ever.
        os.set_blocking(self.output, False)
        try:
            while len(self._head) < _KEPT_BYTES and self._take_output():
                pass
        except BlockingIOError:
            return

    def _printed(self) -> str:
        return (bytes(self._head) + (b"\n...\n" + self._tail if self._tail else b"")).decode("utf-8", "replace")
