"""What runs in the child: a document in, its text or a drawn page out; then its end or, if shared, the next one."""

import fcntl
import gc
import os
import resource
import socket
import tempfile
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, NoReturn

from schemas.blocks import Block, Converted
from schemas.codec import as_json, encode
from schemas.errors import DocumentError, ScanFoundError
from schemas.limits import Limits
from schemas.messages.sentence import Said, Sentence, Value
from schemas.outcomes import Category
from workers.confinement.confine import Confinement, leave, open_memory_reserve, renew_cpu
from workers.sandbox.protocol import (
    DONE,
    ERROR,
    MESSAGE_BYTES,
    SCAN_FOUND,
    ChildEnd,
    Failure,
    Request,
    pack,
    send_result,
    unpack,
)

Reader = Callable[..., Converted | bytes]

_MAX_MESSAGE_LENGTH = 2_000
_FURTHER = 4  # descriptor of the pipe that brings further documents


@dataclass(frozen=True, slots=True)
class Ends:
    """What connects a child with others.

    Attributes:
        answer: Descriptor of the socket for the answer.
        output: Descriptor for printed output.
        further: Descriptor of the pipe that brings a shared child its further documents; None for any other.
    """

    answer: int
    output: int
    further: int | None = None


def run(
    request: Request,
    reader: Reader,
    *,
    server: int,
    ends: Ends,
    limits: Limits,
    confinement: Confinement,
    passwords: tuple[str, ...],
) -> NoReturn:
    """Convert one document or draw a page of it, or convert several if shared, and end this process, whatever happens.

    Args:
        request: The document.
        reader: Converts it, or draws the requested page.
        server: Process id of the fork server.
        ends: What connects it with others.
        limits: Resource limits of the conversion.
        confinement: What it may reach beside its document.
        passwords: Tried on encrypted documents.
    """
    status = 1
    try:
        kept = confinement.ruleset.descriptors if confinement.ruleset else (4, 4)
        channel, further = _keep_only(ends, kept, patience=limits.wall_seconds)
        with _Failing(channel):
            leave(
                limits,
                confinement,
                parent=server,
                document=request.path,
                workdir=request.workdir,
                reach=request.shared or (request.path, request.workdir),
            )
            gc.enable()
            for each in _requests(request, channel, further, limits):
                made = _read(each, reader, limits, passwords)
                send_result(channel, made if isinstance(made, bytes) else _encode(made, limits))
                if isinstance(made, Converted) and made.container:
                    break
        status = 0
    finally:
        os._exit(status)


def _requests(first: Request, channel: socket.socket, further: int | None, limits: Limits) -> Iterator[Request]:
    """Yield the document this process was made for and, if shared, those that follow."""
    yield first
    while further is not None:
        channel.send(pack(_use(), kind=DONE))
        message = os.read(further, MESSAGE_BYTES)
        if not message:
            return
        renew_cpu(limits)
        yield Request(**unpack(message))


def _use() -> ChildEnd:
    own, programs = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = own.ru_utime + own.ru_stime + programs.ru_utime + programs.ru_stime
    return ChildEnd(code=0, stop=None, cpu_seconds=seconds, peak_bytes=own.ru_maxrss * 1024)


def _read(request: Request, reader: Reader, limits: Limits, passwords: tuple[str, ...]) -> Converted | bytes:
    os.chdir(request.workdir)
    tempfile.tempdir = request.workdir
    more: dict[str, Any] = {} if request.scans else {"scans": False}
    more |= {"ocr_engine": request.ocr_engine} if request.ocr_engine else {}
    more |= {"page": request.page} if request.page else {}
    if request.secrets is not None:
        from schemas.drawings import Secret  # noqa: PLC0415 - conversions do not need it

        more["secrets"] = tuple(Secret(*each) for each in request.secrets)
    return reader(
        Path(request.path),
        hint=request.hint,
        workdir=Path(request.workdir),
        passwords=passwords,
        limits=limits,
        **more,
    )


class _Failing:
    """Turns any error that leaves its block into the child's answer."""

    def __init__(self, channel: socket.socket) -> None:
        self._channel = channel

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if error is None:
            return True
        if isinstance(error, MemoryError):
            open_memory_reserve()
            traceback.clear_frames(trace)
        self._channel.send(pack(_failure(error, trace), kind=ERROR))
        return True


def _failure(error: BaseException, trace: TracebackType | None) -> Failure:
    if isinstance(error, DocumentError):
        return Failure(error.category, _message(str(error)), error.page, _sentence(error.said))
    if isinstance(error, ScanFoundError):
        return Failure(SCAN_FOUND, _message(str(error)))
    if isinstance(error, MemoryError):
        return Failure(Category.BOMB, "")
    place = _deepest(trace)
    said = Sentence.of("reader-crashed", error=type(error).__name__, place=place, said=_message(str(error)))
    return Failure(Category.CRASH, _message(str(said)), said=_sentence(said))


def _sentence(said: Said) -> dict[str, Any] | None:
    return as_json(_bounded(said)) if isinstance(said, Sentence) else None


def _bounded(said: Sentence) -> Sentence:
    """Return a sentence as it may travel: its values, at any depth, no longer than messages are and in Unicode."""
    return Sentence(said.code, {name: _bounded_value(value) for name, value in said.values.items()})


def _bounded_value(value: Value) -> Value:
    if isinstance(value, Sentence):
        return _bounded(value)
    return _message(value) if isinstance(value, str) else value


def _message(text: str) -> str:
    return text[:_MAX_MESSAGE_LENGTH].encode("utf-8", "replace").decode()


def _deepest(trace: TracebackType | None) -> str:
    frame, line = next(reversed(list(traceback.walk_tb(trace))))
    return f"{frame.f_globals.get('__name__', frame.f_code.co_filename)}:{line}"


def _keep_only(ends: Ends, kept: tuple[int, int], *, patience: float) -> tuple[socket.socket, int | None]:
    # Other documents' sockets are inherited too: left open, they would hide the end of those children.
    nothing = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((nothing, 0), (ends.output, 1), (ends.output, 2)):
        os.dup2(source, target)
    moved = None if ends.further is None else fcntl.fcntl(ends.further, fcntl.F_DUPFD_CLOEXEC, _FURTHER + 1)
    os.dup2(ends.answer, 3, inheritable=False)
    if moved is not None:
        os.dup2(moved, _FURTHER, inheritable=False)
    free = 4 if moved is None else _FURTHER + 1
    os.closerange(free, max(free, kept[0]))
    os.closerange(max(free, kept[1]), 1 << 20)
    channel = socket.socket(fileno=3)
    # The server shares this socket with a time-out, so neither process can rely on a send that blocks.
    channel.settimeout(patience)
    return channel, None if moved is None else _FURTHER


def _encode(converted: Converted, limits: Limits) -> bytes:
    length = sum(map(_length, converted.blocks))
    if length > limits.text_characters:
        said = Sentence.of("text-too-long", length=length, limit=limits.text_characters)
        raise DocumentError(Category.TOO_LARGE, said)
    return encode(converted)


def _length(block: Block) -> int:
    return len(block.text)
