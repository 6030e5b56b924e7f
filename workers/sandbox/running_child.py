"""A child as its fork server sees it: how to reach it, and what its current document is allowed."""

import os
import socket
from dataclasses import dataclass

from schemas.limits import Limits
from workers.sandbox.protocol import Stop

LOOK_SECONDS = 1.0  # between two checks of a child's resource use
_ANSWER_SECONDS = 10.0  # longest wait for a worker to take an answer


@dataclass(slots=True)
class RunningChild:
    """A child and the document it reads.

    Attributes:
        pid: Its process id.
        handle: A pidfd: readable once the process ended.
        answer: Socket to the worker, shared with the child.
        further: Pipe that brings a shared child its further documents.
        workdir: Folder of the current document.
        deadline: When the child is killed, unless it reports progress.
        next_look: When its resource use is checked next.
        latest: End of the conversion, whatever progress it reports.
        page: Last page it reported.
        stop: Why it was killed.
    """

    pid: int
    handle: int
    answer: socket.socket
    further: int | None
    workdir: str = ""
    deadline: float = 0.0
    next_look: float = 0.0
    latest: float = 0.0
    page: int = 0
    stop: Stop | None = None

    @classmethod
    def watch(cls, pid: int, answer: int, further: int | None) -> "RunningChild":
        """Open a handle to a child just forked, and take over the descriptor of its answers."""
        found = cls(pid, os.pidfd_open(pid), socket.socket(fileno=answer), further)
        found.answer.settimeout(_ANSWER_SECONDS)
        return found

    def begin(self, workdir: str, now: float, limits: Limits) -> None:
        """Set the limits in time of a document that begins now."""
        self.workdir, self.page = workdir, 0
        self.deadline, self.next_look = now + limits.wall_seconds, now + LOOK_SECONDS
        self.latest = now + max(limits.wall_seconds, limits.scan_seconds)

    def tell(self, message: bytes) -> bool:
        """Send the worker a message; return False if it gave up on this document."""
        try:
            self.answer.send(message)
        except OSError:
            return False
        return True

    def release(self) -> None:
        """Let a shared child end: no further document comes."""
        if self.further is not None:
            os.close(self.further)
            self.further = None
