"""Runs conversions in child processes with limits; a parser may die in any way without harm to the worker.

Three processes: the worker (``client``), its fork server (``fork_server``, the parsers imported once), and a child
forked from that per document (``child``). Only the child touches the document.
"""
