"""Runs conversions in child processes with limits; a parser may die in any way without harm to the worker.

Three processes: the worker (``client``), its fork server (``server``, the parsers imported once), and a child forked
from that per document (``child``). Only the child touches the document.
"""

from workers.sandbox.client import Sandbox
from workers.sandbox.launch import SandboxError
from workers.sandbox.outcome import Conversion

__all__ = ["Conversion", "Sandbox", "SandboxError"]
