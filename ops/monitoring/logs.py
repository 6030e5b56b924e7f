"""Configures logging: JSON lines for machines, or plain lines for people at a terminal.

Every line of a job carries its trace. No line carries text of a document: a foreign error is logged by type and place
only, since its message may quote the document; whatever looks like a personal number or a password is masked.
"""

import json
import logging
import re
import sys
import time
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from schemas.errors import GongkaiError
from workers.settings import Settings
from workers.telemetry.log_context import WORK

# These log every request they make.
QUIET = ("elastic_transport", "urllib3", "celery", "kombu", "amqp", "watchfiles", "httpx", "opentelemetry", "pdfminer")
MASK = "***"
# Identity cards (15 or 18 characters), bank cards (16 to 19), mobile phones (11), also in groups of four; not parts of
# a hash.
_NUMBERS = re.compile(
    r"(?<![0-9A-Za-z.])(?:\d{4}[ -]){3}\d{3,7}(?![0-9A-Za-z])|(?<![0-9A-Za-z.])\d{11,19}[Xx]?(?![0-9A-Za-z])"
)
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}", re.ASCII)
_PASSWORD = re.compile(r"(?<=://)[^/@\s:]{0,200}:[^/@\s]{1,200}(?=@)")
_CREDENTIAL = re.compile(
    r"(?i)\b(authorization|bearer|basic|password|secret|token|api[_-]?key)\b(\W{1,4})(?:bearer |basic )?[^\s,;'\"&]{4,}"
)
MAX_MESSAGE_LENGTH = 4000


def mask(text: str) -> str:
    """Return a text without personal numbers, mail addresses and credentials, on one line, of bounded length."""
    text = "".join(c if c.isprintable() or c == " " else "\N{REPLACEMENT CHARACTER}" for c in text[:MAX_MESSAGE_LENGTH])
    for pattern in (_PASSWORD, _MAIL, _NUMBERS):
        text = pattern.sub(MASK, text)
    return _CREDENTIAL.sub(rf"\1\2{MASK}", text)


def describe_error(error: BaseException) -> str:
    """Return the type and places of an error, and its message only if the error is one of ours."""
    places = traceback.extract_tb(error.__traceback__)
    steps = " < ".join(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in reversed(places[-8:]))
    said = f": {error}" if isinstance(error, GongkaiError) else ""
    return f"{type(error).__name__}{said} at {steps or 'unknown'}"


def _fields(record: logging.LogRecord) -> dict[str, str]:
    work = WORK.get()
    fields = {
        "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname.lower(),
        "logger": record.name,
        "message": mask(record.getMessage()),
        "process": str(record.process),
    }
    if work:
        fields |= {"trace": work.trace, "document": work.document}
    if record.exc_info and record.exc_info[1]:
        fields["error"] = mask(describe_error(record.exc_info[1]))
    return fields


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """See ``logging.Formatter``."""
        return json.dumps(_fields(record), ensure_ascii=False)


class HumanLines(logging.Formatter):
    """A line for people: local time, level, message, and the trace if there is one."""

    def format(self, record: logging.LogRecord) -> str:
        """See ``logging.Formatter``."""
        fields = _fields(record)
        clock = time.strftime("%H:%M:%S", time.localtime(record.created))
        trace = f" [{fields['trace']}]" if "trace" in fields else ""
        error = f": {fields['error']}" if "error" in fields else ""
        return f"{clock} {record.levelname.lower():7} {fields['message']}{error}{trace}"


def configure(settings: Settings, *, usual: str = "INFO", stream: TextIO | None = None) -> None:
    """Configure logging of this process and its forks; ``usual`` is the level if the settings name none."""
    out = stream or sys.stderr
    human = settings.log_format == "human" or (settings.log_format == "auto" and out.isatty())
    handler = logging.StreamHandler(out)
    handler.setFormatter(HumanLines() if human else JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(usual if settings.log_level == "auto" else settings.log_level)
    logging.captureWarnings(True)
    for name in QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    # Its only warning is that memory:// names no host.
    logging.getLogger("kombu.connection").setLevel(logging.ERROR)
