"""The fork server of one worker: imports parsers once, forks a child per document and watches it until it is gone.

Single-threaded, so that forking is safe; it reads only its own samples, never a document. Started by
``workers.sandbox.client``; ends with its worker.
"""

import faulthandler
import gc
import os
import selectors
import shutil
import signal
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module

from schemas.blocks import Converted
from schemas.codec import encode
from schemas.limits import Limits
from workers.confinement.confine import Confinement, isolate, limit, prepare
from workers.confinement.own_user import lend
from workers.confinement.processes import kill_group, kill_session, reap_strays
from workers.confinement.progress import read_progress
from workers.confinement.session_use import SessionUse, measure_sessions
from workers.convert.warmup import warm
from workers.runtime.character_classes import keep_classes
from workers.sandbox import child
from workers.sandbox.folders import size_exceeds
from workers.sandbox.heap_defragment import fill_gaps
from workers.sandbox.protocol import (
    ENDED,
    GOODBYE,
    MESSAGE_BYTES,
    PROGRESS,
    READY,
    RELEASE,
    START_BYTES,
    STARTED,
    ChildEnd,
    Reached,
    Request,
    Start,
    Stop,
    pack,
    unpack,
)
from workers.sandbox.running_child import LOOK_SECONDS, RunningChild

Reader = child.Reader

_COLLECT_EVERY = 20_000  # new objects; the default of 700 costs a tenth of a conversion's time


class _Server:
    """The loop and the children it watches."""

    def __init__(self, control: socket.socket, start: Start, reader: Reader, confinement: Confinement) -> None:
        self._control = control
        self._start = start
        self.limits = Limits(**start.limits)
        self._reader = reader
        self._confinement = confinement
        self._children: dict[int, RunningChild] = {}
        self._selector = selectors.DefaultSelector()
        self._closing = self._orphaned = False

    def serve(self) -> None:
        """Serve until the worker closes its end or is gone; then leave nothing behind."""
        self._watch(self._control, self._accept)
        self._watch(os.pidfd_open(self._start.owner), self._close_orphaned)
        while not self._closing:
            for key, _ in self._selector.select(self._patience()):
                act: Callable[[], None] = key.data
                act()
            self._enforce(time.monotonic())
        for running in self._children.values():
            kill_group(running.pid)
        reap_strays(set())
        if self._orphaned:
            shutil.rmtree(self._start.folder, ignore_errors=True)

    def _watch(self, source: socket.socket | int, act: Callable[[], None]) -> None:
        self._selector.register(source, selectors.EVENT_READ, act)

    def _close_orphaned(self) -> None:
        self._closing = self._orphaned = True

    def _accept(self) -> None:
        try:
            data, descriptors, _, _ = socket.recv_fds(self._control, MESSAGE_BYTES, 2)
        except ConnectionResetError:  # raised once if the worker closed with data unread; its messages follow
            return
        if not data:
            self._close_orphaned()
            return
        if data == GOODBYE:
            self._closing = True
            return
        if data.startswith(RELEASE):
            if running := self._children.get(int(data.removeprefix(RELEASE))):
                running.release()
            return
        request = Request(**unpack(data))
        if request.child:
            self._continue(request, data)
        else:
            self._fork(request, *descriptors)
        if request.warm:
            warm_up(request.warm, self._start.folder)

    def _fork(self, request: Request, answer: int, output: int) -> None:
        gc.freeze()
        server = os.getpid()
        theirs, ours = os.pipe() if request.shared else (None, None)
        pid = os.fork()
        if pid == 0:
            child.run(
                request,
                self._reader,
                server=server,
                ends=child.Ends(answer, output, theirs),
                limits=self.limits,
                confinement=self._confinement,
                passwords=self._start.passwords,
            )
        os.close(output)
        if theirs is not None:
            os.close(theirs)
        running = RunningChild.watch(pid, answer, ours)
        running.begin(request.workdir, time.monotonic(), self.limits)
        self._children[pid] = running
        self._watch(running.handle, lambda: self._finish(running))
        if not running.tell(STARTED + str(pid).encode()):
            running.deadline = time.monotonic()

    def _continue(self, request: Request, data: bytes) -> None:
        """Pass a document on to the shared child that takes it; one that has ended has told its worker so."""
        running = self._children.get(request.child)
        if running is None or running.further is None or running.stop:
            return
        if self._confinement.own_user:
            lend(request.path, request.workdir, within=self._confinement.folder, process=running.pid)
        running.begin(request.workdir, time.monotonic(), self.limits)
        with suppress(OSError):  # it has just ended
            os.write(running.further, data)

    def _finish(self, running: RunningChild) -> None:
        self._selector.unregister(running.handle)
        os.close(running.handle)
        _, status, used = os.wait4(running.pid, 0)
        del self._children[running.pid]
        reap_strays(set(self._children))
        ended = ChildEnd(
            code=os.waitstatus_to_exitcode(status),
            stop=running.stop,
            cpu_seconds=used.ru_utime + used.ru_stime,
            peak_bytes=used.ru_maxrss * 1024,
        )
        running.tell(pack(ended, kind=ENDED))
        running.answer.close()
        running.release()

    def _patience(self) -> float | None:
        moments = [min(running.deadline, running.next_look) for running in self._children.values()]
        return max(0.0, min(moments) - time.monotonic()) if moments else None

    def _enforce(self, now: float) -> None:
        looked_at = [one.pid for one in self._children.values() if one.stop is None and now >= one.next_look]
        uses = measure_sessions(looked_at) if looked_at else {}
        for running in self._children.values():
            if running.stop is None and now >= min(running.deadline, running.next_look):
                self._follow(running, now)
            if running.stop is None and now >= running.deadline:
                running.stop = Stop.WALL
            elif running.stop is None and now >= running.next_look:
                running.next_look = now + LOOK_SECONDS
                running.stop = _exceeded(uses[running.pid], running.workdir, self.limits)
            if running.stop:
                running.next_look = running.deadline = now + LOOK_SECONDS
                kill_session(running.pid)
                kill_group(running.pid)

    def _follow(self, running: RunningChild, now: float) -> None:
        """Extend the deadline of a child that has reached another page, and notify the worker."""
        found = read_progress(running.workdir)
        if found and found[0] > running.page:
            running.page = found[0]
            running.deadline = min(running.latest, now + self.limits.wall_seconds + self.limits.page_seconds)
            running.tell(pack(Reached(*found), kind=PROGRESS))


def _exceeded(use: SessionUse, workdir: str, limits: Limits) -> Stop | None:
    """Return the limit that a conversion with all its programs has exceeded, or None."""
    if use.processes > limits.processes:
        return Stop.PROCESSES
    if use.memory_bytes > limits.memory_bytes:
        return Stop.MEMORY
    if size_exceeds(workdir, limits.written_bytes - use.unlinked_bytes):
        return Stop.WRITTEN
    return None


def warm_up(formats: tuple[str, ...], folder: str) -> None:
    """Import the readers of these formats and read their samples."""
    for format_ in formats:
        warm(format_, folder)
    gc.collect()
    fill_gaps()


def resolve(reader: str) -> Reader:
    """Import a reader given as ``module:name``, and what its answers need."""
    module, _, name = reader.partition(":")
    found: Reader = getattr(import_module(module), name)
    encode(Converted(format="", blocks=()))  # builds the encoder, which takes longer than a small document
    return found


def ignore_signals() -> None:
    """Ignore stop signals, which a service manager sends to all processes: the worker decides what to finish."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def serve(control: socket.socket, reader: Reader, *, warmed: frozenset[str] = frozenset()) -> None:
    """Take the ``Start`` message, then serve until the worker has gone; skip warming the formats in ``warmed``."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    message = control.recv(START_BYTES)
    if not message:  # the worker ended without a document
        return
    start = Start(**unpack(message))
    isolate()
    gc.disable()  # children enable it
    gc.set_threshold(_COLLECT_EVERY, 10, 10)
    faulthandler.enable(2)
    warm_up(tuple(one for one in start.preload if one not in warmed), start.folder)
    server = _Server(control, start, reader, prepare(start.folder))
    limit(server.limits)
    try:
        control.send(READY)
        server.serve()
    except (BrokenPipeError, ProcessLookupError):  # the worker had gone before this process was ready
        shutil.rmtree(start.folder, ignore_errors=True)


def main(descriptor: int, reader: str) -> None:
    """Serve on an inherited socket, with a reader as ``module:name``."""
    ignore_signals()
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    control = socket.socket(fileno=descriptor)
    control.set_inheritable(False)
    keep_classes()
    # Import readers now, while the worker is busy with its own imports.
    serve(control, resolve(reader))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
    os._exit(0)  # nothing is left to close, and freeing every object takes a tenth of this process's time
