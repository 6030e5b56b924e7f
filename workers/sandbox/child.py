"""What runs in the child: one document in, one answer (its text, or a page drawn) out, and the end of the process."""

import gc
import os
import socket
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, NoReturn

from schemas.blocks import Block, Converted
from schemas.codec import as_json, encode
from schemas.errors import DocumentError, ScanFoundError
from schemas.limits import Limits
from schemas.messages.sentence import Said, Sentence, Value
from schemas.outcomes import Category
from workers.confinement.confine import Confinement, leave, open_memory_reserve
from workers.sandbox.protocol import ERROR, SCAN_FOUND, Failure, Request, pack, send_result

Reader = Callable[..., Converted | bytes]

_MAX_MESSAGE_LENGTH = 2_000


def run(
    request: Request,
    reader: Reader,
    *,
    server: int,
    answer: int,
    output: int,
    limits: Limits,
    confinement: Confinement,
    passwords: tuple[str, ...],
) -> NoReturn:
    """Convert one document, or draw a page of it, and end this process, whatever happens.

    Args:
        request: The document.
        reader: Converts it, or draws the requested page.
        server: Process id of the fork server.
        answer: Descriptor of the socket for the answer.
        output: Descriptor for printed output.
        limits: Resource limits of the conversion.
        confinement: What it may reach beside its document.
        passwords: Tried on encrypted documents.
    """
    status = 1
    try:
        kept = confinement.ruleset.descriptors if confinement.ruleset else (4, 4)
        channel = _keep_only(answer, output, kept, patience=limits.wall_seconds)
        with _Failing(channel):
            leave(limits, confinement, parent=server, document=request.path, workdir=request.workdir)
            os.chdir(request.workdir)
            tempfile.tempdir = request.workdir
            gc.enable()
            more: dict[str, Any] = {} if request.scans else {"scans": False}
            more |= {"page": request.page} if request.page else {}
            made = reader(
                Path(request.path),
                hint=request.hint,
                workdir=Path(request.workdir),
                passwords=passwords,
                limits=limits,
                **more,
            )
            send_result(channel, made if isinstance(made, bytes) else _encode(made, limits))
        status = 0
    finally:
        os._exit(status)


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


def _keep_only(answer: int, output: int, kept: tuple[int, int], *, patience: float) -> socket.socket:
    # Other documents' sockets are inherited too: left open, they would hide the end of those children.
    nothing = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((nothing, 0), (output, 1), (output, 2)):
        os.dup2(source, target)
    os.dup2(answer, 3, inheritable=False)
    os.closerange(4, kept[0])
    os.closerange(kept[1], 1 << 20)
    channel = socket.socket(fileno=3)
    # The server shares this socket with a time-out, so neither process can rely on a send that blocks.
    channel.settimeout(patience)
    return channel


def _encode(converted: Converted, limits: Limits) -> bytes:
    length = sum(map(_length, converted.blocks))
    if length > limits.text_characters:
        said = Sentence.of("text-too-long", length=length, limit=limits.text_characters)
        raise DocumentError(Category.TOO_LARGE, said)
    return encode(converted)


def _length(block: Block) -> int:
    return len(block.text)
